import { METRICS, type Metric } from '../../metrics/columns.ts';
import { notesOf } from '../../metrics/notes.ts';
import type { Rows } from '../../metrics/rows.ts';
import { COMPLETE, RUINED } from '../../metrics/state.ts';
import { positionsOfRow } from '../../results/lookup.ts';
import {
  CELL_EXCLUDED,
  CELL_FAILED,
  CELL_NO_TRADES,
  CELL_NOT_RUN,
  CELL_RUINED,
  CELL_UNDEFINED,
  CELL_WARMUP,
  type Surface,
} from '../../results/surface.ts';
import { isFolded } from '../../results/spec.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';
import { formatCount, formatMetric } from '../format.ts';
import { shownOf, type Shown } from './shown.ts';

/** What a cell says when it is pointed at; also its text for people who do not see it. */
export interface Readout {
  readonly place: readonly { readonly name: string; readonly value: string }[]; // axis values
  readonly headline: string; // the displayed metric, or why there is none
  readonly lines: readonly { readonly name: string; readonly value: string }[]; // the row's other metrics
  readonly row: number; // −1: nothing to open
}

const REASONS: Readonly<Record<number, string>> = {
  [CELL_NOT_RUN]: 'not run yet',
  [CELL_EXCLUDED]: 'left out by a constraint',
  [CELL_NO_TRADES]: 'no trades',
  [CELL_RUINED]: 'ruined: the equity fell to zero',
  [CELL_WARMUP]: 'not enough bars for its indicators',
  [CELL_FAILED]: 'failed: it could not be evaluated',
};

/** A surface, or a part of one that begins at `origin`. */
export type ShownSurface = Surface & { readonly origin?: { readonly x: number; readonly y: number } };

/** Why a cell has no value, in words. */
export function reasonText(reason: number, metric: Metric): string {
  if (reason !== CELL_UNDEFINED) return REASONS[reason] ?? '';
  const { undefinedWhen } = notesOf(metric);
  return `${metric.name} is not defined${undefinedWhen === '' ? '' : ': ' + undefinedWhen}`;
}

/** Why a cell of a picture shows nothing, in words. */
export function blankText(reason: number, shown: Shown): string {
  const own = reason === CELL_NOT_RUN ? shown.blank : reason === CELL_UNDEFINED ? shown.undefinedText : undefined;
  return own ?? reasonText(reason, shown.metric);
}

/** Why a row has no value of a metric, in words. @param state code of the row's */
export function emptyReason(state: number, metric: Metric): string {
  return reasonText(state === COMPLETE || state === RUINED ? CELL_UNDEFINED : state, metric);
}

/** @param cell of the surface */
export function describeCell(
  surface: ShownSurface,
  cell: number,
  rows: Rows,
  axes: readonly Axis[],
  shown: Shown | null = null,
): Readout {
  const { spec } = surface;
  const row = surface.rowAt(cell);
  const standing = row >= 0 ? positionsOfRow(rows, row) : positionsOfCell(surface, cell);
  const place = axes.flatMap((axis, a) => {
    const at = standing[a] ?? null;
    return at === null ? [] : [{ name: axis.name, value: axisLabel(axis, at) }];
  });
  const metric = METRICS[rows.metrics[spec.column]!]!;
  const value = surface.values[cell]!;
  const folded = isFolded(axes, spec);
  const says = shown ?? shownOf(metric, 'trial', folded ? spec.aggregate : null);
  const name = folded && !says.share ? `${says.name}, ${spec.aggregate}` : says.name;
  const reason = surface.reasons[cell]!;
  const why = blankText(reason, says);
  const headline = Number.isNaN(value) ? why : `${name} ${says.format(value)}`;
  const trials =
    surface.counts === undefined ? [] : [{ name: 'Trials in the cell', value: formatCount(surface.counts[cell]!) }];
  const lines = Number.isNaN(value) || row < 0 ? [] : [...trials, ...describeRow(rows, row)];
  return { place, headline, lines, row };
}

/** Where a cell stands on the axes; null where it gathers all values of one. */
function positionsOfCell(surface: ShownSurface, cell: number): (number | null)[] {
  const { spec, width, origin = { x: 0, y: 0 } } = surface;
  const x = cell % width;
  const positions: (number | null)[] = [...spec.fixed];
  if (spec.x !== null) positions[spec.x] = x + origin.x;
  if (spec.y !== null) positions[spec.y] = (cell - x) / width + origin.y;
  return positions;
}

/** Every stored metric of a row, in column order. */
export function describeRow(rows: Rows, row: number): { name: string; value: string }[] {
  return rows.metrics.map((index, k) => {
    const { key, name } = METRICS[index]!;
    return { name, value: formatMetric(key, rows.columns[k]![row]!) };
  });
}

/** `fast 20, slow 94: Sharpe 0.61` */
export function readoutText({ place, headline }: Readout): string {
  const where = place.map(({ name, value }) => `${name} ${value}`).join(', ');
  return where === '' ? headline : `${where}: ${headline}`;
}
