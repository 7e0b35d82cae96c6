import { eachWindow, mean, type Twin } from './twin.ts';

export const variance = (x: readonly number[], n: number): number[] =>
  eachWindow(x, n, (window) => {
    const middle = mean(window);
    return mean(window.map((value) => (value - middle) ** 2));
  });
export const stdev = (x: readonly number[], n: number): number[] => variance(x, n).map(Math.sqrt);

export const STATISTIC_TWINS: Readonly<Record<string, Twin>> = {
  stdev: ([x], [n]) => stdev(x!, n!),
};
