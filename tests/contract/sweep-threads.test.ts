import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { COMPLETE, PENDING } from '../../src/metrics/state.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { createPool, type Pool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { bundle } from '../../scripts/bundle.js';
import { crossoverStudy, emptyRows, hashRows, sweepStudy } from '../support/crossover-study.ts';

let script: URL;
let pool: Pool;

beforeAll(async () => {
  const folder = await bundle({}, 'contract-threads');
  script = pathToFileURL(path.join(folder, 'sweep-node.worker.js'));
}, 60_000);

afterEach(() => pool.terminate());

function start(size: number): void {
  pool = createPool({ spawn: () => spawnNodeWorker(script), size });
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

describe('results are the same bytes', () => {
  const study = crossoverStudy({ bars: 600, fast: 20, slow: 25 });
  const hashes = new Map<string, string>();

  test.each([1, 2, 3])('with %d workers and chunks of 1, 7, 1000 rows and by measure', async (workers) => {
    start(workers);
    for (const chunkRows of [1, 7, 1000, undefined]) {
      const rows = emptyRows(study);
      const end = await sweepStudy(study, pool, rows, chunkRows === undefined ? {} : { chunkRows }).done;
      expect(end).toMatchObject({ reason: 'finished', done: 500, faults: [], failures: [] });
      hashes.set(`${workers} ${chunkRows ?? 'measured'}`, hashRows(rows));
    }
    expect(new Set(hashes.values()).size).toBe(1);
  });

  test('where workers share series and conditions', async () => {
    const { bars, scoring } = crossoverStudy({ bars: 2000 });
    const compiled = compileStrategy(`n = param(10, 5..24 by 1)
k = param(1, 0.5..2 by 0.25)
level = param(40, 20..50 by 5)
enter long when close < sma(close, n) - k * stdev(close, n) and rsi(close, n) < level
exit long when crossover(close, sma(close, n))`);
    if (!compiled.ok) throw new Error(compiled.faults[0].message);
    const banded = { plan: compiled.value, bars, scoring, trials: 20 * 7 * 7 };
    const found = new Set<string>();
    for (const workers of [1, 2, 3]) {
      start(workers);
      const rows = emptyRows(banded);
      const end = await sweepStudy(banded, pool, rows, { chunkRows: 13 }).done;
      expect(end).toMatchObject({ reason: 'finished', done: banded.trials });
      found.add(hashRows(rows));
      pool.terminate();
    }
    expect(found.size).toBe(1);
  });

  test('after a worker was lost in the middle', async () => {
    start(2);
    const rows = emptyRows(study);
    const handle = sweepStudy(study, pool, rows, { chunkRows: 10 });
    while (handle.progress().done < 50) await wait(1);
    pool.replace(1, 'pulled');
    expect(await handle.done).toMatchObject({ reason: 'finished', done: 500 });
    expect(hashRows(rows)).toBe([...hashes.values()][0]);
  });

  test('when a trial is opened', async () => {
    start(2);
    const rows = emptyRows(study);
    const handle = sweepStudy(study, pool, rows);
    await handle.done;
    for (const row of [0, 137, 499]) {
      const positions = rows.positions.map((column) => column[row] ?? 0);
      const detail = await handle.detail(0, positions);
      if (!detail.ok) throw new Error(detail.faults[0].message);
      expect(detail.value.state).toBe(rows.states[row]);
      expect(Array.from(detail.value.row)).toEqual(rows.columns.map((column) => column[row]));
      expect(detail.value.report.equity.length).toBe(600 - study.scoring.startBar);
    }
  });
});

test('a warm-up tells what a bar of a trial costs', async () => {
  start(1);
  const warm = await pool.warm();
  expect(warm.ok ? warm.value : 0).toBeGreaterThan(0.05);
  expect(warm.ok ? warm.value : 0).toBeLessThan(1000);
});

test('the must-fail twin: another cost gives other bytes', async () => {
  start(2);
  const [one, other] = [
    crossoverStudy({ bars: 300, fast: 3, slow: 3 }),
    crossoverStudy({ bars: 300, fast: 3, slow: 3, short: false }),
  ];
  const rows = [emptyRows(one), emptyRows(other)] as const;
  await sweepStudy(one, pool, rows[0]).done;
  await sweepStudy(other, pool, rows[1]).done;
  expect(hashRows(rows[0])).not.toBe(hashRows(rows[1]));
});

test('a cancel ends within 100 ms, keeps what is done, and the pool runs the next study', async () => {
  start(2);
  await pool.warm();
  const study = crossoverStudy({ bars: 100_000, fast: 100, slow: 100 });
  const rows = emptyRows(study);
  const handle = sweepStudy(study, pool, rows);
  while (handle.progress().done < 20) await wait(5);
  const from = performance.now();
  const end = await handle.cancel();
  expect(performance.now() - from).toBeLessThan(100);
  expect(end.reason).toBe('cancelled');
  expect(end.done).toBeGreaterThanOrEqual(20);
  expect(end.done).toBeLessThan(study.trials);
  let kept = 0;
  for (const { from: first, to } of handle.takeCompleted()) {
    kept += to - first;
    for (let row = first; row < to; row++) expect(rows.states[row]).toBe(COMPLETE);
  }
  expect(kept).toBe(end.done);
  expect(rows.states.at(-1)).toBe(PENDING);

  const next = crossoverStudy({ bars: 300, fast: 4, slow: 4 });
  expect(await sweepStudy(next, pool, emptyRows(next)).done).toMatchObject({ reason: 'finished', done: 16 });
}, 30_000);

test('a thread whose script is missing is a fault, not a wait', async () => {
  pool = createPool({ spawn: () => spawnNodeWorker(new URL('./nowhere.js', script)), size: 2 });
  const study = crossoverStudy({ bars: 300, fast: 2, slow: 2 });
  const end = await sweepStudy(study, pool, emptyRows(study)).done;
  expect(end).toMatchObject({ reason: 'fault', done: 0, faults: [{ code: 'worker_died' }] });
});

test('bars are not copied: a worker sees what the main thread writes into them', async () => {
  start(2);
  const study = crossoverStudy({ bars: 600, fast: 1, slow: 1 });
  const handle = sweepStudy(study, pool, emptyRows(study));
  await handle.done;
  const firstEntry = async (): Promise<number> => {
    const detail = await handle.detail(0, [0, 0]);
    return detail.ok ? (detail.value.report.trades[0]?.entryPrice ?? NaN) : NaN;
  };
  const before = await firstEntry();
  for (let bar = 0; bar < study.bars.count; bar++) study.bars.open[bar] = 2 * (study.bars.open[bar] ?? 0);
  expect(await firstEntry()).toBe(2 * before);
});
