import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { createLookup } from './trial-lookup.ts';

/**
 * How much of a metric's variance over the space each axis explains (I. M. Sobol', "Sensitivity estimates for nonlinear
 * mathematical models", 1993). On a full grid the parts are exact and add up to 1. Where trials are missing, by a constraint or
 * because they have no value, the axes are tied to each other: shares are then those of the group means and may overlap.
 */
export interface Importance {
  readonly first: Float64Array; // per axis: what it explains alone
  /** Per axis: alone and in every interaction. On a full grid only, NaN otherwise. */
  readonly total: Float64Array;
  readonly pairs: readonly Interaction[]; // what two axes explain together beyond each alone; largest first
  readonly rest: number; // by three axes and more
  readonly exact: boolean; // full grid
  readonly count: number; // trials with a finite value
  readonly variance: number; // 0: every trial gave the same, and nothing explains anything
}

export interface Interaction {
  readonly a: number;
  readonly b: number;
  readonly share: number;
}

const MOST_PAIR_CELLS = 4_000_000; // tables of larger pairs are not made; their interaction stays in the rest

/** @param sizes of the study's axes */
export function importance(rows: Rows, sizes: readonly number[], column: number, count = rows.rowCount): Importance {
  const { values, picked, mean, variance } = moments(rows, column, count);
  const size = picked.length;
  const cells = sizes.reduce((product, axisSize) => product * axisSize, 1);
  const exact = size > 0 && size === cells;
  const share = (spread: number): number => (variance > 0 ? spread / variance : 0);

  /** Variance of the means of groups: axis a's levels, or the pairs of a's and b's. */
  function between(a: number, b: number | null): number {
    const width = b === null ? 1 : sizes[b]!;
    const sums = new Float64Array(sizes[a]! * width);
    const counts = new Uint32Array(sums.length);
    const at = rows.positions[a]!;
    const beside = b === null ? null : rows.positions[b]!;
    for (const row of picked) {
      const group = at[row]! * width + (beside === null ? 0 : beside[row]!);
      sums[group]! += values[row]! - mean;
      counts[group]!++;
    }
    let spread = 0;
    for (let group = 0; group < sums.length; group++) {
      if (counts[group]! > 0) spread += (sums[group]! * sums[group]!) / counts[group]!;
    }
    return spread / size;
  }

  const axes = sizes.map((_, a) => a);
  const first = Float64Array.from(axes, (a) => (size === 0 ? 0 : share(between(a, null))));
  const wide = size === 0 ? [] : axes.filter((a) => sizes[a]! > 1);
  const both = wide.flatMap((a) =>
    wide.filter((b) => b > a && sizes[a]! * sizes[b]! <= MOST_PAIR_CELLS).map((b) => [a, b] as const),
  );
  const pairs = both
    .map(([a, b]): Interaction => ({ a, b, share: Math.max(0, share(between(a, b)) - first[a]! - first[b]!) }))
    .sort((p, q) => q.share - p.share);
  const known = first.reduce((s, x) => s + x, 0) + pairs.reduce((s, pair) => s + pair.share, 0);
  const total = exact ? totals(rows, sizes, values, mean, variance) : new Float64Array(sizes.length).fill(NaN);
  return {
    first,
    total,
    pairs,
    rest: size === 0 || variance === 0 ? 0 : Math.max(0, 1 - known),
    exact,
    count: size,
    variance,
  };
}

/** The rows that have a finite value, its mean and its variance over them. */
function moments(
  rows: Rows,
  column: number,
  count: number,
): { values: Float64Array; picked: Uint32Array; mean: number; variance: number } {
  const values = rows.columns[column]!;
  const used = new Uint32Array(count);
  let size = 0;
  let sum = 0;
  for (let row = 0; row < count; row++) {
    if (rows.states[row] !== COMPLETE || !Number.isFinite(values[row]!)) continue;
    used[size++] = row;
    sum += values[row]!;
  }
  const picked = used.subarray(0, size);
  const mean = sum / size;
  let squares = 0;
  for (const row of picked) squares += (values[row]! - mean) * (values[row]! - mean);
  return { values, picked, mean, variance: size === 0 ? 0 : squares / size };
}

/** 1 − the variance that is left between trials which differ in no other axis (T. Homma, A. Saltelli 1996). */
function totals(rows: Rows, sizes: readonly number[], values: Float64Array, mean: number, variance: number): Float64Array {
  const lookup = createLookup(rows, sizes);
  const { table, strides } = lookup;
  if (variance === 0) return new Float64Array(sizes.length);
  const cells = sizes.reduce((product, size) => product * size, 1);
  return Float64Array.from(sizes, (size, axis) => {
    const stride = strides[axis]!;
    const positions = new Uint32Array(sizes.length);
    let spread = 0;
    for (let block = 0; block < cells; block += stride * size) {
      for (let offset = block; offset < block + stride; offset++) {
        let sum = 0;
        for (let k = 0; k < size; k++) {
          const index = offset + k * stride;
          let row = table === null ? -1 : table[index]!;
          if (table === null) {
            let rest = index;
            for (let a = 0; a < sizes.length; a++) {
              positions[a] = Math.floor(rest / strides[a]!);
              rest %= strides[a]!;
            }
            row = lookup.find(positions);
          }
          sum += values[row]! - mean;
        }
        spread += (sum * sum) / size;
      }
    }
    return Math.max(0, 1 - spread / cells / variance);
  });
}
