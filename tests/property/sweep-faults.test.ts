import { expect, test } from 'vitest';
import { uniform } from '../../src/core/random.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, PENDING } from '../../src/metrics/state.ts';
import { doneWord, GO, leaveWord, ORDER } from '../../src/schedule/control.ts';
import type { RunReport, StudySetup, SweepWorkerApi, TrialFailure } from '../../src/schedule/messages.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import { createPool } from '../../src/workers/pool.ts';
import { startSweep } from '../../src/workers/sweep.ts';
import type { PoolWorker } from '../../src/workers/worker-port.ts';
import { NEUTRAL_EXECUTION } from '../../src/strategy/execution.ts';
import { localSearch } from '../support/local-search.ts';
import { EMPTY_PLAN } from '../support/empty-plan.ts';
import { idleApi, never } from '../support/fake-worker.ts';

const SCHEDULES = 200;
const AT_ONCE = 50;
const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What goes wrong in one study, all from its seed. */
interface Schedule {
  readonly rowCount: number;
  readonly workers: number;
  readonly chunkRows: number | null;
  readonly poison: ReadonlyMap<number, 'die' | 'spin' | 'throw'>; // rows that always do it
  readonly accidents: { left: number }; // deaths and hangs of workers that are no trial's fault
  readonly chance: () => number; // 0 … 1, a new number each time
}

function scheduleOf(seed: number): Schedule {
  let index = 0;
  const chance = (): number => uniform(seed, index++, 61);
  const rowCount = 20 + Math.floor(chance() * 400);
  const poison = new Map<number, 'die' | 'spin' | 'throw'>();
  const kinds = ['die', 'spin', 'throw'] as const;
  for (let count = Math.floor(chance() * 5); count > 0; count--) {
    poison.set(Math.floor(chance() * rowCount), kinds[Math.floor(chance() * 3)] ?? 'die');
  }
  return {
    rowCount,
    workers: 1 + Math.floor(chance() * 5),
    chunkRows: chance() < 0.5 ? 1 + Math.floor(chance() * 60) : null,
    poison,
    accidents: { left: Math.floor(chance() * 4) },
    chance,
  };
}

function fateOf({ poison, accidents, chance }: Schedule, row: number): 'die' | 'spin' | 'throw' | undefined {
  if (accidents.left === 0 || chance() >= 0.02) return poison.get(row);
  accidents.left--;
  return chance() < 0.3 ? 'spin' : 'die';
}

/** A thread without a thread: runs its ranges one after the other, in order, a few rows per turn. */
function faultyWorker(schedule: Schedule): PoolWorker {
  const { accidents, chance } = schedule;
  let setup: StudySetup | null = null;
  let rows: Rows | null = null;
  let dead = false;
  let finished = 0;
  let tell: (reason: string) => void = () => undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function die(reason: string): Promise<never> {
    dead = true;
    setTimeout(() => tell(reason), chance() * 3);
    return never();
  }

  async function runRange(generation: number, from: number, to: number): Promise<RunReport> {
    if (setup === null || rows === null || dead) return never();
    const control = new Int32Array(setup.control);
    const failures: TrialFailure[] = [];
    let row = from;
    for (; row < to; row++) {
      if (mustStop(control, setup.workerIndex)) break;
      if (row % 16 === 0) await wait(0);
      const fate = fateOf(schedule, row);
      if (fate === 'spin') return never();
      if (fate === 'die') return die('poison');
      if (fate === 'throw') failures.push({ row, message: 'thrown' });
      rows.columns[0]?.set([fate === 'throw' ? NaN : row], row);
      Atomics.store(rows.states, row, fate === 'throw' ? FAILED : COMPLETE);
      Atomics.store(control, doneWord(setup.workerIndex), ++finished);
    }
    return { generation, from, to: row, ms: 1, failures };
  }

  const api: SweepWorkerApi = idleApi({
    async open(next) {
      if (accidents.left > 0 && chance() < 0.05) {
        accidents.left--;
        return die('it could not start');
      }
      setup = next;
      finished = 0;
      const memory = next.rows;
      if (memory === null) throw new Error('memory is shared here');
      rows = createRows({ rowCount: schedule.rowCount, axisCount: 0, metrics: [0] }, () => memory);
      await wait(chance() * 2);
      return { ok: true, value: null };
    },
    run(generation, from, to) {
      const answer = queue.then(() => runRange(generation, from, to));
      queue = answer;
      return answer;
    },
  });
  return { api, onDeath: (listener) => (tell = listener), terminate: () => (dead = true) };
}

function mustStop(control: Int32Array, worker: number): boolean {
  return Atomics.load(control, ORDER) !== GO || Atomics.load(control, leaveWord(worker)) !== 0;
}

/** Rows that were not done once, or lack a reason. */
function wrongRows(
  rows: Rows,
  times: Uint8Array,
  poison: ReadonlyMap<number, unknown>,
  failures: readonly { readonly row: number; readonly message: string }[],
): string[] {
  const reasons = new Map(failures.map(({ row, message }) => [row, message]));
  const wrong: string[] = [];
  for (let row = 0; row < times.length; row++) {
    const state = rows.states[row];
    if (times[row] !== 1) wrong.push(`row ${row} was done ${times[row]} times`);
    if (state === PENDING) wrong.push(`row ${row} is pending`);
    if ((state === FAILED) !== poison.has(row)) wrong.push(`row ${row} has the state ${state}`);
    if (reasons.has(row) !== poison.has(row)) wrong.push(`row ${row} has the reason ${reasons.get(row)}`);
    if (state === COMPLETE && rows.columns[0]?.[row] !== row) wrong.push(`row ${row} holds ${rows.columns[0]?.[row]}`);
  }
  return wrong;
}

async function runSchedule(seed: number): Promise<void> {
  const schedule = scheduleOf(seed);
  const { rowCount, chance } = schedule;
  const rows = createRows({ rowCount, axisCount: 0, metrics: [0] }, shared);
  const pool = createPool({ size: schedule.workers, spawn: () => faultyWorker(schedule) });
  const times = new Uint8Array(rowCount);
  let asked = 0;
  const sampler: Sampler = {
    get asked() {
      return asked;
    },
    ask(_rows, from, to) {
      const written = Math.min(to - from, 1 + Math.floor(chance() * 100));
      asked += written;
      return { written, exhausted: asked === rowCount, waiting: false };
    },
    tell: () => undefined,
  };
  const handle = startSweep({
    pool,
    plan: EMPTY_PLAN,
    axes: [],
    execution: NEUTRAL_EXECUTION,
    scoring: [],
    markets: [],
    barCount: 1,
    onChunk({ from, to }) {
      for (let row = from; row < to; row++) times[row]!++;
    },
    search: localSearch(sampler, rows),
    rows,
    total: rowCount,
    makeBuffer: shared,
    cacheBytes: 1,
    ...(schedule.chunkRows === null ? {} : { chunkRows: schedule.chunkRows }),
    watchdog: { beatMs: 10, patienceMs: 60, graceMs: 10 },
  });
  for (let turn = 0; turn < 6; turn++) {
    await wait(chance() * 8);
    if (chance() < 0.4) handle.setWorkers(1 + Math.floor(chance() * 5));
    if (chance() < 0.3) {
      handle.pause();
      await wait(chance() * 8);
      handle.resume();
    }
  }
  const end = await handle.done;
  pool.terminate();
  expect(end, `seed ${seed}`).toMatchObject({ reason: 'finished', done: rowCount, faults: [] });
  expect(wrongRows(rows, times, schedule.poison, end.failures), `seed ${seed}`).toEqual([]);
}

test(`every trial is done once or failed with a reason, whatever happens to the workers: ${SCHEDULES} studies`, async () => {
  for (let first = 1; first <= SCHEDULES; first += AT_ONCE) {
    await Promise.all(Array.from({ length: AT_ONCE }, (_, k) => runSchedule(first + k)));
  }
}, 60_000);
