import { readFileSync } from 'node:fs';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { metricIndex, USUAL_KEYS } from '../../src/metrics/columns.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { shared, sweepStudy } from '../support/crossover-study.ts';
import { CASE_EXECUTION, KERNEL_CASES, openCase } from '../support/kernel-cases.ts';

/**
 * Memory of the process that a long study takes besides its bars and results: 10 000 crossovers over a million bars, two workers. One
 * study, since those before it leave memory that is not given back at once. Where the system tells the process's own peak, that.
 */

const BARS = 1_000_000;
const one = KERNEL_CASES.find(({ name }) => name === 'crossover')!;
const bars = createBars(generateBars({ kind: 'equity', seed: 7, bars: BARS }), shared);
const { plan, scoring } = openCase(one, bars);
const { axes } = plan.space;
const trials = axes.reduce((product, { size }) => product * size, 1);
const metrics = USUAL_KEYS.map(metricIndex).sort((a, b) => a - b);
const rows = createRows({ rowCount: trials, axisCount: axes.length, metrics }, shared);

const script = new URL('./sweep-node.worker.js', import.meta.url);
const pool = createPool({ spawn: () => spawnNodeWorker(script), size: 2 });
await pool.warm();
const before = process.memoryUsage().rss;
const end = await sweepStudy({ plan, bars, scoring, trials }, pool, rows, { execution: CASE_EXECUTION, cacheBytes: 256e6 })
  .done;
const most = Math.max(peakBytes(), process.memoryUsage().rss);
pool.terminate();
if (end.reason !== 'finished' || end.done !== trials) throw new Error(`${end.reason} after ${end.done} rows`);
console.log(
  `${trials} crossovers × ${BARS} bars: ${(end.elapsedMs / 1000).toFixed(2)} s, ` +
    `${((most - before) / 1e6).toFixed(0)} MB above ${(before / 1e6).toFixed(0)} MB with ${(bars.buffer.byteLength / 1e6).toFixed(0)} MB of bars ` +
    `and ${(rows.buffer.byteLength / 1e6).toFixed(1)} MB of results`,
);

/** VmHWM of Linux; 0 elsewhere. */
function peakBytes(): number {
  try {
    return 1024 * Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
