import { column, factor, fullChanges, fullWindow, indicator, period, X, type Indicator, type Notes } from './indicator.ts';
import { EXACT, tickScale } from './ticks.ts';

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

export const AVERAGE_NOTES: Readonly<Record<string, Notes>> = {
  sma: {
    about: 'Simple moving average: the mean of the last n values.',
    formula: '(x + x[1] + … + x[n − 1]) ÷ n',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.sma',
  },
  ema: {
    about: 'Exponential moving average: newer values weigh more, none is ever forgotten.',
    formula: 'e = e[1] + 2 ÷ (n + 1) × (x − e[1])',
    seeding: 'First value, at bar n − 1, is the mean of the first n values.',
    source: 'Pine ta.ema',
  },
  rma: {
    about: 'Wilder’s moving average, the exponential one inside rsi and atr.',
    formula: 'e = e[1] + (x − e[1]) ÷ n',
    seeding: 'First value, at bar n − 1, is the mean of the first n values.',
    source: 'Pine ta.rma',
  },
  wma: {
    about: 'Linearly weighted moving average: the newest value weighs n, the oldest 1.',
    formula: '(n·x + (n − 1)·x[1] + … + 1·x[n − 1]) ÷ (n (n + 1) ÷ 2)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.wma',
  },
  hma: {
    about: 'Hull moving average: smooth, and close behind the prices.',
    formula: 'wma(2·wma(x, ⌊n ÷ 2⌋) − wma(x, n), ⌊√n⌋)',
    seeding: 'First value at bar n + ⌊√n⌋ − 2.',
    source: 'Pine ta.hma; A. Hull',
  },
  dema: {
    about: 'Double exponential moving average: less lag than ema.',
    formula: '2·ema(x, n) − ema(ema(x, n), n)',
    seeding: 'Both averages start with a plain mean; first value at bar 2(n − 1).',
    source: 'P. G. Mulloy, 1994; TA-Lib DEMA',
  },
  tema: {
    about: 'Triple exponential moving average: less lag than dema.',
    formula: '3·e1 − 3·e2 + e3, each the ema of the one before',
    seeding: 'All three averages start with a plain mean; first value at bar 3(n − 1).',
    source: 'P. G. Mulloy, 1994; TA-Lib TEMA',
  },
  kama: {
    about: 'Kaufman’s adaptive moving average: fast in a trend, slow in noise.',
    formula:
      'k = k[1] + s²·(x − k[1]), s between 2 ÷ (slow + 1) and 2 ÷ (fast + 1) by |x − x[n]| ÷ Σ|changes| (0 where nothing moved)',
    seeding: 'First value, at bar n, steps from x[1].',
    source: 'P. J. Kaufman, Trading Systems and Methods; TA-Lib KAMA',
  },
  vwma: {
    about: 'Volume-weighted moving average.',
    formula: 'sum(x·volume, n) ÷ sum(volume, n)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.vwma',
  },
  alma: {
    about: 'Arnaud Legoux moving average: weights in the shape of a bell.',
    formula: 'weights exp(−(k − offset·(n − 1))² ÷ (2·(n ÷ sigma)²)), k = 0 the oldest value',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.alma',
  },
  zlema: {
    about: 'Zero-lag moving average: the ema of a series that is pushed ahead by its own lag.',
    formula: 'ema(x + (x − x[lag]), n), lag = ⌊(n − 1) ÷ 2⌋',
    seeding: 'The ema starts with a plain mean; first value at bar n − 1 + lag.',
    source: 'J. Ehlers, R. Way, 2010',
  },
  linreg: {
    about: 'Linear regression: where the line fitted to the last n values ends, or was offset bars ago.',
    formula: 'intercept + slope·(n − 1 − offset)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.linreg',
  },
};

/** A series from bar `from` up to `to`, written from the first bar that has a value; `decimals` as in the context. */
type Average = (x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number) => void;

export const smaInto: Average = (x, n, out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const done = scale > 0 ? smaTicks(x, n, out, from, to, scale) : from + n - 1;
  if (done < to) smaBlocks(x, n, out, done, to);
};

export const wmaInto: Average = (x, n, out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const done = scale > 0 ? wmaTicks(x, n, out, from, to, scale) : from + n - 1;
  if (done < to) wmaBlocks(x, n, out, done, to);
};

export const emaInto: Average = (x, n, out, from, to, decimals) => smooth(x, n, 2 / (n + 1), out, from, to, decimals);
export const rmaInto: Average = (x, n, out, from, to, decimals) => smooth(x, n, 1 / n, out, from, to, decimals);

/** Returns the first bar that it left undone: `to`, or where the sum outgrew exact integers. */
function smaTicks(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): number {
  const first = from + n - 1;
  const divisor = n * scale;
  let sum = 0;
  for (let i = from; i < to; i++) {
    const enters = Math.round(x[i]! * scale);
    sum += i > first ? enters - Math.round(x[i - n]! * scale) : enters;
    if (sum > EXACT || sum < -EXACT) return Math.max(i, first);
    if (i >= first) out[i] = sum / divisor;
  }
  return to;
}

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

function wmaTicks(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): number {
  const first = from + n - 1;
  const divisor = ((n * (n + 1)) / 2) * scale;
  let sum = 0;
  let weighted = 0;
  for (let i = from; i < to; i++) {
    const enters = Math.round(x[i]! * scale);
    if (i > first) {
      weighted += n * enters - sum;
      sum += enters - Math.round(x[i - n]! * scale);
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
    ticks += Math.round(x[i]! * scale);
    exact = ticks <= EXACT && ticks >= -EXACT;
  }
  if (exact) return ticks / (n * scale);
  const anchor = x[from]!;
  let sum = 0;
  for (let i = from; i < from + n; i++) sum += x[i]! - anchor;
  return anchor + sum / n;
}
