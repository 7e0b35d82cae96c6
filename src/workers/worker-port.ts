import { wrap, type Endpoint } from 'comlink';
import type { SweepWorkerApi } from '../schedule/messages.ts';

/** One live worker as its client sees it, whatever thread is behind it. Every method of `Api` returns a promise. */
export interface WorkerPort<Api> {
  readonly api: Api;
  /** Calls back at most once, when the worker failed or ended by itself. Comlink's own calls then stay pending for ever. */
  onDeath(listener: (reason: string) => void): void;
  terminate(): void;
}

export type PoolWorker = WorkerPort<SweepWorkerApi>;

/** A browser Worker, or whatever has its events and methods. */
export interface WorkerLike extends Endpoint {
  terminate(): void;
}

/** Wraps a browser worker. An `error` event also stands for a script that could not be loaded. */
export function connectWorker<Api>(worker: WorkerLike): WorkerPort<Api> {
  return {
    api: wrap<Api>(worker) as Api,
    onDeath(listener) {
      const once = onlyOnce(listener);
      worker.addEventListener('error', (event: Event) => once(eventText(event)));
      worker.addEventListener('messageerror', () => once('a message could not be read'));
    },
    terminate: () => worker.terminate(),
  };
}

export function onlyOnce(listener: (reason: string) => void): (reason: string) => void {
  let called = false;
  return (reason) => {
    if (called) return;
    called = true;
    listener(reason);
  };
}

function eventText(event: Event): string {
  const message: unknown = 'message' in event ? event.message : undefined;
  return typeof message === 'string' && message !== '' ? message : 'its script failed or could not be loaded';
}
