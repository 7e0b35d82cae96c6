import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { quantile } from './summary.ts';
import { createLookup } from './trial-lookup.ts';

/** A metric along one axis; one entry per position, NaN where there is no value. */
export interface Slice {
  readonly axis: number;
  readonly through: Float64Array; // with every other axis where the chosen trial has it
  readonly rows: Int32Array; // the rows of `through`, −1 for none
  readonly low: Float64Array; // tenth, half and nine tenths of all trials that have this value
  readonly middle: Float64Array;
  readonly high: Float64Array;
}

/**
 * The metric along every axis.
 * @param row the chosen trial; null: only what all trials do
 */
export function slices(
  rows: Rows,
  sizes: readonly number[],
  column: number,
  row: number | null,
  count = rows.rowCount,
): Slice[] {
  const values = rows.columns[column]!;
  const lookup = row === null ? null : createLookup(rows, sizes, count);
  return sizes.flatMap((size, axis) => {
    if (size === 1) return [];
    const through = new Float64Array(size).fill(NaN);
    const members = new Int32Array(size).fill(-1);
    if (lookup !== null && row !== null) {
      const at = Uint32Array.from(rows.positions, (positions) => positions[row]!);
      for (let p = 0; p < size; p++) {
        at[axis] = p;
        const other = lookup.find(at);
        members[p] = other;
        if (other >= 0 && rows.states[other] === COMPLETE) through[p] = values[other]!;
      }
    }
    return [{ axis, through, rows: members, ...bands(rows, axis, size, values, count) }];
  });
}

/** Quantiles of the complete values at each position of an axis. */
function bands(
  rows: Rows,
  axis: number,
  size: number,
  values: Float64Array,
  count: number,
): Pick<Slice, 'low' | 'middle' | 'high'> {
  const positions = rows.positions[axis]!;
  const starts = new Uint32Array(size + 1);
  const used = (row: number): boolean => rows.states[row] === COMPLETE && !Number.isNaN(values[row]!);
  for (let row = 0; row < count; row++) if (used(row)) starts[positions[row]! + 1]!++;
  for (let p = 0; p < size; p++) starts[p + 1]! += starts[p]!;
  const grouped = new Float64Array(starts[size]!);
  const next = starts.slice(0, size);
  for (let row = 0; row < count; row++) if (used(row)) grouped[next[positions[row]!]!++] = values[row]!;
  const out = { low: new Float64Array(size), middle: new Float64Array(size), high: new Float64Array(size) };
  for (let p = 0; p < size; p++) {
    const sorted = grouped.subarray(starts[p], starts[p + 1]).sort();
    out.low[p] = quantile(sorted, 0.1);
    out.middle[p] = quantile(sorted, 0.5);
    out.high[p] = quantile(sorted, 0.9);
  }
  return out;
}
