import { expose } from 'comlink';
import nodeEndpoint from 'comlink/dist/esm/node-adapter.mjs';
import { parentPort } from 'node:worker_threads';
import { createSearchSession } from './search-session.ts';

// Thread: the search worker of the command line.
if (parentPort === null) throw new Error('search-node.worker runs as a worker thread only');
expose(createSearchSession(), nodeEndpoint(parentPort));
