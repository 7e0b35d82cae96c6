import { connectWorker, type PoolWorker } from './worker-port.ts';

/** Starts a sweep worker of the page. Vite bundles the worker only where this stands as one literal expression. */
export function spawnSweepWorker(): PoolWorker {
  return connectWorker(new Worker(new URL('./sweep.worker.ts', import.meta.url), { type: 'module', name: 'barsweep sweep' }));
}
