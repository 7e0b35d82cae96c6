/**
 * Memory of kernel/held-tables, which one worker of a study fills and all of them read.
 *
 * Layout: a line of 64 bytes whose first int32 is the state, then the doubles of `moves`, then those of `falls`.
 */
export interface HeldMemory {
  readonly state: Int32Array; // one word: `ABSENT`, `UNDER_WAY` or `READY`, touched by Atomics only
  readonly moves: Float64Array;
  readonly falls: Float64Array;
}

export const ABSENT = 0;
export const UNDER_WAY = 1;
export const READY = 2;

/** Bars of a block are 2 to the power of this. */
export const BLOCK_SHIFT = 5;

const HEAD = 64;
const MOVES_PER_BAR = 4;

export function blockCount(bars: number): number {
  return ((bars - 1) >>> BLOCK_SHIFT) + 1;
}

/** Levels of entries per block. */
export function levelCount(blocks: number): number {
  return blocks > 1 ? 32 - Math.clz32(blocks - 1) : 0;
}

function fallsLength(bars: number): number {
  const blocks = blockCount(bars);
  return 3 * (2 * bars + blocks * levelCount(blocks));
}

/** About 90 bytes per bar. */
export function heldBytes(bars: number): number {
  return HEAD + 8 * (MOVES_PER_BAR * bars + fallsLength(bars));
}

/** @param buffer of `heldBytes(bars)` bytes, zeroed or used by the same study */
export function openHeldMemory(buffer: ArrayBufferLike, bars: number): HeldMemory {
  return {
    state: new Int32Array(buffer, 0, 1),
    moves: new Float64Array(buffer, HEAD, MOVES_PER_BAR * bars),
    falls: new Float64Array(buffer, HEAD + 8 * MOVES_PER_BAR * bars, fallsLength(bars)),
  };
}
