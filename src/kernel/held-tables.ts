import {
  ABSENT,
  BLOCK_SHIFT,
  blockCount,
  heldBytes,
  levelCount,
  openHeldMemory,
  READY,
  UNDER_WAY,
} from '../strategy/held-memory.ts';
import type { Course } from './course.ts';

/**
 * What holding one unit over any range of bars does to an account that moves with the price alone: sums of its returns, and how
 * it falls, each from a fixed number of reads. Depends on the bars and the sampling of returns, not on the trial.
 */
export interface HeldTables {
  /**
   * Four doubles per bar: Σ r, Σ r², Σ min(r, 0)² over the returns from sample to sample up to the bar, and the close of the last
   * sample at or before the bar (NaN before the first). A difference of two bars is the sum over the samples in between.
   */
  readonly moves: Float64Array;
  /**
   * Three doubles per entry: highest close, lowest close, worst fall (the least of later close ÷ earlier close, 1 where nothing
   * falls). Bars are in blocks of 32. First an entry per bar for the closes from the start of its block to the bar, then an entry
   * per bar for those from the bar to the end of its block; then levels of an entry per block: at level k the blocks from this one
   * to the middle of its group of 2^(k+1) blocks, or from the middle to this one, so that any range of blocks is the join of two
   * entries of the level at which its ends part.
   */
  readonly falls: Float64Array;
}

/** A worker that was ended while it built the tables is not waited for longer. */
const WAIT_MS = 3000;

/** @param memory strategy/held-memory of the study, where its workers share it */
export function buildHeldTables(course: Course, memory?: ArrayBufferLike): HeldTables {
  if (memory === undefined || memory.byteLength !== heldBytes(course.count)) return build(course, newMemory(course.count));
  const { state, ...tables } = openHeldMemory(memory, course.count);
  if (Atomics.compareExchange(state, 0, ABSENT, UNDER_WAY) === ABSENT) {
    build(course, tables);
    Atomics.store(state, 0, READY);
    Atomics.notify(state, 0);
    return tables;
  }
  if (Atomics.load(state, 0) !== READY) Atomics.wait(state, 0, UNDER_WAY, WAIT_MS);
  return Atomics.load(state, 0) === READY ? tables : build(course, newMemory(course.count));
}

function newMemory(bars: number): HeldTables {
  return openHeldMemory(new ArrayBuffer(heldBytes(bars)), bars);
}

function build(course: Course, { moves, falls }: HeldTables): HeldTables {
  const { count, close, startBar, nextSample } = course;
  fillMoves(moves, close, startBar, nextSample, count);
  const blocks = blockCount(count);
  for (let block = 0; block < blocks; block++) {
    const from = block << BLOCK_SHIFT;
    const to = Math.min(count, from + (1 << BLOCK_SHIFT));
    const bar = (i: number): number => close[i]!;
    join(falls, 0, from, to, 1, bar, bar, () => 1);
    join(falls, count, to - 1, from - 1, -1, bar, bar, () => 1);
  }
  const whole = (block: number): number => 3 * (Math.min(count, (block + 1) << BLOCK_SHIFT) - 1); // its last bar's first entry
  const high = (block: number): number => falls[whole(block)]!;
  const low = (block: number): number => falls[whole(block) + 1]!;
  const fall = (block: number): number => falls[whole(block) + 2]!;
  for (let level = 0; level < levelCount(blocks); level++) {
    const half = 1 << level;
    const base = 2 * count + level * blocks;
    for (let middle = half; middle < blocks; middle += 2 * half) {
      join(falls, base, middle - 1, middle - half - 1, -1, high, low, fall);
      join(falls, base, middle, Math.min(blocks, middle + half), 1, high, low, fall);
    }
  }
  return { moves, falls };
}

/** Where the pieces of a range of bars stand in `falls`, in their order; the range spans two blocks or more. */
export function rangePieces(bars: number, from: number, last: number, pieces: Int32Array): number {
  const left = (from >>> BLOCK_SHIFT) + 1;
  const right = (last >>> BLOCK_SHIFT) - 1;
  pieces[0] = 3 * (bars + from);
  let count = 1;
  if (left === right) {
    pieces[count++] = 3 * (((left + 1) << BLOCK_SHIFT) - 1);
  } else if (left < right) {
    const level = 2 * bars + (31 - Math.clz32(left ^ right)) * blockCount(bars);
    pieces[count++] = 3 * (level + left);
    pieces[count++] = 3 * (level + right);
  }
  pieces[count++] = 3 * last;
  return count;
}

/** Sums are compensated (Neumaier), so that each entry is right to its last digits however many bars came before. */
function fillMoves(
  moves: Float64Array,
  close: Float64Array,
  startBar: number,
  nextSample: Int32Array | null,
  count: number,
): void {
  const sums = new Float64Array(3);
  const errors = new Float64Array(3);
  const terms = new Float64Array(3);
  let last = NaN;
  moves.fill(NaN, 0, 4 * startBar);
  for (let i = startBar; i < count; i++) {
    if (nextSample === null || nextSample[i] === i) {
      const r = last === last ? close[i]! / last - 1 : 0;
      const down = Math.min(r, 0);
      terms[0] = r;
      terms[1] = r * r;
      terms[2] = down * down;
      for (let k = 0; k < 3; k++) {
        const sum = sums[k]!;
        const term = terms[k]!;
        const next = sum + term;
        errors[k] = errors[k]! + (Math.abs(sum) >= Math.abs(term) ? sum - next + term : term - next + sum);
        sums[k] = next;
      }
      last = close[i]!;
    }
    for (let k = 0; k < 3; k++) moves[4 * i + k] = sums[k]! + errors[k]!;
    moves[4 * i + 3] = last;
  }
}

/** Writes the entries `base + i` for i from `first` to before `end`, each the join of all parts from the first one to i. */
function join(
  falls: Float64Array,
  base: number,
  first: number,
  end: number,
  step: 1 | -1,
  highOf: (i: number) => number,
  lowOf: (i: number) => number,
  fallOf: (i: number) => number,
): void {
  let high = -Infinity;
  let low = Infinity;
  let fall = 1;
  for (let i = first; i !== end; i += step) {
    const [partHigh, partLow] = [highOf(i), lowOf(i)];
    const across = i === first ? 1 : step === 1 ? partLow / high : low / partHigh;
    fall = Math.min(fall, fallOf(i), across);
    high = Math.max(high, partHigh);
    low = Math.min(low, partLow);
    const at = 3 * (base + i);
    falls[at] = high;
    falls[at + 1] = low;
    falls[at + 2] = fall;
  }
}
