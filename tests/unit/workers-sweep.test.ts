import { afterEach, describe, expect, test } from 'vitest';
import { failed, fault } from '../../src/core/fault.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, PENDING } from '../../src/metrics/state.ts';
import { CANCELLED, doneWord } from '../../src/schedule/control.ts';
import type { RunReport, StudySetup, SweepWorkerApi } from '../../src/schedule/messages.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import { createPool, type Pool } from '../../src/workers/pool.ts';
import { startSweep, type SweepHandle, type SweepOptions } from '../../src/workers/sweep.ts';
import { localSearch } from '../support/local-search.ts';
import { connectWorker } from '../../src/workers/worker-port.ts';
import { FakeWorker, never } from '../support/fake-worker.ts';
import { EMPTY_PLAN } from '../support/empty-plan.ts';
import { NEUTRAL_EXECUTION } from '../../src/strategy/execution.ts';

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** A sampler of `count` trials, at most `perAsk` rows an answer. */
function countingSampler(count: number, perAsk = Infinity): Sampler & { readonly told: number[][] } {
  const told: number[][] = [];
  let asked = 0;
  return {
    told,
    get asked() {
      return asked;
    },
    ask(rows, from, to, maxSteps) {
      const written = Math.min(to - from, count - asked, perAsk, maxSteps);
      for (let row = from; row < from + written; row++) rows.positions[0]?.set([row % 1000], row);
      asked += written;
      return { written, exhausted: asked === count, waiting: false };
    },
    tell(_rows, from, to) {
      told.push([from, to]);
    },
  };
}

/** Asks `size` rows at a time, and the next only once all of the last are told. */
function waitingSampler(size: number): Sampler & { told(): number } {
  const sampler = countingSampler(ROW_COUNT);
  const toldRows = (): number => sampler.told.reduce((sum, [from = 0, to = 0]) => sum + to - from, 0);
  return {
    told: toldRows,
    get asked() {
      return sampler.asked;
    },
    ask(rows, from, to, maxSteps) {
      const block = Math.floor(toldRows() / size) + 1;
      const answer = sampler.ask(rows, from, Math.min(to, block * size), maxSteps);
      return { ...answer, waiting: sampler.asked === block * size && !answer.exhausted };
    },
    tell: (rows, from, to) => sampler.tell(rows, from, to),
  };
}

interface Script {
  /** Milliseconds of each row, waited for row by row. */
  readonly rowMs?: number;
  /** Called before each row; returns false where the worker stops answering. */
  readonly beforeRow?: (row: number, worker: FakeWorker) => boolean;
  readonly open?: SweepWorkerApi['open'];
  readonly ranges?: number[][];
}

/** What a session does, without a kernel: the metric is the row's number. */
function scriptedWorker(script: Script): FakeWorker {
  let setup: StudySetup | null = null;
  let rows: Rows | null = null;
  let finished = 0;
  let queue: Promise<unknown> = Promise.resolve();
  const api: SweepWorkerApi = {
    warm: () => Promise.resolve(1),
    open(next) {
      setup = next;
      finished = 0;
      const shape = { rowCount: ROW_COUNT, axisCount: 1, metrics: [0] };
      rows = createRows(shape, () => next.rows); // only views: the header is written again
      return script.open?.(next) ?? Promise.resolve({ ok: true, value: null });
    },
    run(generation, from, to) {
      const answer = queue.then(() => runRange(generation, from, to)); // one after the other, as in a thread
      queue = answer;
      return answer;
    },
    detail: (generation, market) => Promise.resolve(failed(fault('asked', `${generation} ${market}`, ''))),
    close: () => Promise.resolve(),
  };
  const worker = new FakeWorker(api);
  return worker;

  async function runRange(generation: number, from: number, to: number): Promise<RunReport> {
    script.ranges?.push([from, to]);
    if (setup === null || rows === null) return { generation, from, to: from, ms: 0, failure: null };
    const control = new Int32Array(setup.control);
    let row = from;
    for (; row < to; row++) {
      if (Atomics.load(control, CANCELLED) === 1) break;
      if (script.beforeRow?.(row, worker) === false) return never();
      if (script.rowMs !== undefined) await new Promise((resolve) => setTimeout(resolve, script.rowMs));
      rows.columns[0]?.set([row], row);
      Atomics.store(rows.states, row, COMPLETE);
      Atomics.store(control, doneWord(setup.workerIndex), ++finished);
    }
    return { generation, from, to: row, ms: 1, failure: null };
  }
}

const ROW_COUNT = 1000;
let pool: Pool;

afterEach(() => pool.terminate());

function start(
  size: number,
  script: (count: number) => Script,
  { sampler = countingSampler(ROW_COUNT), ...more }: Partial<SweepOptions> & { readonly sampler?: Sampler } = {},
): { handle: SweepHandle; rows: Rows } {
  let count = 0;
  pool = createPool({ size, spawn: () => connectWorker(scriptedWorker(script(count++))) });
  const rows = createRows({ rowCount: ROW_COUNT, axisCount: 1, metrics: [0] }, shared);
  const handle = startSweep({
    pool,
    plan: EMPTY_PLAN,
    axes: [],
    execution: NEUTRAL_EXECUTION,
    scoring: [],
    markets: [],
    barCount: 100,
    search: localSearch(sampler, rows),
    rows,
    total: ROW_COUNT,
    makeBuffer: shared,
    cacheBytes: 1e6,
    ...more,
  });
  return { handle, rows };
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
      failure: null,
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

  test('a row that kills every worker ends the study with a fault and keeps the others', async () => {
    const beforeRow = (row: number, worker: FakeWorker): boolean => {
      if (row !== 200) return true;
      setTimeout(() => worker.die('poison'));
      return false;
    };
    const { handle, rows } = start(2, () => ({ beforeRow }));
    const end = await handle.done;
    expect(end).toMatchObject({ reason: 'fault', faults: [{ code: 'worker_died' }] });
    expect(end.done).toBeGreaterThanOrEqual(200);
    expect(rows.states[200]).toBe(PENDING);
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
    for (let count = 0; count < 4; count++) {
      pool.replace(0, 'not found');
      await new Promise((resolve) => setTimeout(resolve));
    }
    expect(await handle.done).toMatchObject({ reason: 'fault', faults: [{ message: 'Worker 1 stopped: not found.' }] });
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
