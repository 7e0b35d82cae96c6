import { smaInto } from './averages.ts';
import { factor, fullWindow, indicator, period, X, type Indicator, type RunCompute } from './indicator.ts';
import { borrowDoubles, releaseScratch, scratchInUse } from './scratch.ts';
import { tickScale } from './ticks.ts';

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

/**
 * n·Σd² − (Σd)² over differences d from a value inside the window, in blocks as in averages.ts. Such a value lies at most
 * √n deviations from the mean, so at most a factor n of precision cancels, and with whole ticks usually nothing rounds at all.
 */
export function varianceInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  const mark = scratchInUse();
  if (scale === 0) deviate(x, n, out, from, to, 1);
  else {
    const ticks = borrowDoubles(to);
    for (let i = from; i < to; i++) ticks[i] = Math.round(x[i]! * scale);
    deviate(ticks, n, out, from, to, scale);
  }
  releaseScratch(mark);
}

export function stdevInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  varianceInto(x, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) out[i] = Math.sqrt(out[i]!);
}

function deviate(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): void {
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
