import { afterEach, describe, expect, test } from 'vitest';
import { createPool, type Pool } from '../../src/workers/pool.ts';
import { clampWorkers } from '../../src/workers/worker-count.ts';
import { connectWorker } from '../../src/workers/worker-port.ts';
import type { SweepWorkerApi } from '../../src/schedule/messages.ts';
import { FakeWorker, idleApi, never } from '../support/fake-worker.ts';

let pool: Pool;
let spawned: FakeWorker[] = [];

function start(size: number, apis: (count: number) => SweepWorkerApi = () => idleApi()): void {
  spawned = [];
  const spawn = () => {
    const worker = new FakeWorker(apis(spawned.length));
    spawned.push(worker);
    return connectWorker<SweepWorkerApi>(worker);
  };
  pool = createPool({ spawn, size });
}

afterEach(() => pool.terminate());

describe('a pool', () => {
  test('starts a worker at its first call and keeps it', async () => {
    start(2);
    expect(spawned).toHaveLength(0);
    expect(await pool.call(1, (api) => api.warm())).toEqual({ ok: true, value: 1 });
    expect(await pool.call(1, (api) => api.run(3, 5, 9))).toMatchObject({ ok: true, value: { generation: 3, from: 5, to: 9 } });
    expect(spawned).toHaveLength(1);
  });

  test('one is truly one', async () => {
    start(1);
    await pool.warm();
    expect(pool.size).toBe(1);
    expect(spawned).toHaveLength(1);
  });

  test('warm starts every worker and tells the slowest', async () => {
    start(3, (count) => idleApi({ warm: () => Promise.resolve(count + 0.5) }));
    expect(await pool.warm()).toEqual({ ok: true, value: 2.5 });
    expect(spawned).toHaveLength(3);
  });

  test('answers that come in another order reach their own calls', async () => {
    const waits = [30, 1, 10];
    const run: SweepWorkerApi['run'] = async (generation, from, to) => {
      await new Promise((resolve) => setTimeout(resolve, waits[from]));
      return { generation, from, to, ms: waits[from] ?? 0, failures: [] };
    };
    start(1, () => idleApi({ run }));
    const answers = await Promise.all(waits.map((_, from) => pool.call(0, (api) => api.run(1, from, from + 1))));
    expect(answers.map((answer) => (answer.ok ? answer.value.from : -1))).toEqual([0, 1, 2]);
  });

  test('an error fails every call of that worker, and only of that one; the next call gets a fresh worker', async () => {
    start(2, (count) => (count === 0 ? idleApi({ run: never }) : idleApi()));
    const calls = [pool.call(0, (api) => api.run(1, 0, 1)), pool.call(0, (api) => api.run(1, 1, 2))];
    const other = pool.call(1, (api) => api.run(1, 2, 3));
    spawned[0]?.die('out of luck');
    const [first, second] = await Promise.all(calls);
    expect(first).toMatchObject({ ok: false, faults: [{ code: 'worker_died', message: 'Worker 1 stopped: out of luck.' }] });
    expect(second).toMatchObject({ ok: false, faults: [{ code: 'worker_died' }] });
    expect(await other).toMatchObject({ ok: true });
    expect(spawned[0]?.terminated).toBe(true);
    expect(await pool.call(0, (api) => api.run(1, 0, 1))).toMatchObject({ ok: true });
    expect(spawned).toHaveLength(3);
  });

  test('a message that cannot be read is a death too', async () => {
    start(1, () => idleApi({ run: never }));
    const call = pool.call(0, (api) => api.run(1, 0, 1));
    spawned[0]?.dispatchEvent(new Event('messageerror'));
    expect(await call).toMatchObject({ ok: false, faults: [{ message: 'Worker 1 stopped: a message could not be read.' }] });
  });

  test('a late event of a worker that was replaced does not hurt the fresh one', async () => {
    start(1);
    await pool.warm();
    pool.replace(0, 'it hung');
    await pool.warm();
    spawned[0]?.die('late');
    expect(await pool.call(0, (api) => api.warm())).toMatchObject({ ok: true });
    expect(spawned).toHaveLength(2);
  });

  test('an exception inside a call is a fault of that call; the worker lives on', async () => {
    start(1, () => idleApi({ run: () => Promise.reject(new RangeError('too much')) }));
    expect(await pool.call(0, (api) => api.run(1, 0, 1))).toMatchObject({
      ok: false,
      faults: [{ code: 'worker_failed', message: 'Worker 1 failed: too much.' }],
    });
    expect(await pool.call(0, (api) => api.warm())).toMatchObject({ ok: true });
    expect(spawned).toHaveLength(1);
  });

  test('a worker that cannot be started is a fault', async () => {
    pool = createPool({
      size: 1,
      spawn: () => {
        throw new Error('blocked by policy');
      },
    });
    expect(await pool.call(0, (api) => api.warm())).toMatchObject({
      ok: false,
      faults: [{ message: 'Worker 1 stopped: it could not be started: blocked by policy.' }],
    });
  });

  test('made smaller, it ends the workers above and fails their calls; made larger again, it starts new ones', async () => {
    start(2, (count) => (count === 1 ? idleApi({ run: never }) : idleApi()));
    await pool.warm();
    const call = pool.call(1, (api) => api.run(1, 0, 1));
    pool.resize(1);
    expect(await call).toMatchObject({ ok: false, faults: [{ code: 'worker_died' }] });
    expect(spawned[1]?.terminated).toBe(true);
    expect(await pool.call(1, (api) => api.warm())).toMatchObject({ ok: false });
    pool.resize(2);
    expect(await pool.call(1, (api) => api.warm())).toMatchObject({ ok: true });
    expect(spawned).toHaveLength(3);
  });

  test('once terminated, it starts nothing again', async () => {
    start(1);
    await pool.warm();
    pool.terminate();
    expect(await pool.call(0, (api) => api.warm())).toMatchObject({ ok: false });
    expect(spawned).toHaveLength(1);
  });
});

test('generations are never given twice', () => {
  start(1);
  expect([pool.generation, pool.nextGeneration(), pool.nextGeneration(), pool.generation]).toEqual([0, 1, 2, 2]);
});

test('the count of workers is 1 … 64, and 2 where the browser says nothing', () => {
  start(1);
  expect([0, 1, 2.9, 64, 65, 1e9, -3].map(clampWorkers)).toEqual([1, 1, 2, 64, 64, 64, 1]);
  expect([undefined, NaN, Infinity].map(clampWorkers)).toEqual([2, 2, 2]);
});
