import { column, factor, fullChanges, fullWindow, indicator, period, X, type Indicator } from './indicator.ts';
import { EXACT, tickScale, wholeTicks } from './ticks.ts';
import { sumTicks } from './windows.ts';

/**
 * Moving averages. In whole ticks every sum is exact, so the value is the correctly rounded quotient of two integers. Other
 * inputs are summed as differences from a value inside the window, block by block, without ever subtracting what left the
 * window: no drift, and a flat window gives its value exactly.
 */

const N = [period('n')];
const ON_INPUT = { level: 'input' } as const;
/** Values that the second average of hma has to wait for. */
const root = (n: number): number => Math.max(1, Math.floor(Math.sqrt(n)));
const lag = (n: number): number => Math.floor((n - 1) / 2);

export const AVERAGES: readonly Indicator[] = [
  indicator('sma', [X], N, ON_INPUT, fullWindow),
  indicator('ema', [X], N, ON_INPUT, fullWindow),
  indicator('rma', [X], N, ON_INPUT, fullWindow),
  indicator('wma', [X], N, ON_INPUT, fullWindow),
  indicator('hma', [X], N, ON_INPUT, ([n = 1]) => n + root(n) - 2),
  indicator('dema', [X], N, ON_INPUT, ([n = 1]) => 2 * (n - 1)),
  indicator('tema', [X], N, ON_INPUT, ([n = 1]) => 3 * (n - 1)),
  indicator('kama', [X], [...N, period('fast', 2), period('slow', 30)], ON_INPUT, fullChanges),
  indicator('vwma', [X, column('volume')], N, ON_INPUT, fullWindow),
  indicator('alma', [X], [...N, factor('offset', 0.85, 0, 1), factor('sigma', 6, 0.1)], ON_INPUT, fullWindow),
  indicator('zlema', [X], N, ON_INPUT, ([n = 1]) => n - 1 + lag(n)),
  indicator('linreg', [X], [...N, period('offset', 0, 0)], ON_INPUT, fullWindow),
];

/** A series from bar `from` up to `to`, written from the first bar that has a value; `decimals` as in the context. */
type Average = (x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number) => void;

export const smaInto: Average = (x, n, out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const done = scale > 0 ? sumTicks(x, n, out, from, to, scale, n * scale) : from + n - 1;
  if (done < to) smaBlocks(x, n, out, done, to);
};

export const wmaInto: Average = (x, n, out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const done = scale > 0 ? wmaTicks(x, n, out, from, to, scale) : from + n - 1;
  if (done < to) wmaBlocks(x, n, out, done, to);
};

export const emaInto: Average = (x, n, out, from, to, decimals) => smooth(x, n, 2 / (n + 1), out, from, to, decimals);
export const rmaInto: Average = (x, n, out, from, to, decimals) => smooth(x, n, 1 / n, out, from, to, decimals);

/**
 * Blocks of n outputs from bar p on: the window that ends at p + j is a suffix of the n − 1 values before p and a prefix of
 * the block. Suffix sums wait in `out` until the block reaches them.
 */
function smaBlocks(x: Float64Array, n: number, out: Float64Array, first: number, to: number): void {
  for (let p = first; p < to; p += n) {
    const anchor = x[p]!;
    const end = Math.min(p + n, to);
    let suffix = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) suffix += x[p + j - n + 1]! - anchor;
      if (p + j < end) out[p + j] = suffix;
    }
    let prefix = 0;
    for (let i = p; i < end; i++) {
      prefix += x[i]! - anchor;
      out[i] = anchor + (out[i]! + prefix) / n;
    }
  }
}

/** As `sumTicks`. */
function wmaTicks(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): number {
  const first = from + n - 1;
  const divisor = ((n * (n + 1)) / 2) * scale;
  let sum = 0;
  let weighted = 0;
  for (let i = from; i < to; i++) {
    const enters = wholeTicks(x[i]! * scale);
    if (i > first) {
      weighted += n * enters - sum;
      sum += enters - wholeTicks(x[i - n]! * scale);
    } else {
      sum += enters;
      weighted += (i - from + 1) * enters;
    }
    if (weighted > EXACT || weighted < -EXACT || n * enters > EXACT) return Math.max(i, first);
    if (i >= first) out[i] = weighted / divisor;
  }
  return to;
}

function wmaBlocks(x: Float64Array, n: number, out: Float64Array, first: number, to: number): void {
  const divisor = (n * (n + 1)) / 2;
  for (let p = first; p < to; p += n) {
    const anchor = x[p]!;
    const end = Math.min(p + n, to);
    let sum = 0;
    let suffix = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) {
        sum += x[p + j - n + 1]! - anchor;
        suffix += sum;
      }
      if (p + j < end) out[p + j] = suffix;
    }
    let plain = 0;
    let prefix = 0;
    for (let i = p; i < end; i++) {
      const enters = x[i]! - anchor;
      prefix += n * enters - plain;
      plain += enters;
      out[i] = anchor + (out[i]! + prefix) / divisor;
    }
  }
}

/** Steps towards x by `weight`, from the mean of the first n values at bar from + n − 1 on. */
export function smooth(
  x: Float64Array,
  n: number,
  weight: number,
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
): void {
  const first = from + n - 1;
  if (first >= to) return;
  let value = meanOf(x, from, n, decimals);
  out[first] = value;
  for (let i = first + 1; i < to; i++) {
    // written as a step towards x, so that a flat stretch that was reached exactly stays exact
    value += weight * (x[i]! - value);
    out[i] = value;
  }
}

/** Mean of x[from … from + n). */
export function meanOf(x: Float64Array, from: number, n: number, decimals: number): number {
  const scale = tickScale(decimals);
  let ticks = 0;
  let exact = scale > 0;
  for (let i = from; exact && i < from + n; i++) {
    ticks += wholeTicks(x[i]! * scale);
    exact = ticks <= EXACT && ticks >= -EXACT;
  }
  if (exact) return ticks / (n * scale);
  const anchor = x[from]!;
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += x[i]! - anchor;
  return anchor + sum / n;
}
