import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { SweepWorkerApi } from '../schedule/messages.ts';
import type { PoolWorker } from './worker-port.ts';
import { errorText } from './error-text.ts';
import { clampWorkers } from './worker-count.ts';

/**
 * A pool of sweep workers that lives as long as the page: threads cost 13–18 ms to start and 10–15 ms to warm up, so they
 * are kept between studies. Every call is raced against its worker's death; a dead worker is replaced at the next call.
 */
export interface Pool {
  /** Count of slots; a call's `slot` is 0 … size − 1. */
  readonly size: number;
  /** Starts every worker and has its kernel compiled; resolves to nanoseconds per bar and trial, the slowest worker's. */
  warm(): Promise<Outcome<number>>;
  /** Calls one worker, starting it where none lives in that slot. Never rejects. */
  call<T>(slot: number, send: (api: SweepWorkerApi) => Promise<T>): Promise<Outcome<T>>;
  /** Sets the count of slots, 1 … 64. Workers above it are ended and their calls fail. */
  resize(size: number): void;
  /** Ends one worker though it lives; its calls fail with `worker_died`. */
  replace(slot: number, reason: string): void;
  /** A number that no study of this pool had before. */
  nextGeneration(): number;
  /** The newest study's number, 0 before the first. */
  readonly generation: number;
  /** Ends all workers for good. */
  terminate(): void;
}

export interface PoolOptions {
  readonly spawn: () => PoolWorker;
  readonly size: number;
}

interface Slot {
  worker: PoolWorker | null;
  readonly pending: Set<(reason: string) => void>; // one per call under way
}

export function createPool({ spawn, size }: PoolOptions): Pool {
  const slots: Slot[] = [];
  let generation = 0;
  let ended = false;
  resize(size);

  function resize(count: number): void {
    const wanted = clampWorkers(count);
    while (slots.length > wanted) {
      const slot = slots.pop();
      if (slot !== undefined) bury(slot, slot.worker, 'the pool was made smaller');
    }
    while (slots.length < wanted) slots.push({ worker: null, pending: new Set() });
  }

  function bury(slot: Slot, worker: PoolWorker | null, reason: string): void {
    if (worker === null || slot.worker !== worker) return; // a late event of a worker that was replaced already
    slot.worker = null;
    worker.terminate();
    const calls = [...slot.pending];
    slot.pending.clear();
    for (const lost of calls) lost(reason);
  }

  function living(slot: Slot): PoolWorker {
    if (slot.worker !== null) return slot.worker;
    const worker = spawn();
    slot.worker = worker;
    worker.onDeath((reason) => bury(slot, worker, reason));
    return worker;
  }

  async function call<T>(index: number, send: (api: SweepWorkerApi) => Promise<T>): Promise<Outcome<T>> {
    const slot = slots[index];
    if (ended || slot === undefined) return failed(diedFault(index, 'the pool has no such worker any more'));
    let worker: PoolWorker;
    try {
      worker = living(slot);
    } catch (error) {
      return failed(diedFault(index, `it could not be started: ${errorText(error)}`));
    }
    return new Promise((resolve) => {
      const lost = (reason: string): void => resolve(failed(diedFault(index, reason)));
      const settle = (outcome: Outcome<T>): void => {
        slot.pending.delete(lost);
        resolve(outcome);
      };
      slot.pending.add(lost);
      send(worker.api).then(
        (value) => settle(ok(value)),
        (error: unknown) => settle(failed(callFault(index, errorText(error)))),
      );
    });
  }

  return {
    get size() {
      return slots.length;
    },
    async warm() {
      const times = await Promise.all(slots.map((_, index) => call(index, (api) => api.warm())));
      let slowest = 0;
      for (const time of times) {
        if (!time.ok) return time;
        slowest = Math.max(slowest, time.value);
      }
      return ok(slowest);
    },
    call,
    resize,
    replace(index, reason) {
      const slot = slots[index];
      if (slot !== undefined) bury(slot, slot.worker, reason);
    },
    nextGeneration: () => ++generation,
    get generation() {
      return generation;
    },
    terminate() {
      ended = true;
      for (const slot of slots) bury(slot, slot.worker, 'the pool was closed');
    },
  };
}

function diedFault(index: number, reason: string) {
  return fault(
    'worker_died',
    `Worker ${index + 1} stopped: ${reason}.`,
    'What was finished is kept. Run the study again; if it stops again, choose fewer workers or close other tabs.',
  );
}

function callFault(index: number, reason: string) {
  return fault(
    'worker_failed',
    `Worker ${index + 1} failed: ${reason}.`,
    'This is an error of Barsweep: please report it with the link of the study.',
  );
}
