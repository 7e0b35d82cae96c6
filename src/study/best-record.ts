import type { Rows } from '../metrics/rows.ts';
import { positionsOfRow } from '../results/lookup.ts';
import { axisLabel, type Axis } from '../space/axis.ts';
import type { RecordBest } from './storage/record.ts';

/** What a kept study says of its best trial; null while there is none. */
export function bestOf(
  {
    best,
    rows,
    column,
    metric,
  }: { readonly best: number | null; readonly rows: Rows | null; readonly column: number; readonly metric: string },
  axes: readonly Axis[],
): RecordBest | null {
  if (best === null || rows === null) return null;
  const value = rows.columns[column]?.[best] ?? Number.NaN;
  const positions = positionsOfRow(rows, best);
  const trial = axes.map((axis, a) => `${axis.name} ${axisLabel(axis, positions[a]!)}`).join(', ');
  return { metric, value: Number.isFinite(value) ? value : null, trial };
}
