import { eachWindow, mean, smoothed, sum, type Twin } from './twin.ts';

export const sma = (x: readonly number[], n: number): number[] => eachWindow(x, n, mean);
export const ema = (x: readonly number[], n: number): number[] => smoothed(x, n, 2 / (n + 1));
export const rma = (x: readonly number[], n: number): number[] => smoothed(x, n, 1 / n);
export const wma = (x: readonly number[], n: number): number[] =>
  eachWindow(x, n, (window) => sum(window.map((value, k) => value * (k + 1))) / sum(window.map((_, k) => k + 1)));

export const AVERAGE_TWINS: Readonly<Record<string, Twin>> = {
  sma: ([x], [n]) => sma(x!, n!),
  ema: ([x], [n]) => ema(x!, n!),
  rma: ([x], [n]) => rma(x!, n!),
  wma: ([x], [n]) => wma(x!, n!),
};
