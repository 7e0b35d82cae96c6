import type { MakeBuffer } from '../core/buffer.ts';

/**
 * Control words of one study: int32, touched by Atomics only.
 *
 * word 0: 1 once the study is cancelled; then for worker w, at 16 + 16 × w (a cache line each): rows done since it opened the study.
 * A worker that replaces another one has a number of its own: the old one may go on counting for a while.
 */
const LINE = 16;
export const CANCELLED = 0;

export function createControl(workers: number, make: MakeBuffer): Int32Array {
  return new Int32Array(make((workers + 1) * LINE * 4));
}

/** Index of the word in which worker `w` counts its finished rows. */
export function doneWord(worker: number): number {
  return LINE * (worker + 1);
}
