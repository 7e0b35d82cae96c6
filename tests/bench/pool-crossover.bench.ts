import { availableParallelism, cpus } from 'node:os';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { benchPool } from '../support/bench-pool.ts';

const script = new URL('./sweep-node.worker.js', import.meta.url);
const pool = createPool({ spawn: () => spawnNodeWorker(script), size: availableParallelism() });
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${pool.size} workers`);
await benchPool(pool, (line) => console.log(line));
pool.terminate();
