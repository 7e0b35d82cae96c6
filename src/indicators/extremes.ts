import { fullWindow, indicator, period, series, type Indicator, type Notes } from './indicator.ts';
import { borrowIndices, releaseScratch, scratchInUse } from './scratch.ts';

export const EXTREMES: readonly Indicator[] = [
  indicator('highest', [series('x', 'high')], [period('n')], { level: 'input' }, fullWindow),
  indicator('lowest', [series('x', 'low')], [period('n')], { level: 'input' }, fullWindow),
];

export const EXTREME_NOTES: Readonly<Record<string, Notes>> = {
  highest: {
    about: 'Highest of the last n values, the current one included.',
    formula: 'max(x, x[1], …, x[n − 1])',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.highest',
  },
  lowest: {
    about: 'Lowest of the last n values, the current one included.',
    formula: 'min(x, x[1], …, x[n − 1])',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.lowest',
  },
};

export function highestInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number): void {
  slide(x, n, out, from, to, 1);
}

export function lowestInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number): void {
  slide(x, n, out, from, to, -1);
}

/** A queue of bars whose values fall (sign 1) or rise (−1): its head is the window's extreme. Each bar enters and leaves once. */
function slide(x: Float64Array, n: number, out: Float64Array, from: number, to: number, sign: number): void {
  const mark = scratchInUse();
  const queue = borrowIndices(to - from);
  const first = from + n - 1;
  let head = 0;
  let tail = 0;
  for (let i = from; i < to; i++) {
    const enters = sign * x[i]!;
    while (tail > head && sign * x[queue[tail - 1]!]! <= enters) tail--;
    queue[tail++] = i;
    if (queue[head]! <= i - n) head++;
    if (i >= first) out[i] = x[queue[head]!]!;
  }
  releaseScratch(mark);
}
