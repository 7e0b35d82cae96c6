import { spawnSync } from 'node:child_process';
import { getHeapStatistics } from 'node:v8';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { createEngine } from '../../src/kernel/engine.ts';
import { BLOCK_COLUMN } from '../../src/metrics/blocks.ts';
import { metricIndex, USUAL_KEYS } from '../../src/metrics/columns.ts';
import { createControl } from '../../src/schedule/control.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { createSession } from '../../src/workers/session.ts';
import { shared } from '../support/crossover-study.ts';
import { CASE_EXECUTION, KERNEL_CASES, openCase, type KernelCase } from '../support/kernel-cases.ts';

/** Bytes of the heap that a trial takes in a worker's loop, over 10^5 trials of each kernel case; the collector must not run meanwhile. */

const TRIALS = 100_000;
const METRIC_COLUMNS = [...USUAL_KEYS.map(metricIndex).sort((a, b) => a - b), BLOCK_COLUMN];
/** A boxed double is 16 bytes: less than one per trial, from rounds in which code was still compiled, is none per trial. */
const MOST = 16;

// Room for all that a round could take, so that nothing is collected.
const HEAP = ['--min-semi-space-size=128', '--max-semi-space-size=128'];

// Each case in a process of its own, as a study has its worker's code to itself.
const [only] = (process.env['BENCH_CASES'] ?? '').split(',').filter((name) => name !== '');
if (only === undefined || !process.execArgv.includes(HEAP[0]!)) {
  console.log(`bytes of the heap per trial over ${TRIALS} trials, ${USUAL_KEYS.length} metrics and block moments`);
  for (const { name } of KERNEL_CASES) {
    if (only !== undefined && name !== only) continue;
    const env = { ...process.env, BENCH_CASES: name };
    const { status } = spawnSync(process.execPath, [...HEAP, process.argv[1]!], { stdio: 'inherit', env });
    if (status !== 0) process.exitCode = 1;
  }
} else {
  await measure(KERNEL_CASES.find(({ name }) => name === only)!);
}

async function measure(one: KernelCase): Promise<void> {
  const bars = createBars(generateBars({ kind: 'equity', seed: 7, bars: 600 }), shared);
  const { plan, scoring } = openCase(one, bars);
  const { axes } = plan.space;
  const rows = createRows({ rowCount: TRIALS, axisCount: axes.length, metrics: METRIC_COLUMNS }, shared);
  for (let row = 0; row < TRIALS; row++) {
    let rest = row;
    for (let a = axes.length - 1; a >= 0; a--) {
      rows.positions[a]![row] = rest % axes[a]!.size;
      rest = Math.floor(rest / axes[a]!.size);
    }
  }
  const session = createSession(createEngine);
  const opened = await session.open({
    generation: 1,
    workerIndex: 0,
    plan,
    axes,
    execution: one.execution ?? CASE_EXECUTION,
    scoring: [scoring],
    markets: [bars.buffer],
    rows: rows.buffer,
    metrics: METRIC_COLUMNS,
    control: createControl(1, shared).buffer,
    cacheBytes: 64e6,
  });
  if (!opened.ok) throw new Error(opened.faults[0].message);
  let bytes = Infinity;
  // The first rounds compile; a collection in between makes a round worthless, so the least counts.
  for (let round = 0; round < 8; round++) {
    const before = getHeapStatistics().used_heap_size;
    await session.run(1, 0, TRIALS);
    const grown = getHeapStatistics().used_heap_size - before;
    if (grown >= 0) bytes = Math.min(bytes, grown / TRIALS);
  }
  console.log(`${one.name.padEnd(12)} ${bytes.toFixed(2)}`);
  if (!(bytes < MOST)) process.exitCode = 1;
}
