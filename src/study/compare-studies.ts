import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { resolveStudy } from '../document/resolve.ts';
import { METRICS } from '../metrics/columns.ts';
import { readObjective } from '../metrics/objective.ts';
import type { Rows } from '../metrics/rows.ts';
import { decodeCondensed } from '../results/condensed-file.ts';
import { condensedSurface } from '../results/condensed-surface.ts';
import type { Condensed } from '../results/condensed.ts';
import { rankDirection } from '../results/direction.ts';
import { defaultSpec } from '../results/spec.ts';
import { bestCell, createSurface, type Surface } from '../results/surface.ts';
import { positionsOfRow } from '../results/lookup.ts';
import { axisLabel, type Axis } from '../space/axis.ts';
import { condensedShape } from './keeping.svelte.ts';
import { makeMemory } from './memory.ts';
import type { Notebook } from './storage/notebook.svelte.ts';
import type { StudyRecord } from './storage/record.ts';
import { restoreRows } from './storage/rows-file.ts';

/** Two kept studies side by side: their best trials, and where over two shared axes which of them was better. */
export interface Comparison {
  readonly first: StudyRecord;
  readonly second: StudyRecord;
  readonly metric: string; // key
  readonly best: readonly (readonly BestTrial[])[]; // one entry per study, none where nothing has a value
  readonly map: DifferenceMap | null; // null where the studies share no value of two axes
}

export interface BestTrial {
  readonly value: number;
  readonly values: readonly { readonly axis: string; readonly label: string }[];
}

/** Second minus first, best over all other axes; cells are numbered y × width + x, NaN where one of them has no value. */
export interface DifferenceMap {
  readonly x: string; // axis names
  readonly y: string;
  readonly xLabels: readonly string[];
  readonly yLabels: readonly string[];
  readonly cells: Float64Array;
  readonly reach: number; // largest difference in size
  readonly better: number; // cells in which the second is better by the metric's direction
  readonly worse: number;
}

interface Loaded {
  readonly record: StudyRecord;
  readonly axes: readonly Axis[];
  readonly rows: Rows;
  readonly condensed: Condensed | null; // where not every row is kept
}

export async function compareStudies(
  notebook: Notebook,
  first: StudyRecord,
  second: StudyRecord,
): Promise<Outcome<Comparison>> {
  const one = await load(notebook, first);
  if (!one.ok) return one;
  const two = await load(notebook, second);
  if (!two.ok) return two;
  const objective = readObjective(first.document.objective);
  if (!objective.ok) return objective;
  const metric = sharedMetric(one.value.rows, two.value.rows, objective.value.column);
  if (metric === null) {
    return failed(
      fault('compare_metric', 'The two studies keep no metric that both have.', 'Run one of them with a metric of the other.'),
    );
  }
  const [left, right] = [surfaceOf(one.value, metric), surfaceOf(two.value, metric)];
  return ok({
    first,
    second,
    metric: METRICS[metric]!.key,
    best: [bestOf(one.value, left), bestOf(two.value, right)],
    map: difference(one.value.axes, left, two.value, metric),
  });
}

async function load(notebook: Notebook, record: StudyRecord): Promise<Outcome<Loaded>> {
  const study = resolveStudy(record.document);
  if (!study.ok) return study;
  const { axes } = study.value.space;
  const bytes = await notebook.rows(record);
  if (!bytes.ok) return bytes;
  if (record.keep !== undefined) {
    const shape = condensedShape(
      record.document,
      axes.map(({ size }) => size),
      record.keep,
    );
    const condensed = shape === null ? null : decodeCondensed(bytes.value, shape, makeMemory);
    if (condensed?.ok === true) return ok({ record, axes, rows: condensed.value.rows, condensed: condensed.value });
    return condensed ?? failed(fault('rows_damaged', 'The kept results cannot be read.', 'Run the study again.'));
  }
  const rows = restoreRows(bytes.value, axes, makeMemory);
  return rows.ok ? ok({ record, axes, rows: rows.value, condensed: null }) : rows;
}

/** The first study's objective where the second keeps it too, else the first metric that both keep. */
function sharedMetric(one: Rows, two: Rows, wanted: number): number | null {
  const shared = one.metrics.filter((metric) => two.metrics.includes(metric));
  return shared.includes(wanted) ? wanted : (shared[0] ?? null);
}

function surfaceOf(
  { axes, rows, record, condensed }: Loaded,
  metric: number,
  over: readonly (number | null)[] | null = null,
): Surface {
  const direction = rankDirection(METRICS[metric]!.direction);
  const spec = defaultSpec(axes, rows.metrics.indexOf(metric), direction);
  const [x = null, y = null] = over ?? [spec.x, spec.y];
  const sizes = axes.map(({ size }) => size);
  const shown = { ...spec, x, y, fixed: axes.map(() => null) };
  const kept = condensed === null ? null : condensedSurface(condensed, shown);
  if (kept !== null) return kept;
  const surface = createSurface(rows, sizes, shown, null);
  surface.rebuild(condensed?.count ?? record.asked);
  return surface;
}

function bestOf({ axes, rows }: Loaded, surface: Surface): BestTrial[] {
  const cell = bestCell(surface);
  if (cell < 0) return [];
  const row = surface.rows[cell]!;
  const positions = positionsOfRow(rows, row);
  const values = axes.map((axis, a) => ({ axis: axis.name, label: axisLabel(axis, positions[a]!) }));
  return [{ value: surface.values[cell]!, values }];
}

/** Cells meet by the labels of their values: ranges and steps of the two studies may differ. */
function difference(axes: readonly Axis[], left: Surface, two: Loaded, metric: number): DifferenceMap | null {
  const { x, y, direction } = left.spec;
  const across = x === null ? null : twinOf(axes[x]!, two.axes);
  const up = y === null ? null : twinOf(axes[y]!, two.axes);
  if (x === null || across === null || (y !== null && up === null)) return null;
  const right = surfaceOf(two, metric, [across, up]);
  const columns = pairs(axes[x]!, two.axes[across]!);
  const lines = y === null || up === null ? [{ label: '', at: 0, other: 0 }] : pairs(axes[y]!, two.axes[up]!);
  const cells = Float64Array.from({ length: columns.length * lines.length }, (_, cell) => {
    const line = lines[Math.floor(cell / columns.length)]!;
    const column = columns[cell % columns.length]!;
    return right.values[line.other * right.width + column.other]! - left.values[line.at * left.width + column.at]!;
  });
  if (cells.length === 0) return null;
  const sign = direction === 'max' ? 1 : -1;
  const names = { x: axes[x]!.name, y: y === null ? '' : axes[y]!.name };
  const labels = { xLabels: columns.map(({ label }) => label), yLabels: lines.map(({ label }) => label) };
  return {
    ...names,
    ...labels,
    cells,
    reach: cells.reduce((most, cell) => (Number.isFinite(cell) ? Math.max(most, Math.abs(cell)) : most), 0),
    better: cells.filter((cell) => sign * cell > 0).length,
    worse: cells.filter((cell) => sign * cell < 0).length,
  };
}

function twinOf({ name }: Axis, axes: readonly Axis[]): number | null {
  const at = axes.findIndex((axis) => axis.name === name && axis.size > 1);
  return at < 0 ? null : at;
}

function pairs(axis: Axis, other: Axis): { readonly label: string; readonly at: number; readonly other: number }[] {
  const places = new Map(Array.from({ length: other.size }, (_, at) => [axisLabel(other, at), at]));
  return Array.from({ length: axis.size }, (_, at) => axisLabel(axis, at)).flatMap((label, at) => {
    const there = places.get(label);
    return there === undefined ? [] : [{ label, at, other: there }];
  });
}
