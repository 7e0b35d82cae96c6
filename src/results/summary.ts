import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Direction } from './direction.ts';

/** Exact figures of a metric over the complete rows that have a value. NaN where there is no such row. */
export interface Summary {
  readonly count: number;
  readonly undefined: number; // complete rows without a value
  readonly min: number;
  readonly max: number;
  readonly mean: number; // of the finite values
  readonly sorted: Float64Array; // ascending, ±Infinity included
}

/** O(n log n): for a finished study, not for every frame. */
export function summarise(rows: Rows, column: number, count = rows.rowCount): Summary {
  const values = rows.columns[column]!;
  const kept = new Float64Array(count);
  let size = 0;
  let undefinedCount = 0;
  let sum = 0;
  let finite = 0;
  for (let row = 0; row < count; row++) {
    if (rows.states[row] !== COMPLETE) continue;
    const value = values[row]!;
    if (Number.isNaN(value)) {
      undefinedCount++;
      continue;
    }
    kept[size++] = value;
    if (!Number.isFinite(value)) continue;
    sum += value;
    finite++;
  }
  const sorted = kept.slice(0, size).sort();
  const mean = finite > 0 ? sum / finite : NaN;
  return { count: size, undefined: undefinedCount, min: sorted[0] ?? NaN, max: sorted[size - 1] ?? NaN, mean, sorted };
}

/**
 * Quantile of ascending values by linear interpolation between order statistics (Hyndman and Fan 1996, type 7, as numpy).
 * @param q in [0, 1]
 */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  if (sorted.length === 0) return NaN;
  const at = q * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below]!;
  const high = sorted[Math.min(below + 1, sorted.length - 1)]!;
  return low === high || at === below ? low : low + (at - below) * (high - low);
}

/** Exact counts per bin of equal width over [low, high], both ends included; values outside and infinities are left out. */
export function histogram(sorted: ArrayLike<number>, low: number, high: number, bins: number): Uint32Array {
  const counts = new Uint32Array(bins);
  const scale = high > low ? bins / (high - low) : 0;
  for (let i = 0; i < sorted.length; i++) {
    const value = sorted[i]!;
    if (value >= low && value <= high) counts[Math.min(bins - 1, Math.floor((value - low) * scale))]!++;
  }
  return counts;
}

/**
 * Share of the other rows with a value that this row's value is strictly better than, in [0, 1]; NaN without a value or others.
 * One pass over the column.
 */
export function shareBeaten(rows: Rows, column: number, row: number, direction: Direction, count = rows.rowCount): number {
  const values = rows.columns[column]!;
  const own = values[row]!;
  if (rows.states[row] !== COMPLETE || Number.isNaN(own)) return NaN;
  let beaten = 0;
  let others = -1;
  for (let other = 0; other < count; other++) {
    if (rows.states[other] !== COMPLETE) continue;
    const value = values[other]!;
    if (Number.isNaN(value)) continue;
    others++;
    if (direction === 'max' ? value < own : value > own) beaten++;
  }
  return others > 0 ? beaten / others : NaN;
}
