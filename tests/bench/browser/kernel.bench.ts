import { createPool } from '../../../src/workers/pool.ts';
import { spawnSweepWorker } from '../../../src/workers/spawn.ts';
import { benchKernel, type BenchRow } from '../../support/bench-kernel.ts';

/** The cases of `npm run bench -- kernel`, in the browser's own workers over a SharedArrayBuffer. */
export async function run(print: (line: string) => void, row: (row: BenchRow) => void, limits: BenchLimits): Promise<void> {
  const pools = [1, 2].map((size) => createPool({ spawn: spawnSweepWorker, size }));
  for (const pool of pools) await pool.warm();
  print(navigator.userAgent);
  await benchKernel(pools, { ...limits, rounds: 5 }, print, row);
  for (const pool of pools) pool.terminate();
}

interface BenchLimits {
  readonly bars: readonly number[];
  readonly cases: readonly string[];
}
