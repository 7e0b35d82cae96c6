import type { SearchWorkerApi } from '../schedule/messages.ts';
import { connectWorker, type PoolWorker, type WorkerPort } from './worker-port.ts';

// Vite bundles a worker only where its address stands as one literal expression.

/** Starts a sweep worker of the page. */
export function spawnSweepWorker(): PoolWorker {
  return connectWorker(new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module', name: 'barsweep sweep' }));
}

/** Starts the search worker of the page. */
export function spawnSearchWorker(): WorkerPort<SearchWorkerApi> {
  return connectWorker(new Worker(new URL('./search.worker.ts', import.meta.url), { type: 'module', name: 'barsweep search' }));
}
