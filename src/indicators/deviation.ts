import { fullWindow, indicator, period, X, type Indicator, type Notes } from './indicator.ts';
import { borrowDoubles, releaseScratch, scratchInUse } from './scratch.ts';
import { tickScale } from './ticks.ts';

export const DEVIATIONS: readonly Indicator[] = [indicator('stdev', [X], [period('n')], { level: 'own' }, fullWindow)];

export const DEVIATION_NOTES: Readonly<Record<string, Notes>> = {
  stdev: {
    about: 'Standard deviation of the last n values, the population form.',
    formula: '√(Σ(x − mean)² ÷ n)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.stdev',
  },
};

/**
 * n·Σd² − (Σd)² over differences d from a value inside the window, in blocks as in averages.ts. Such a value lies at most
 * √n deviations from the mean, so at most a factor n of precision cancels, and with whole ticks usually nothing rounds at all.
 */
export function stdevInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
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

function deviate(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): void {
  const squares = borrowDoubles(to);
  const divisor = n * scale;
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
      out[i] = spread > 0 ? Math.sqrt(spread) / divisor : 0;
    }
  }
}
