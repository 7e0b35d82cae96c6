import type { Bars } from '../bars/buffer.ts';
import { heldBytes } from '../strategy/held-memory.ts';
import type { Estimate } from './estimate.ts';

/** Sizes to choose from, bytes. */
export const BUDGETS = [256, 512, 1024, 2048, 4096].map((mebibytes) => mebibytes * 2 ** 20);
const KEY = 'barsweep.budget';
const DESKTOP = 2 ** 30;
const PHONE = 256 * 2 ** 20;
/** Of each worker's tables; below it, series are computed again and again. */
const LEAST_CACHE = 8e6;
const MOST_CACHE = 256e6;

/** How much memory one study may take: bars, results and the workers' tables. */
export class Budget {
  #bytes = $state(readBudget());

  get bytes(): number {
    return this.#bytes;
  }

  set(bytes: number): void {
    this.#bytes = bytes;
    localStorage.setItem(KEY, String(bytes));
  }
}

function readBudget(): number {
  const kept = Number(localStorage.getItem(KEY));
  if (BUDGETS.includes(kept)) return kept;
  return matchMedia('(pointer: coarse) and (max-width: 900px)').matches ? PHONE : DESKTOP;
}

/** Bytes of bars and of what is worked out over them once for all workers. */
export function marketBytes({ buffer, count }: Pick<Bars, 'buffer' | 'count'>): number {
  return buffer.byteLength + heldBytes(count);
}

/** Bytes of one worker's tables: what bars and results leave, shared by the workers. */
export function cacheShare(budget: number, used: number, workers: number): number {
  return Math.floor(Math.min(MOST_CACHE, Math.max(LEAST_CACHE, (budget - used) / workers)));
}

/** Bytes that a study needs at the least. */
export function leastBytes({ barsBytes, resultBytes }: Pick<Estimate, 'barsBytes' | 'resultBytes'>, workers: number): number {
  return barsBytes + resultBytes + workers * LEAST_CACHE;
}
