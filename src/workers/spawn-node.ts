import { wrap } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { Worker } from 'node:worker_threads';
import { errorText } from './error-text.ts';
import { onlyOnce, type WorkerPort } from './worker-port.ts';

/** Starts a worker of the command line. @param script a built `*-node.worker.js` */
export function spawnNodeWorker<Api>(script: URL): WorkerPort<Api> {
  const worker = new Worker(script);
  return {
    api: wrap<Api>(nodeEndpoint(worker)) as Api,
    onDeath(listener) {
      const once = onlyOnce(listener);
      worker.on('error', (error: unknown) => once(errorText(error)));
      worker.on('messageerror', () => once('a message could not be read'));
      worker.on('exit', (code) => once(`its thread ended with code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
