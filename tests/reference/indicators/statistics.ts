import { sma, slopeOf } from './averages.ts';
import { eachWindow, mean, sum, zip, type Twin } from './twin.ts';

export const variance = (x: readonly number[], n: number): number[] =>
  eachWindow(x, n, (window) => {
    const middle = mean(window);
    return mean(window.map((value) => (value - middle) ** 2));
  });
export const stdev = (x: readonly number[], n: number): number[] => variance(x, n).map(Math.sqrt);

const isFlat = (values: readonly number[]): boolean => values.every((value) => value === values[0]);

function correlation(xs: readonly number[], ys: readonly number[]): number {
  if (isFlat(xs) || isFlat(ys)) return NaN;
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = sum(xs.map((x, k) => (x - mx) * (ys[k]! - my)));
  return covariance / Math.sqrt(sum(xs.map((x) => (x - mx) ** 2)) * sum(ys.map((y) => (y - my) ** 2)));
}

export const STATISTIC_TWINS: Readonly<Record<string, Twin>> = {
  stdev: ([x], [n]) => stdev(x!, n!),
  variance: ([x], [n]) => variance(x!, n!),
  zscore: ([x], [n]) =>
    eachWindow(x!, n!, (window) => (isFlat(window) ? NaN : (window.at(-1)! - mean(window)) / stdev(window, n!).at(-1)!)),
  bbupper: ([x], [n, mult]) => zip([sma(x!, n!), stdev(x!, n!)], (middle, spread) => middle + mult! * spread),
  bblower: ([x], [n, mult]) => zip([sma(x!, n!), stdev(x!, n!)], (middle, spread) => middle - mult! * spread),
  bbwidth: ([x], [n, mult]) => zip([sma(x!, n!), stdev(x!, n!)], (middle, spread) => (2 * mult! * spread) / middle),
  percentb: ([x], [n, mult]) =>
    eachWindow(x!, n!, (window) => {
      if (isFlat(window)) return NaN;
      const half = mult! * stdev(window, n!).at(-1)!;
      const lower = mean(window) - half;
      return (window.at(-1)! - lower) / (2 * half);
    }),
  slope: ([x], [n]) => eachWindow(x!, n!, slopeOf),
  rsquared: ([x], [n]) =>
    eachWindow(
      x!,
      n!,
      (window) =>
        correlation(
          window,
          window.map((_, k) => k),
        ) ** 2,
    ),
  correlation: ([x, y], [n]) => eachWindow(x!, n!, (window, bar) => correlation(window, y!.slice(bar + 1 - n!, bar + 1))),
};
