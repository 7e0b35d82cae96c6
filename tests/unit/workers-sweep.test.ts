import { afterEach, describe, expect, test } from 'vitest';
import { failed, fault } from '../../src/core/fault.ts';
import { COMPLETE, PENDING } from '../../src/metrics/state.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { never, type FakeWorker } from '../support/fake-worker.ts';
import { countingSampler, ROW_COUNT, startScripted, waitingSampler } from '../support/scripted-sweep.ts';

let pool: Pool;

afterEach(() => pool.terminate());

function start(...args: Parameters<typeof startScripted>): ReturnType<typeof startScripted> {
  const started = startScripted(...args);
  ({ pool } = started);
  return started;
}

describe('a sweep', () => {
  test('runs every row once on all workers and tells the completed ranges', async () => {
    const ranges: number[][] = [];
    const sampler = countingSampler(ROW_COUNT);
    const { handle, rows } = start(3, () => ({ ranges }), { sampler });
    const end = await handle.done;
    expect(end).toMatchObject({
      reason: 'finished',
      done: ROW_COUNT,
      asked: ROW_COUNT,
      exhausted: true,
      faults: [],
      failures: [],
    });
    const sorted = ranges.sort(([a = 0], [b = 0]) => a - b);
    expect(sorted[0]?.[0]).toBe(0);
    expect(sorted.at(-1)?.[1]).toBe(ROW_COUNT);
    for (let k = 1; k < sorted.length; k++) expect(sorted[k]?.[0]).toBe(sorted[k - 1]?.[1]);
    expect(handle.takeCompleted()).toEqual([{ from: 0, to: ROW_COUNT }]);
    expect(handle.takeCompleted()).toEqual([]);
    expect(Array.from(rows.columns[0] ?? [])).toEqual(Array.from({ length: ROW_COUNT }, (_, row) => row));
  });

  test('fixed chunks have exactly that size', async () => {
    const ranges: number[][] = [];
    const { handle } = start(2, () => ({ ranges }), { chunkRows: 300 });
    await handle.done;
    expect(ranges.map(([from = 0, to = 0]) => to - from).sort((a, b) => a - b)).toEqual([100, 300, 300, 300]);
  });

  test('a sampler that answers slowly, and ends before the total that was guessed, ends the study', async () => {
    const { handle, rows } = start(2, () => ({}), { sampler: countingSampler(37, 5), total: 900 });
    expect(await handle.done).toMatchObject({ reason: 'finished', done: 37, asked: 37, exhausted: true });
    expect(handle.progress()).toMatchObject({ done: 37, total: 37, fraction: 1, etaMs: 0 });
    expect(rows.states[37]).toBe(PENDING);
  });

  test('rows that were estimated and run out are a fault that keeps what ran; enough rows are none', async () => {
    const short = start(2, () => ({}), { sampler: countingSampler(ROW_COUNT + 1), estimated: true });
    const end = await short.handle.done;
    expect(end).toMatchObject({ reason: 'fault', done: ROW_COUNT, exhausted: false });
    expect(end.faults.map(({ code }) => code)).toEqual(['rows_short']);
    pool.terminate();
    const enough = start(2, () => ({}), { sampler: countingSampler(ROW_COUNT - 1), estimated: true });
    expect(await enough.handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT - 1, faults: [] });
  });

  test('rows that are fewer than the trials end the study at their end', async () => {
    const { handle } = start(2, () => ({}), { sampler: countingSampler(5000), total: 5000 });
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT, exhausted: false });
  });

  test('a sampler that waits for its rows gets them in pieces, whichever worker ends first', async () => {
    const waits = waitingSampler(40);
    const { handle } = start(3, (count) => ({ rowMs: count }), { sampler: waits });
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT, asked: ROW_COUNT });
    expect(waits.told()).toBeGreaterThanOrEqual(ROW_COUNT - 40);
  });

  test('a sampler that waits for nothing is a fault, not a study without end', async () => {
    const deaf: Sampler = { ask: () => ({ written: 0, exhausted: false, waiting: true }), tell: () => undefined, asked: 0 };
    const { handle } = start(2, () => ({}), { sampler: deaf });
    expect(await handle.done).toMatchObject({ reason: 'fault', done: 0, faults: [{ code: 'search_stuck' }] });
  });

  test('a sampler that throws ends the study with a fault that says what', async () => {
    const broken: Sampler = {
      ask() {
        throw new Error('no such axis');
      },
      tell: () => undefined,
      asked: 0,
    };
    const { handle } = start(2, () => ({}), { sampler: broken });
    const { faults } = await handle.done;
    expect(faults[0]).toMatchObject({ code: 'search_failed', message: 'The search stopped with an error: no such axis.' });
  });

  test('no trial at all is a study that ends', async () => {
    const { handle } = start(2, () => ({}), { sampler: countingSampler(0), total: 0 });
    expect(await handle.done).toMatchObject({ reason: 'finished', done: 0 });
  });

  test('a cancel ends within 100 ms and keeps what is done', async () => {
    const { handle, rows } = start(2, () => ({ rowMs: 2 }));
    await new Promise((resolve) => setTimeout(resolve, 120));
    const before = performance.now();
    const end = await handle.cancel();
    expect(performance.now() - before).toBeLessThan(100);
    expect(end.reason).toBe('cancelled');
    expect(end.done).toBeGreaterThan(10);
    expect(end.done).toBeLessThan(ROW_COUNT);
    expect(rows.states.filter((state) => state === COMPLETE)).toHaveLength(end.done);
    expect(handle.takeCompleted().reduce((sum, { from, to }) => sum + to - from, 0)).toBe(end.done);
  });

  test('a cancel does not wait for a worker inside one long trial', async () => {
    const { handle } = start(1, () => ({ beforeRow: (row) => row !== 2 }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    const before = performance.now();
    const end = await handle.cancel();
    expect(performance.now() - before).toBeLessThan(100);
    expect(end).toMatchObject({ reason: 'cancelled', done: 2 });
  });

  test('a worker that dies is replaced, its rows are run on, and nothing is lost', async () => {
    let died = false;
    const beforeRow = (row: number, worker: FakeWorker): boolean => {
      if (row !== 100 || died) return true;
      died = true;
      setTimeout(() => worker.die('killed'));
      return false;
    };
    const { handle, rows } = start(2, () => ({ beforeRow }));
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT, faults: [] });
    expect(died).toBe(true);
    expect(rows.states.every((state) => state === COMPLETE)).toBe(true);
    expect(handle.progress().done).toBe(ROW_COUNT);
  });

  test('a study that a worker cannot open ends with that fault', async () => {
    const open = () => Promise.resolve(failed(fault('setup_broken', 'No.', '')));
    const { handle } = start(2, () => ({ open }));
    expect(await handle.done).toMatchObject({ reason: 'fault', done: 0, faults: [{ code: 'setup_broken' }] });
  });

  test('workers whose script fails to load end the study', async () => {
    const { handle } = start(2, () => ({
      open: () => never(),
    }));
    for (let count = 0; count < 8; count++) {
      pool.replace(count % 2, 'not found');
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(await handle.done).toMatchObject({ reason: 'fault', faults: [{ message: 'Worker 2 stopped: not found.' }] });
  });

  test('progress counts rows that no report told of yet, and the rate follows', async () => {
    const { handle } = start(2, () => ({ rowMs: 3 }), { chunkRows: 500 });
    await new Promise((resolve) => setTimeout(resolve, 200));
    const progress = handle.progress();
    expect(progress.done).toBeGreaterThan(20);
    expect(progress.total).toBe(ROW_COUNT);
    expect(progress.fraction).toBe(progress.done / ROW_COUNT);
    expect(progress.trialsPerSecond).toBeGreaterThan(100);
    expect(progress.barTrialsPerSecond).toBe(progress.trialsPerSecond * 100);
    expect(progress.etaMs).toBeGreaterThan(0);
    expect(progress.workers.map(({ chunk }) => chunk)).toEqual([
      { from: 0, to: 500 },
      { from: 500, to: 1000 },
    ]);
    expect(progress.workers[0]?.busy).toBeGreaterThan(0.7);
    await handle.cancel();
  });

  test('a trial is opened during the study and after it, but not once another study began', async () => {
    const { handle } = start(2, () => ({}));
    expect(await handle.detail(0, [])).toMatchObject({ ok: false, faults: [{ code: 'asked', message: '1 0' }] });
    await handle.done;
    expect(await handle.detail(0, [])).toMatchObject({ ok: false, faults: [{ code: 'asked' }] });
    pool.replace(0, 'gone');
    expect(await handle.detail(0, [])).toMatchObject({ ok: false, faults: [{ code: 'asked' }] });
    pool.nextGeneration();
    expect(await handle.detail(0, [])).toMatchObject({ ok: false, faults: [{ code: 'study_closed' }] });
  });
});
