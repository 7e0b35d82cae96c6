import { ONE_PERIOD, perRun, scratchDoubles, tickScale, type Indicator } from './indicator.ts';

/**
 * Population standard deviation of the last n values (Pine's ta.stdev): √(Σ(x − mean)² ÷ n).
 *
 * n·Σd² − (Σd)² over differences d from a value inside the window, in blocks as in averages.ts. Such a value lies at most
 * √n deviations from the mean, so at most a factor n of precision cancels, and with whole ticks usually nothing rounds at all.
 */
export const stdev: Indicator = {
  name: 'stdev',
  ...ONE_PERIOD,
  level: 'own',
  warmup: ([n = 1]) => n - 1,
  compute: perRun(([x], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    if (scale === 0) return deviate(x!, n, out, from, to, 1);
    const ticks = scratchDoubles(0, to);
    for (let i = from; i < to; i++) ticks[i] = Math.round(x![i]! * scale);
    deviate(ticks, n, out, from, to, scale);
  }),
};

function deviate(x: Float64Array, n: number, out: Float64Array, from: number, to: number, scale: number): void {
  const squares = scratchDoubles(1, to);
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
