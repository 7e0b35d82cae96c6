import { rma } from './averages.ts';
import { eachWindow, type Twin } from './twin.ts';

export const highest = (x: readonly number[], n: number): number[] => eachWindow(x, n, (window) => Math.max(...window));
export const lowest = (x: readonly number[], n: number): number[] => eachWindow(x, n, (window) => Math.min(...window));

export function trueRange([high, low, close]: readonly (readonly number[])[]): number[] {
  return high!.map((h, bar) => {
    const l = low![bar]!;
    const before = bar === 0 ? h : close![bar - 1]!;
    return bar === 0 ? h - l : Math.max(h - l, Math.abs(h - before), Math.abs(l - before));
  });
}

export const RANGE_TWINS: Readonly<Record<string, Twin>> = {
  highest: ([x], [n]) => highest(x!, n!),
  lowest: ([x], [n]) => lowest(x!, n!),
  tr: (inputs) => trueRange(inputs),
  atr: (inputs, [n]) => rma(trueRange(inputs), n!),
};
