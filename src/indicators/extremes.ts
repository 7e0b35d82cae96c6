import { ONE_PERIOD, perRun, scratchIndices, type Indicator } from './indicator.ts';

/** Highest of the last n values, the current one included (Pine's ta.highest). */
export const highest: Indicator = {
  name: 'highest',
  ...ONE_PERIOD,
  level: 'input',
  warmup: ([n = 1]) => n - 1,
  compute: perRun(([x], [n = 1], out, from, to) => slide(x!, n, out, from, to, 1)),
};

/** Lowest of the last n values, the current one included (Pine's ta.lowest). */
export const lowest: Indicator = {
  name: 'lowest',
  ...ONE_PERIOD,
  level: 'input',
  warmup: ([n = 1]) => n - 1,
  compute: perRun(([x], [n = 1], out, from, to) => slide(x!, n, out, from, to, -1)),
};

/** A queue of bars whose values fall (sign 1) or rise (−1): its head is the window's extreme. Each bar enters and leaves once. */
function slide(x: Float64Array, n: number, out: Float64Array, from: number, to: number, sign: number): void {
  const queue = scratchIndices(to - from);
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
}
