import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { has, type RowMask } from './brush.ts';

/** How often a metric's values fall into equal bins over [low, high], both ends included; exact. */
export interface Bins {
  readonly counts: Uint32Array;
  readonly below: number; // values under `low`, −Infinity included
  readonly above: number;
  readonly count: number; // all of them, beyond the ends too
}

/** @param mask rows that count; null: all */
export function countBins(
  rows: Rows,
  column: number,
  range: { readonly low: number; readonly high: number },
  bins: number,
  count = rows.rowCount,
  mask: RowMask | null = null,
): Bins {
  const values = rows.columns[column]!;
  const { low, high } = range;
  const counts = new Uint32Array(bins);
  const scale = high > low ? bins / (high - low) : 0;
  let below = 0;
  let above = 0;
  let inside = 0;
  for (let row = 0; row < count; row++) {
    if (rows.states[row] !== COMPLETE || (mask !== null && !has(mask, row))) continue;
    const value = values[row]!;
    if (value < low) below++;
    else if (value > high) above++;
    else if (value === value) {
      counts[Math.min(bins - 1, Math.floor((value - low) * scale))]!++;
      inside++;
    }
  }
  return { counts, below, above, count: below + above + inside };
}

/** Share of values at or below each bin's upper end: the empirical distribution function there. */
export function ecdf({ counts, below, count }: Bins): Float64Array {
  const shares = new Float64Array(counts.length);
  let sum = below;
  for (let bin = 0; bin < counts.length; bin++) {
    sum += counts[bin]!;
    shares[bin] = count > 0 ? sum / count : NaN;
  }
  return shares;
}

/** A column over an interval that is divided into equal parts. */
export interface Ruler {
  readonly column: number;
  readonly low: number;
  readonly high: number;
  readonly parts: number;
}

/** How many rows fall into each field of two metrics; y × x.parts + x, y 0 lowest. Rows beyond the ends are left out. */
export interface Density {
  readonly all: Uint32Array;
  readonly brushed: Uint32Array | null; // those of the mask
}

export function density(rows: Rows, x: Ruler, y: Ruler, count = rows.rowCount, mask: RowMask | null = null): Density {
  const xs = rows.columns[x.column]!;
  const ys = rows.columns[y.column]!;
  const all = new Uint32Array(x.parts * y.parts);
  const brushed = mask === null ? null : new Uint32Array(all.length);
  const [sx, sy] = [x, y].map(({ low, high, parts }) => (high > low ? parts / (high - low) : 0)) as [number, number];
  for (let row = 0; row < count; row++) {
    if (rows.states[row] !== COMPLETE) continue;
    const a = xs[row]!;
    const b = ys[row]!;
    if (!(a >= x.low && a <= x.high && b >= y.low && b <= y.high)) continue;
    const i = Math.min(x.parts - 1, Math.floor((a - x.low) * sx));
    const j = Math.min(y.parts - 1, Math.floor((b - y.low) * sy));
    all[j * x.parts + i]!++;
    if (brushed !== null && has(mask!, row)) brushed[j * x.parts + i]!++;
  }
  return { all, brushed };
}
