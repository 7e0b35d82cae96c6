import { EXACT, tickScale, wholeTicks } from '../indicators/ticks.ts';

/**
 * A moving average in blocks of bars, from left to right: what the catalogue's function gives at the same bars, bit for bit, without
 * a series in memory.
 */
export interface BlockSeries {
  /** Writes bars [from, to), not empty and not before the first value, to `out` from `at` on. */
  fill(from: number, to: number, out: Float64Array, at: number): void;
}

/** The prices of one column in whole ticks, and whether sums over any window of at most `longest` bars of them are exact. */
export interface Ticks {
  readonly ticks: Float64Array;
  readonly scale: number;
  exact(longest: number): boolean;
}

/** Null where the column's values are no whole ticks. */
export function ticksOf(x: Float64Array, decimals: number): Ticks | null {
  const scale = tickScale(decimals);
  if (scale === 0) return null;
  const ticks = new Float64Array(x.length);
  let most = 0;
  for (let i = 0; i < x.length; i++) {
    const tick = wholeTicks(x[i]! * scale);
    if (tick - tick !== 0) return null;
    ticks[i] = tick;
    most = Math.max(most, Math.abs(tick));
  }
  return { ticks, scale, exact: (longest) => most * (longest + 1) <= EXACT };
}

export function blockSma({ ticks, scale }: Ticks, n: number): BlockSeries {
  const divisor = n * scale;
  let sum = 0;
  let next = -1;
  return {
    fill(from, to, out, at) {
      let i = from;
      let k = at;
      if (from !== next) {
        sum = 0;
        for (let bar = from - n + 1; bar <= from; bar++) sum += ticks[bar]!;
        out[k++] = sum / divisor;
        i++;
      }
      sum = slide(ticks, n, divisor, sum, i, to, out, k);
      next = to;
    },
  };
}

/** Whole and below 2^53 at every step, so the order of additions does not matter. @returns the last sum */
function slide(
  ticks: Float64Array,
  n: number,
  divisor: number,
  before: number,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
): number {
  let sum = before;
  for (let i = from, k = at; i < to; i++, k++) {
    sum += ticks[i]! - ticks[i - n]!;
    out[k] = sum / divisor;
  }
  return sum;
}

/** The exponential means: `weight` is 2 ÷ (n + 1) for ema, 1 ÷ n for rma. */
export function blockSmooth(x: Float64Array, { ticks, scale }: Ticks, n: number, weight: number): BlockSeries {
  let value = NaN;
  let next = -1;
  const start = (bar: number): void => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ticks[i]!;
    value = sum / (n * scale);
    for (let i = n; i <= bar; i++) value += weight * (x[i]! - value);
  };
  return {
    fill(from, to, out, at) {
      let i = from;
      let k = at;
      if (from !== next) {
        start(from);
        out[k++] = value;
        i++;
      }
      value = follow(x, weight, value, i, to, out, k);
      next = to;
    },
  };
}

/** Steps towards `x` by `weight`. @returns the last value */
function follow(
  x: Float64Array,
  weight: number,
  before: number,
  from: number,
  to: number,
  out: Float64Array,
  at: number,
): number {
  let value = before;
  for (let i = from, k = at; i < to; i++, k++) {
    value += weight * (x[i]! - value);
    out[k] = value;
  }
  return value;
}
