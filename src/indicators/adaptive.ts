import { exp } from '../core/maths.ts';
import { emaInto, smooth, wmaInto } from './averages.ts';
import type { RunCompute } from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';
import { changesInto, sumInto } from './windows.ts';

/** The averages that are made of others, or weigh by something but age. */

export const hmaInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const half = borrowDoubles(to);
  wmaInto(x!, Math.max(1, Math.floor(n / 2)), half, from, to, decimals);
  const whole = borrowDoubles(to);
  wmaInto(x!, n, whole, from, to, decimals);
  const first = from + n - 1;
  for (let i = first; i < to; i++) half[i] = 2 * half[i]! - whole[i]!;
  if (first < to) wmaInto(half, Math.max(1, Math.floor(Math.sqrt(n))), out, first, to, -1);
};

export const demaInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const [first, second] = [borrowDoubles(to), borrowDoubles(to)];
  emaInto(x!, n, first, from, to, decimals);
  emaInto(first, n, second, from + n - 1, to, -1);
  for (let i = from + 2 * (n - 1); i < to; i++) out[i] = 2 * first[i]! - second[i]!;
};

/** The ema of the ema of the ema, into `out` from bar from + 3(n − 1) on; the other two are left in what the caller borrowed. */
export function tripleEma(
  x: Float64Array,
  n: number,
  first: Float64Array,
  second: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
): void {
  emaInto(x, n, first, from, to, decimals);
  emaInto(first, n, second, from + n - 1, to, -1);
  emaInto(second, n, out, from + 2 * (n - 1), to, -1);
}

export const temaInto: RunCompute = ([x], [n = 1], out, from, to, decimals) => {
  const [first, second] = [borrowDoubles(to), borrowDoubles(to)];
  tripleEma(x!, n, first, second, out, from, to, decimals);
  for (let i = from + 3 * (n - 1); i < to; i++) out[i] = 3 * (first[i]! - second[i]!) + out[i]!;
};

export const kamaInto: RunCompute = ([x], [n = 1, fast = 2, slow = 30], out, from, to, decimals) => {
  if (from + n >= to) return;
  const [moves, paths] = [borrowDoubles(to), borrowDoubles(to)];
  changesInto(x!, moves, from, to, decimals);
  for (let i = from + 1; i < to; i++) moves[i] = Math.abs(moves[i]!);
  const scale = tickScale(decimals);
  sumInto(moves, n, paths, from + 1, to, scale > 0 ? 0 : -1);
  const least = 2 / (slow + 1);
  const spread = 2 / (fast + 1) - least;
  let value = x![from + n - 1]!;
  for (let i = from + n; i < to; i++) {
    const now = x![i]!;
    const then = x![i - n]!;
    const way = scale > 0 ? wholeTicks(now * scale) - wholeTicks(then * scale) : now - then;
    const path = paths[i]!;
    const efficiency = path > 0 ? Math.min(1, Math.abs(way) / path) : 0;
    const step = least + efficiency * spread;
    value += step * step * (now - value);
    out[i] = value;
  }
};

export const vwmaInto: RunCompute = ([x, volume], [n = 1], out, from, to) => {
  const [products, weights] = [borrowDoubles(to), borrowDoubles(to)];
  for (let i = from; i < to; i++) products[i] = x![i]! * volume![i]!;
  sumInto(products, n, out, from, to, -1);
  sumInto(volume!, n, weights, from, to, -1);
  for (let i = from + n - 1; i < to; i++) out[i] = out[i]! / weights[i]!;
};

export const almaInto: RunCompute = ([x], [n = 1, offset = 0.85, sigma = 6], out, from, to) => {
  if (from + n > to) return;
  const weights = borrowDoubles(n);
  const middle = offset * (n - 1);
  const width = n / sigma;
  let total = 0;
  for (let k = 0; k < n; k++) {
    const weight = exp(-((k - middle) * (k - middle)) / (2 * width * width));
    weights[k] = weight;
    total += weight;
  }
  for (let i = from + n - 1; i < to; i++) {
    const start = i - n + 1;
    const anchor = x![i]!; // weighing differences keeps a flat stretch exact
    let sum = 0;
    for (let k = 0; k < n; k++) sum += weights[k]! * (x![start + k]! - anchor);
    out[i] = anchor + sum / total;
  }
};

export const zlemaInto: RunCompute = ([x], [n = 1], out, from, to) => {
  const lag = Math.floor((n - 1) / 2);
  const ahead = borrowDoubles(to);
  for (let i = from + lag; i < to; i++) ahead[i] = 2 * x![i]! - x![i - lag]!;
  smooth(ahead, n, 2 / (n + 1), out, from + lag, to, -1);
};
