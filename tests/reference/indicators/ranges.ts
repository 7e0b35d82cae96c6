import { ema, rma } from './averages.ts';
import { back, eachWindow, sum, zip, type Twin } from './twin.ts';

type Columns = readonly (readonly number[])[];

export const highest = (x: readonly number[], n: number): number[] => eachWindow(x, n, (window) => Math.max(...window));
export const lowest = (x: readonly number[], n: number): number[] => eachWindow(x, n, (window) => Math.min(...window));
export const sums = (x: readonly number[], n: number): number[] => eachWindow(x, n, sum);
export const channelMiddle = ([high, low]: Columns, n: number): number[] =>
  zip([highest(high!, n), lowest(low!, n)], (top, bottom) => (top + bottom) / 2);

export function trueRange([high, low, close]: Columns): number[] {
  return zip([high!, low!, back(close!, 1)], (h, l, before) =>
    Number.isNaN(before) ? h - l : Math.max(h - l, Math.abs(h - before), Math.abs(l - before)),
  );
}

/** Without one on the first bar. */
export const laterTrueRange = (columns: Columns): number[] => trueRange(columns).with(0, NaN);
export const trueHigh = ([high, , close]: Columns): number[] =>
  zip([high!, back(close!, 1)], (h, before) => Math.max(h, before));
export const trueLow = ([, low, close]: Columns): number[] => zip([low!, back(close!, 1)], (l, before) => Math.min(l, before));

const newestExtreme = (x: readonly number[], n: number, pick: (...values: number[]) => number): number[] =>
  eachWindow(x, n, (window) => window.lastIndexOf(pick(...window)) - (n - 1));

/** Bars since the newest of the highest (or lowest, by `pick`) of n values, times −1. */
export const highestBars = (x: readonly number[], n: number): number[] => newestExtreme(x, n, Math.max);
export const lowestBars = (x: readonly number[], n: number): number[] => newestExtreme(x, n, Math.min);

function pivot(x: readonly number[], left: number, right: number, sign: number): number[] {
  return x.map((_, bar) => {
    const at = bar - right;
    if (at < left) return NaN;
    const value = x[at]!;
    const before = x.slice(at - left, at).every((other) => sign * other <= sign * value);
    const after = x.slice(at + 1, bar + 1).every((other) => sign * other < sign * value);
    return before && after ? value : NaN;
  });
}

function chop(columns: Columns, n: number): number[] {
  const tops = highest(trueHigh(columns), n);
  const bottoms = lowest(trueLow(columns), n);
  return zip([sums(laterTrueRange(columns), n), tops, bottoms], (total, top, bottom) => {
    return (100 * Math.log10(total / (top - bottom))) / Math.log10(n);
  });
}

const keltner = ([x, ...range]: Columns, n: number, reach: number): number[] =>
  zip([ema(x!, n), ema(trueRange(range), n)], (middle, span) => middle + reach * span);

export const RANGE_TWINS: Readonly<Record<string, Twin>> = {
  highest: ([x], [n]) => highest(x!, n!),
  lowest: ([x], [n]) => lowest(x!, n!),
  highestbars: ([x], [n]) => highestBars(x!, n!),
  lowestbars: ([x], [n]) => lowestBars(x!, n!),
  donchian: (inputs, [n]) => channelMiddle(inputs, n!),
  pivothigh: ([x], [left, right]) => pivot(x!, left!, right!, 1),
  pivotlow: ([x], [left, right]) => pivot(x!, left!, right!, -1),
  tr: (inputs) => trueRange(inputs),
  atr: (inputs, [n]) => rma(trueRange(inputs), n!),
  natr: (inputs, [n]) => zip([rma(trueRange(inputs), n!), inputs[2]!], (range, close) => (100 * range) / close),
  kcupper: (inputs, [n, mult]) => keltner(inputs, n!, mult!),
  kclower: (inputs, [n, mult]) => keltner(inputs, n!, -mult!),
  chop: (inputs, [n]) => chop(inputs, n!),
};
