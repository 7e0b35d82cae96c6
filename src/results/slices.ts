import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { quantilesInPlace } from './median.ts';
import { createLookup, type TrialLookup } from './trial-lookup.ts';

/** A metric along one axis; one entry per position, NaN where there is no value. */
export interface Slice {
  readonly axis: number;
  readonly through: Float64Array; // with every other axis where the chosen trial has it
  readonly rows: Int32Array; // the rows of `through`, −1 for none
  readonly low: Float64Array; // tenth, half and nine tenths of all trials that have this value
  readonly middle: Float64Array;
  readonly high: Float64Array;
}

/** What all trials do at each position of an axis: the part of a slice that holds for every chosen trial. */
export type Band = Pick<Slice, 'low' | 'middle' | 'high'>;

/** What slices of the same rows have in common, so that another chosen trial costs nothing new. */
export interface SliceBasis {
  readonly lookup: TrialLookup;
  readonly bands: readonly (Band | null)[]; // by axis; null for an axis of one value
}

export function sliceBasis(rows: Rows, sizes: readonly number[], column: number, count = rows.rowCount): SliceBasis {
  const values = rows.columns[column]!;
  return {
    lookup: createLookup(rows, sizes, count),
    bands: sizes.map((size, axis) => (size === 1 ? null : bandOf(rows, axis, size, values, count))),
  };
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
  basis = sliceBasis(rows, sizes, column),
): Slice[] {
  const values = rows.columns[column]!;
  const { lookup, bands } = basis;
  return sizes.flatMap((size, axis) => {
    const band = bands[axis] ?? null;
    if (band === null) return [];
    const through = new Float64Array(size).fill(NaN);
    const members = new Int32Array(size).fill(-1);
    if (row !== null) {
      const at = Uint32Array.from(rows.positions, (positions) => positions[row]!);
      for (let p = 0; p < size; p++) {
        at[axis] = p;
        const other = lookup.find(at);
        members[p] = other;
        if (other >= 0 && rows.states[other] === COMPLETE) through[p] = values[other]!;
      }
    }
    return [{ axis, through, rows: members, ...band }];
  });
}

const SHARES = [0.1, 0.5, 0.9];

/** Quantiles of the complete values at each position of an axis. */
function bandOf(rows: Rows, axis: number, size: number, values: Float64Array, count: number): Band {
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
    const [low, middle, high] = quantilesInPlace(grouped.subarray(starts[p], starts[p + 1]), SHARES);
    out.low[p] = low!;
    out.middle[p] = middle!;
    out.high[p] = high!;
  }
  return out;
}
