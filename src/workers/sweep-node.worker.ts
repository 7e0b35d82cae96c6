import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { parentPort } from 'node:worker_threads';
import { createEngine } from '../kernel/engine.ts';
import { createSession } from './session.ts';

// Thread: a sweep worker of the command line.
if (parentPort === null) throw new Error('sweep-node.worker runs as a worker thread only');
expose(createSession(createEngine), nodeEndpoint(parentPort));
