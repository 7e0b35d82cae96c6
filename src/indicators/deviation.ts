import { smaInto } from './averages.ts';
import { factor, fullWindow, indicator, period, X, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles, releaseScratch, scratchInUse } from './scratch.ts';
import { EXACT, tickScale, wholeTicks } from './ticks.ts';

const N = [period('n')];
const BAND = [...N, factor('mult', 2)];

export const DEVIATIONS: readonly Indicator[] = [
  indicator('stdev', [X], N, { level: 'own' }, fullWindow),
  indicator('variance', [X], N, { level: 'own' }, fullWindow),
  indicator('zscore', [X], [period('n', null, 2)], { level: 'own' }, fullWindow),
  indicator('bbupper', [X], BAND, { level: 'input' }, fullWindow),
  indicator('bblower', [X], BAND, { level: 'input' }, fullWindow),
  indicator('bbwidth', [X], BAND, { level: 'own' }, fullWindow),
  indicator('percentb', [X], [period('n', null, 2), factor('mult', 2)], { level: 'own' }, fullWindow),
];

/** n·Σd² − (Σd)² over differences d from some value, by n². */
export function varianceInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  if (scale === 0) return deviate(x, n, out, from, to, 1);
  const mark = scratchInUse();
  const ticks = borrowDoubles(to);
  for (let i = from; i < to; i++) ticks[i] = wholeTicks(x[i]! * scale);
  const stretch = Math.max(STRETCH, 2 * n);
  for (let p = from + n - 1; p < to; p += stretch) {
    const end = Math.min(p + stretch, to);
    if (staysExact(ticks, n, p, end)) deviateExactly(ticks, n, out, p, end, scale);
    else deviate(ticks, n, out, p - n + 1, end, scale);
  }
  releaseScratch(mark);
}

/** Bars that are measured from one value, at the least: prices do not go far within them. */
const STRETCH = 1024;

const EXACT_ROOT = Math.sqrt(EXACT);

/** Whether every sum over windows that end in [from, to) is exact, of whole ticks from `ticks[from]` and of their squares. */
function staysExact(ticks: Float64Array, n: number, from: number, to: number): boolean {
  const anchor = ticks[from]!;
  let furthest = 0;
  for (let i = from - n + 1; i < to; i++) furthest = Math.max(furthest, Math.abs(ticks[i]! - anchor));
  return n * furthest <= EXACT_ROOT;
}

/** Where `staysExact`: what enters a window and what leaves it is all there is to do. */
function deviateExactly(ticks: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): void {
  const divisor = n * scale * (n * scale);
  const anchor = ticks[from]!;
  let sum = 0;
  let square = 0;
  for (let i = from - n + 1; i < from; i++) {
    const d = ticks[i]! - anchor;
    sum += d;
    square += d * d;
  }
  for (let i = from; i < to; i++) {
    const enters = ticks[i]! - anchor;
    sum += enters;
    square += enters * enters;
    out[i] = (n * square - sum * sum) / divisor;
    const leaves = ticks[i - n + 1]! - anchor;
    sum -= leaves;
    square -= leaves * leaves;
  }
}

export function stdevInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  varianceInto(x, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) out[i] = Math.sqrt(out[i]!);
}

/**
 * Differences from a value inside the window, in blocks as in averages.ts. Such a value lies at most √n deviations from the mean, so
 * at most a factor n of precision cancels, and with whole ticks usually nothing rounds at all.
 */
function deviate(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): void {
  const mark = scratchInUse();
  const squares = borrowDoubles(to);
  const divisor = n * scale * (n * scale);
  for (let p = from + n - 1; p < to; p += n) {
    const anchor = x[p]!;
    const end = Math.min(p + n, to);
    let sum = 0;
    let square = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) {
        const d = x[p + j - n + 1]! - anchor;
        sum += d;
        square += d * d;
      }
      if (p + j < end) {
        out[p + j] = sum;
        squares[p + j] = square;
      }
    }
    sum = 0;
    square = 0;
    for (let i = p; i < end; i++) {
      const d = x[i]! - anchor;
      sum += d;
      square += d * d;
      const total = out[i]! + sum;
      const spread = n * (squares[i]! + square) - total * total;
      out[i] = spread > 0 ? spread / divisor : 0;
    }
  }
  releaseScratch(mark);
}

export const zscoreInto: RunCompute = ([x], [n = 2], out, from, to, decimals) => {
  const means = borrowDoubles(to);
  smaInto(x!, n, means, from, to, decimals);
  stdevInto(x!, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) out[i] = (x![i]! - means[i]!) / out[i]!;
};

/** @param side 1 for the upper band, −1 for the lower */
export function bandInto(side: 1 | -1): RunCompute {
  return ([x], [n = 1, mult = 2], out, from, to, decimals) => {
    const means = borrowDoubles(to);
    smaInto(x!, n, means, from, to, decimals);
    stdevInto(x!, n, out, from, to, decimals);
    for (let i = from + n - 1; i < to; i++) out[i] = means[i]! + side * mult * out[i]!;
  };
}

export const bbwidthInto: RunCompute = ([x], [n = 1, mult = 2], out, from, to, decimals) => {
  const means = borrowDoubles(to);
  smaInto(x!, n, means, from, to, decimals);
  stdevInto(x!, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) out[i] = (2 * mult * out[i]!) / means[i]!;
};

export const percentbInto: RunCompute = ([x], [n = 2, mult = 2], out, from, to, decimals) => {
  const means = borrowDoubles(to);
  smaInto(x!, n, means, from, to, decimals);
  stdevInto(x!, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) {
    const half = mult * out[i]!;
    out[i] = (x![i]! - means[i]! + half) / (2 * half);
  }
};
