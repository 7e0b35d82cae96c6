import { back, eachWindow, mean, smoothed, sum, zip, type Twin } from './twin.ts';

export const sma = (x: readonly number[], n: number): number[] => eachWindow(x, n, mean);
export const ema = (x: readonly number[], n: number): number[] => smoothed(x, n, 2 / (n + 1));
export const rma = (x: readonly number[], n: number): number[] => smoothed(x, n, 1 / n);
export const wma = (x: readonly number[], n: number): number[] =>
  eachWindow(x, n, (window) => sum(window.map((value, k) => value * (k + 1))) / sum(window.map((_, k) => k + 1)));

function kama(x: readonly number[], n: number, fast: number, slow: number): number[] {
  const out = x.map(() => NaN);
  for (let bar = n; bar < x.length; bar++) {
    const moves = x.slice(bar - n + 1, bar + 1).map((value, k) => Math.abs(value - x[bar - n + k]!));
    const path = sum(moves);
    const efficiency = path === 0 ? 0 : Math.abs(x[bar]! - x[bar - n]!) / path;
    const step = (efficiency * (2 / (fast + 1) - 2 / (slow + 1)) + 2 / (slow + 1)) ** 2;
    const before = bar === n ? x[n - 1]! : out[bar - 1]!;
    out[bar] = step * x[bar]! + (1 - step) * before;
  }
  return out;
}

/** Value at position `at` of the line through the window by least squares, positions 0, 1, …. */
export function lineAt(window: readonly number[], at: number): number {
  const middle = (window.length - 1) / 2;
  return mean(window) + slopeOf(window) * (at - middle);
}

export function slopeOf(window: readonly number[]): number {
  const middle = (window.length - 1) / 2;
  if (window.length === 1) return 0;
  const level = mean(window);
  return sum(window.map((value, k) => (k - middle) * (value - level))) / sum(window.map((_, k) => (k - middle) ** 2));
}

export const AVERAGE_TWINS: Readonly<Record<string, Twin>> = {
  sma: ([x], [n]) => sma(x!, n!),
  ema: ([x], [n]) => ema(x!, n!),
  rma: ([x], [n]) => rma(x!, n!),
  wma: ([x], [n]) => wma(x!, n!),
  hma: ([x], [n]) => {
    const ahead = zip([wma(x!, Math.max(1, Math.floor(n! / 2))), wma(x!, n!)], (fast, slow) => 2 * fast - slow);
    return wma(ahead, Math.floor(Math.sqrt(n!)));
  },
  dema: ([x], [n]) => zip([ema(x!, n!), ema(ema(x!, n!), n!)], (a, b) => 2 * a - b),
  tema: ([x], [n]) => zip([ema(x!, n!), ema(ema(x!, n!), n!), ema(ema(ema(x!, n!), n!), n!)], (a, b, c) => 3 * a - 3 * b + c),
  kama: ([x], [n, fast, slow]) => kama(x!, n!, fast!, slow!),
  vwma: ([x, volume], [n]) =>
    zip(
      [
        sma(
          zip([x!, volume!], (a, b) => a * b),
          n!,
        ),
        sma(volume!, n!),
      ],
      (a, b) => a / b,
    ),
  alma: ([x], [n, offset, sigma]) =>
    eachWindow(x!, n!, (window) => {
      const weights = window.map((_, k) => Math.exp(-((k - offset! * (n! - 1)) ** 2) / (2 * (n! / sigma!) ** 2)));
      return sum(window.map((value, k) => value * weights[k]!)) / sum(weights);
    }),
  zlema: ([x], [n]) =>
    ema(
      zip([x!, back(x!, Math.floor((n! - 1) / 2))], (now, then) => now + (now - then)),
      n!,
    ),
  linreg: ([x], [n, offset]) => eachWindow(x!, n!, (window) => lineAt(window, n! - 1 - offset!)),
};
