import { afterEach, describe, expect, test } from 'vitest';
import { COMPLETE, FAILED, PENDING } from '../../src/metrics/state.ts';
import type { Pool } from '../../src/workers/pool.ts';
import type { FakeWorker } from '../support/fake-worker.ts';
import { ROW_COUNT, startScripted, wait } from '../support/scripted-sweep.ts';

let pool: Pool;

afterEach(() => pool.terminate());

function start(...args: Parameters<typeof startScripted>): ReturnType<typeof startScripted> {
  const started = startScripted(...args);
  ({ pool } = started);
  return started;
}

describe('a sweep survives', () => {
  test('a row that kills every worker fails alone, with its reason, and the study goes on', async () => {
    const beforeRow = (row: number, worker: FakeWorker): boolean => {
      if (row !== 200) return true;
      setTimeout(() => worker.die('poison'));
      return false;
    };
    const { handle, rows } = start(2, () => ({ beforeRow }));
    const end = await handle.done;
    expect(end).toMatchObject({ reason: 'finished', done: ROW_COUNT, failures: [{ row: 200, message: 'poison' }] });
    expect(rows.states[200]).toBe(FAILED);
    expect(rows.columns[0]?.[200]).toBeNaN();
    expect(rows.states.filter((state) => state === COMPLETE)).toHaveLength(ROW_COUNT - 1);
  });

  test('a row that never ends fails too, once its worker was given time to end', async () => {
    const { handle, rows } = start(2, () => ({ beforeRow: (row) => row !== 321 }), {
      watchdog: { beatMs: 5, patienceMs: 20, graceMs: 10 },
    });
    const end = await handle.done;
    expect(end).toMatchObject({ reason: 'finished', done: ROW_COUNT });
    expect(end.failures.map(({ row }) => row)).toEqual([321]);
    expect(end.failures[0]?.message).toContain('busy');
    expect(rows.states[321]).toBe(FAILED);
  });

  test('rows that all end their worker end the study', async () => {
    const beforeRow = (_row: number, worker: FakeWorker): boolean => {
      setTimeout(() => worker.die('no memory'));
      return false;
    };
    const { handle } = start(2, () => ({ beforeRow }));
    expect(await handle.done).toMatchObject({ reason: 'fault', faults: [{ code: 'only_failures' }] });
  });

  test('a pause stops within 100 ms, a resume goes on, and the pause does not count', async () => {
    const { handle, rows } = start(2, () => ({ rowMs: 1 }));
    await wait(60);
    handle.pause();
    await wait(90);
    const before = handle.progress();
    await wait(60);
    const after = handle.progress();
    expect(after).toMatchObject({ done: before.done, elapsedMs: before.elapsedMs, paused: true, trialsPerSecond: 0 });
    handle.resume();
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT, failures: [] });
    expect(rows.states.every((state) => state === COMPLETE)).toBe(true);
  });

  test('a pause taken back at once loses nothing, and a paused study can be stopped', async () => {
    const first = start(2, () => ({ rowMs: 1 }));
    for (let turn = 0; turn < 5; turn++) {
      await wait(7);
      first.handle.pause();
      first.handle.resume();
    }
    expect(await first.handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT });
    pool.terminate();
    const second = start(2, () => ({ rowMs: 1 }));
    await wait(30);
    second.handle.pause();
    expect(await second.handle.cancel()).toMatchObject({ reason: 'cancelled' });
  });

  test('workers come and go while the study runs', async () => {
    const { handle, rows } = start(1, () => ({ rowMs: 1 }), { chunkRows: 10 });
    await wait(30);
    handle.setWorkers(4);
    await wait(60);
    expect(handle.progress().workers).toHaveLength(4);
    handle.setWorkers(2);
    await wait(100);
    expect(handle.progress().workers).toHaveLength(2);
    expect(pool.size).toBe(2);
    handle.setWorkers(1);
    handle.setWorkers(3);
    const end = await handle.done;
    expect(end).toMatchObject({ reason: 'finished', done: ROW_COUNT, failures: [] });
    expect(handle.progress().workers).toHaveLength(3);
    expect(rows.states.every((state) => state === COMPLETE)).toBe(true);
  });

  test('a worker inside a long trial leaves all the same, and another runs it', async () => {
    const slow = new Set<number>();
    const beforeRow = (row: number): boolean => row !== 10 || slow.size === slow.add(slow.size).size;
    const { handle } = start(2, (count) => (count === 1 ? { beforeRow } : { rowMs: 1 }), { chunkRows: 10 });
    await wait(40);
    handle.setWorkers(1);
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT, failures: [] });
  });

  test('rows that an earlier run finished are kept, told once, and not run again', async () => {
    const ranges: number[][] = [];
    const finished = [
      { from: 0, to: 400 },
      { from: 600, to: 650 },
    ];
    let told = 0;
    const onChunk = ({ from, to }: { from: number; to: number }): void => void (told += to - from);
    const { handle, rows } = start(2, () => ({ ranges }), { finished, onChunk });
    expect(await handle.done).toMatchObject({ reason: 'finished', done: ROW_COUNT });
    expect(ranges.flatMap(([from = 0, to = 0]) => to - from).reduce((a, b) => a + b)).toBe(ROW_COUNT - 450);
    expect(rows.states[399]).toBe(PENDING); // the earlier run's memory is not here
    expect(told).toBe(ROW_COUNT);
  });
});
