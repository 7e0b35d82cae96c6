import { borrowDoubles, borrowIndices, releaseScratch, scratchInUse } from './scratch.ts';
import { EXACT, tickScale, wholeTicks } from './ticks.ts';

/** Sums, extremes and changes over the last n values: the parts that indicators are made of. */

/** Sum of the last n values: exact in ticks, otherwise by blocks, without subtracting what left. */
export function sumInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  const done = scale > 0 ? sumTicks(x, n, out, from, to, scale, scale) : from + n - 1;
  if (done < to) sumBlocks(x, n, out, done, to);
}

/**
 * The sum of the last n values in whole ticks, by `divisor`.
 * @returns the first bar that it left undone: `to`, or where the sum outgrew exact integers
 */
export function sumTicks(
  x: Float64Array,
  n: number,
  out: Float64Array,
  from: number,
  to: number,
  scale: number,
  divisor: number,
): number {
  const first = from + n - 1;
  let sum = 0;
  for (let i = from; i < first && i < to; i++) {
    sum += wholeTicks(x[i]! * scale);
    if (sum > EXACT || sum < -EXACT) return first;
  }
  for (let i = first; i < to; i++) {
    sum += wholeTicks(x[i]! * scale);
    if (sum > EXACT || sum < -EXACT) return i;
    out[i] = sum / divisor;
    sum -= wholeTicks(x[i - n + 1]! * scale);
  }
  return to;
}

/** From bar `first` on, which has n values up to itself. */
function sumBlocks(x: Float64Array, n: number, out: Float64Array, first: number, to: number): void {
  for (let p = first; p < to; p += n) {
    const end = Math.min(p + n, to);
    let suffix = 0;
    for (let j = n - 1; j >= 0; j--) {
      if (j < n - 1) suffix += x[p + j - n + 1]!;
      if (p + j < end) out[p + j] = suffix;
    }
    let prefix = 0;
    for (let i = p; i < end; i++) {
      prefix += x[i]!;
      out[i] = out[i]! + prefix;
    }
  }
}

/**
 * The bar of the highest (sign 1) or lowest (−1) of the last n values, the newest of equal ones. A queue of bars whose values fall:
 * its head is the extreme. Each bar enters and leaves once.
 */
export function extremeBars(x: Float64Array, n: number, sign: number, bars: Int32Array, from: number, to: number): void {
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
    if (i >= first) bars[i] = queue[head]!;
  }
  releaseScratch(mark);
}

/** The highest (sign 1) or lowest (−1) of the last n values. */
export function extremeInto(x: Float64Array, n: number, sign: number, out: Float64Array, from: number, to: number): void {
  const mark = scratchInUse();
  const bars = borrowIndices(to);
  extremeBars(x, n, sign, bars, from, to);
  for (let i = from + n - 1; i < to; i++) out[i] = x[bars[i]!]!;
  releaseScratch(mark);
}

/** The middle between the highest `high` and the lowest `low` of the last n bars. */
export function middleInto(
  high: Float64Array,
  low: Float64Array,
  n: number,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const mark = scratchInUse();
  const lowest = borrowDoubles(to);
  extremeInto(high, n, 1, out, from, to);
  extremeInto(low, n, -1, lowest, from, to);
  for (let i = from + n - 1; i < to; i++) out[i] = (out[i]! + lowest[i]!) / 2;
  releaseScratch(mark);
}

/** Differences to the value before from bar from + 1 on, in ticks where there are ticks. */
export function changesInto(x: Float64Array, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  for (let i = from + 1; i < to; i++)
    out[i] = scale > 0 ? wholeTicks(x[i]! * scale) - wholeTicks(x[i - 1]! * scale) : x[i]! - x[i - 1]!;
}
