import { createRows } from '../../../src/metrics/rows.ts';
import { createPool, type Pool } from '../../../src/workers/pool.ts';
import { clampWorkers } from '../../../src/workers/worker-count.ts';
import { spawnSweepWorker } from '../../../src/workers/spawn.ts';
import { benchPool } from '../../support/bench-pool.ts';
import { repeatedStudy, shared, sweepStudy } from '../../support/crossover-study.ts';

export async function run(print: (line: string) => void): Promise<void> {
  const pool = createPool({ spawn: spawnSweepWorker, size: clampWorkers(navigator.hardwareConcurrency) });
  print(`${navigator.userAgent}, ${pool.size} workers`);
  await benchPool(pool, print);
  await benchMainThread(pool, print);
  pool.terminate();
}

/** What a sweep leaves of the main thread: turns of a channel that take longer than 1 ms are work of the sweep in between. */
async function benchMainThread(pool: Pool, print: (line: string) => void): Promise<void> {
  const study = repeatedStudy(1000);
  const rows = createRows({ rowCount: study.trials, axisCount: 3, metrics: [4] }, shared);
  const handle = sweepStudy(study, pool, rows);
  const perFrame: number[] = [];
  let busy = 0;
  let last = performance.now();
  let running = true;
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    const now = performance.now();
    busy = Math.max(busy, now - last);
    last = now;
    if (running) port2.postMessage(null);
  };
  port2.postMessage(null);
  const frame = (): void => {
    handle.progress();
    handle.takeCompleted();
    perFrame.push(busy);
    busy = 0;
    if (running) requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const end = await handle.done;
  running = false;
  perFrame.sort((a, b) => a - b);
  const at = (share: number): string => (perFrame[Math.floor((perFrame.length - 1) * share)] ?? NaN).toFixed(1);
  print(
    `main thread during ${(end.elapsedMs / 1000).toFixed(1)} s and ${study.trials} trials: longest turn of a frame ${at(0.5)} ms ` +
      `at the median, ${at(0.95)} at the 95th percentile, ${at(1)} at most, ${perFrame.length} frames`,
  );
}
