import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { benchKernel } from '../support/bench-kernel.ts';

// BENCH_BARS=2148,100000 and BENCH_CASES=generic,own limit what is run; `npm run bench -- kernel --json FILE` sets BENCH_JSON.

const list = (name: string): string[] => (process.env[name] ?? '').split(',').filter((word) => word !== '');
const script = new URL('./sweep-node.worker.js', import.meta.url);
const pools = [1, 2].map((size) => createPool({ spawn: () => spawnNodeWorker(script), size }));
for (const pool of pools) await pool.warm();
const bars = list('BENCH_BARS').map(Number);
console.log(`${cpus()[0]?.model ?? ''}, Node ${process.version}`);
await benchKernel(
  pools,
  { bars: bars.length > 0 ? bars : [2148, 100_000, 1_000_000], cases: list('BENCH_CASES'), rounds: 5 },
  (line) => console.log(line),
  (row) => {
    const file = process.env['BENCH_JSON'];
    if (file !== undefined) appendFileSync(file, `${JSON.stringify(row)}\n`);
  },
);
for (const pool of pools) pool.terminate();
