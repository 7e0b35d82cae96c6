import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { Worker } from 'node:worker_threads';
import type { SweepWorkerApi } from '../schedule/messages.ts';
import { errorText } from './error-text.ts';
import { onlyOnce, type PoolWorker } from './worker-port.ts';

/** Starts a sweep worker of the command line. @param script the built `sweep-node.worker.js` */
export function spawnNodeWorker(script: URL): PoolWorker {
  const worker = new Worker(script);
  return {
    api: wrap<SweepWorkerApi>(nodeEndpoint(worker)),
    onDeath(listener) {
      const once = onlyOnce(listener);
      worker.on('error', (error: unknown) => once(errorText(error)));
      worker.on('messageerror', () => once('a message could not be read'));
      worker.on('exit', (code) => once(`its thread ended with code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
