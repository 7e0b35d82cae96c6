import type { MakeBuffer } from '../core/buffer.ts';

/**
 * Control words of one study: int32, touched by Atomics only. Each word that a worker writes has a cache line of its own.
 *
 * word 0: what all workers are to do, `GO`, `CANCEL` or `PAUSE`; then for worker w, at 16 + 16 × w: rows done since it opened the
 * study, in the word after it whether it is to stop (1), and then how
 * often it was alive inside rows that it runs together. A worker that replaces another one has a number of its own: the
 * old one may go on counting for a while.
 */
const LINE = 16;
export const ORDER = 0;
export const GO = 0;
export const CANCEL = 1;
export const PAUSE = 2;

/** Numbers of workers; they are used again after that many replacements, long after the old one has ended. */
export const WORKER_NUMBERS = 1024;

export function createControl(workers: number, make: MakeBuffer): Int32Array {
  return new Int32Array(make((workers + 1) * LINE * 4));
}

/** Index of the word in which worker `w` counts its finished rows. */
export function doneWord(worker: number): number {
  return LINE * (worker + 1);
}

/** Index of the word that tells worker `w` to leave. */
export function leaveWord(worker: number): number {
  return LINE * (worker + 1) + 1;
}

/** Index of the word that worker `w` counts up while it runs many rows together. */
export function beatWord(worker: number): number {
  return LINE * (worker + 1) + 2;
}
