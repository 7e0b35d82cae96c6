import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.js';
import { createRows } from '../../src/metrics/rows.ts';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { repeatedStudy, shared, sweepStudy } from '../support/crossover-study.ts';

/** `LONG=1` runs half a minute and looks at the clock; otherwise a second's study shows that it works at all. */
const LONG = process.env['LONG'] === '1';

test('a long study is as fast at its end as at its beginning', async () => {
  const script = pathToFileURL(path.join(await bundle({}, 'contract-soak'), 'sweep-node.worker.js'));
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: 2 });
  await pool.warm();
  const study = repeatedStudy(LONG ? 4000 : 20);
  const rows = createRows({ rowCount: study.trials, axisCount: 3, metrics: [4, 8] }, shared);
  const handle = sweepStudy(study, pool, rows);
  const reached: number[] = []; // ms at which each tenth was done
  const timer = setInterval(() => {
    const { fraction, elapsedMs } = handle.progress();
    for (let tenth = reached.length; tenth <= Math.floor(fraction * 10); tenth++) reached.push(elapsedMs);
  }, 5);
  const end = await handle.done;
  clearInterval(timer);
  pool.terminate();
  expect(end).toMatchObject({ reason: 'finished', done: study.trials, failures: [] });
  expect(handle.takeCompleted()).toEqual([{ from: 0, to: study.trials }]);
  if (!LONG) return;
  const [, first = NaN] = reached;
  const last = end.elapsedMs - (reached[9] ?? NaN);
  expect(first / last).toBeGreaterThanOrEqual(0.9);
}, 300_000);
