import type { LinkView } from '../document/link.ts';
import { METRICS } from '../metrics/columns.ts';
import type { Condition } from '../results/brush.ts';
import { positionsOfRow } from '../results/lookup.ts';
import { axisLabel, type Axis } from '../space/axis.ts';
import { positionsOf, totalTrials, trialIndex } from '../space/trial.ts';
import type { Rows } from '../metrics/rows.ts';
import type { SurfaceSpec } from '../results/spec.ts';
import { MEASURES, PICTURES, type Measure, type Picture, type Zoom } from './look.ts';
import { PIN_LETTERS, type Pin, type Selection } from './selection.svelte.ts';

/** What is looked at, as far as a link tells of it: the study's View. */
interface View {
  readonly axes: readonly Axis[];
  readonly rows: Rows | null;
  readonly spec: SurfaceSpec;
  readonly selection: Selection;
  tab: string;
  picture: Picture;
  measure: Measure;
  reach: 1 | 2;
  zoom: Zoom | null;
  select(row: number | null): void;
  find(positions: readonly number[]): number;
}

/** How the results are looked at, as a link says it beside the surface's axes; what is usual is left out. */
export function spellLook(view: View): LinkView {
  const { axes, rows, selection, tab, picture, measure, reach, zoom } = view;
  const number = (row: number): string => String(trialIndex(axes, positionsOfRow(rows!, row)));
  const brush = Object.fromEntries(selection.conditions.map((one) => spellCondition(view, one)));
  const zoomed = zoom === null ? [] : (['x', 'y'] as const).flatMap((side) => spellZoom(view, side, zoom[side]));
  return {
    ...(tab === 'table' ? {} : { tab }),
    ...(picture === 'map' ? {} : { picture }),
    ...(measure === 'trial' && reach === 1 ? {} : { measure: `${measure} ${reach}` }),
    ...(zoomed.length === 0 ? {} : { zoom: Object.fromEntries(zoomed) }),
    ...(selection.conditions.length === 0 ? {} : { brush }),
    ...(rows === null || selection.selected === null ? {} : { selected: number(selection.selected) }),
    ...(rows === null || selection.pins.length === 0
      ? {}
      : { pins: selection.pins.map(({ letter, row }) => `${letter}${number(row)}`) }),
  };
}

function spellZoom({ axes, spec }: View, side: 'x' | 'y', [low, high]: readonly [number, number]): [string, string][] {
  const axis = spec[side] === null ? undefined : axes[spec[side]];
  return axis === undefined ? [] : [[axis.name, `${axisLabel(axis, low)}..${axisLabel(axis, high)}`]];
}

function spellCondition({ axes, rows }: View, one: Condition): [string, string] {
  if (one.kind === 'metric') return [METRICS[rows!.metrics[one.column]!]!.key, `${one.low}..${one.high}`];
  const axis = axes[one.axis]!;
  const label = (at: number): string => axisLabel(axis, Math.max(0, Math.min(axis.size - 1, at)));
  return [axis.name, `${label(one.low)}..${label(one.high)}`];
}

/** Shows what a link said, as far as these results have it. Called when a run begins. */
export function restoreLook(view: View, wish: LinkView): void {
  if (wish.tab !== undefined) view.tab = wish.tab;
  view.picture = PICTURES.find((one) => one === wish.picture) ?? view.picture;
  const [measure, reach] = (wish.measure ?? '').split(' ');
  view.measure = MEASURES.find((one) => one === measure) ?? view.measure;
  if (measure !== '') view.reach = reach === '2' ? 2 : 1;
  view.zoom = readZoom(view, wish.zoom);
  const conditions = Object.entries(wish.brush ?? {}).flatMap(([name, span]) => readCondition(view, name, span));
  if (conditions.length > 0) view.selection.replace(conditions);
}

function readZoom({ axes, spec }: View, zoom: LinkView['zoom']): Zoom | null {
  const part = (axis: number | null): readonly [number, number] | null => {
    const of = axis === null ? undefined : axes[axis];
    return of === undefined ? null : readSpan(of, zoom?.[of.name]);
  };
  const [x, y] = [part(spec.x), part(spec.y)];
  return x === null || y === null ? null : { x, y };
}

/** `10..20` as positions of an axis, both included; null where the axis has no such values. */
function readSpan(axis: Axis, span: string | undefined): readonly [number, number] | null {
  const [from, to] = (span ?? '').split('..');
  if (from === undefined || to === undefined) return null;
  const find = (label: string): number => {
    for (let at = 0; at < Math.min(axis.size, MOST_LABELS); at++) if (axisLabel(axis, at) === label) return at;
    return -1;
  };
  const [low, high] = [find(from), find(to)];
  return low < 0 || high < low ? null : [low, high];
}

function readCondition({ axes, rows }: View, name: string, span: string): Condition[] {
  const axis = axes.findIndex((one) => one.name === name);
  if (axis >= 0) {
    const found = readSpan(axes[axis]!, span);
    return found === null ? [] : [{ kind: 'axis', axis, low: found[0], high: found[1] }];
  }
  const column = rows?.metrics.findIndex((metric) => METRICS[metric]?.key === name) ?? -1;
  const [low, high] = span.split('..').map(Number);
  if (column < 0 || low === undefined || high === undefined || Number.isNaN(low) || Number.isNaN(high)) return [];
  return [{ kind: 'metric', column, low, high }];
}

/** Selects and pins the trials that a link named. Called when the run has ended. @returns whether one was selected */
export function restoreTrials(view: View, wish: LinkView): boolean {
  const { axes } = view;
  const find = (text: string): number => {
    if (!/^\d{1,40}$/.test(text) || BigInt(text) >= totalTrials(axes)) return -1;
    const positions: number[] = [];
    positionsOf(axes, BigInt(text), positions);
    return view.find(positions);
  };
  const pins = (wish.pins ?? []).flatMap((spelled): Pin[] => {
    const letter = PIN_LETTERS.find((one) => spelled.startsWith(one));
    const row = find(spelled.slice(1));
    return letter === undefined || row < 0 ? [] : [{ letter, row }];
  });
  if (pins.length > 0)
    view.selection.setPins(pins.filter(({ letter }, i) => pins.findIndex((one) => one.letter === letter) === i));
  const row = wish.selected === undefined ? -1 : find(wish.selected);
  if (row >= 0) view.select(row);
  return row >= 0;
}

const MOST_LABELS = 100_000;
