import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Direction } from './direction.ts';
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
  readonly lookup: Pick<TrialLookup, 'find'>;
  readonly bands: readonly (Band | null)[]; // by axis; null for an axis of one value
}

/** @param order rows [0, count) by the metric's values, from `fullOrder` in this direction */
export function sliceBasis(
  rows: Rows,
  sizes: readonly number[],
  column: number,
  order: Uint32Array,
  direction: Direction,
): SliceBasis {
  const values = rows.columns[column]!;
  let valued = order.length;
  while (valued > 0 && !isValued(rows, values, order[valued - 1]!)) valued--;
  const ascending = order.slice(0, valued);
  if (direction === 'max') ascending.reverse();
  const sorted = new Float64Array(valued);
  for (let i = 0; i < valued; i++) sorted[i] = values[ascending[i]!]!;
  return {
    lookup: createLookup(rows, sizes, order.length),
    bands: sizes.map((size, axis) => (size === 1 ? null : bandOf(rows.positions[axis]!, size, ascending, sorted))),
  };
}

/** For a whole grid in trial order: what is known at once, which is everything but the bands. Those are not numbers. */
export function sliceStart(sizes: readonly number[]): SliceBasis {
  const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1));
  const find = (at: ArrayLike<number>): number => strides.reduce((row, stride, axis) => row + at[axis]! * stride, 0);
  const blank = (size: number): Float64Array => new Float64Array(size).fill(NaN);
  const bands = sizes.map((size) => (size === 1 ? null : { low: blank(size), middle: blank(size), high: blank(size) }));
  return { lookup: { find }, bands };
}

/**
 * The metric along every axis.
 * @param row the chosen trial; null: only what all trials do
 */
export function slices(rows: Rows, sizes: readonly number[], column: number, row: number | null, basis: SliceBasis): Slice[] {
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

function isValued(rows: Rows, values: Float64Array, row: number): boolean {
  return rows.states[row] === COMPLETE && !Number.isNaN(values[row]!);
}

/**
 * Quantiles of the values at each position of an axis, linear between order statistics. Values that come in order lie in order
 * within each position too: nothing is sorted again.
 *
 * @param ascending rows with a value, the least first
 * @param sorted their values
 */
function bandOf(positions: Uint32Array, size: number, ascending: Uint32Array, sorted: Float64Array): Band {
  const starts = new Uint32Array(size + 1);
  for (let i = 0; i < ascending.length; i++) starts[positions[ascending[i]!]! + 1]!++;
  for (let p = 0; p < size; p++) starts[p + 1]! += starts[p]!;
  const grouped = new Float64Array(ascending.length);
  const next = starts.slice(0, size);
  for (let i = 0; i < ascending.length; i++) grouped[next[positions[ascending[i]!]!]!++] = sorted[i]!;
  const at = (share: number): Float64Array =>
    Float64Array.from(next, (_, p) => quantile(grouped.subarray(starts[p], starts[p + 1]), share));
  return { low: at(0.1), middle: at(0.5), high: at(0.9) };
}

function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return at === below || low === high ? low : low + (at - below) * (high - low);
}
