import { failed, fault } from '../../src/core/fault.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import { doneWord, GO, leaveWord, ORDER } from '../../src/schedule/control.ts';
import type { RunReport, StudySetup, SweepWorkerApi } from '../../src/schedule/messages.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import { createPool, type Pool } from '../../src/workers/pool.ts';
import { startSweep, type SweepHandle, type SweepOptions } from '../../src/workers/sweep.ts';
import { connectWorker } from '../../src/workers/worker-port.ts';
import { NEUTRAL_EXECUTION } from '../../src/strategy/execution.ts';
import { localSearch } from './local-search.ts';
import { FakeWorker, never } from './fake-worker.ts';
import { EMPTY_PLAN } from './empty-plan.ts';

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A sampler of `count` trials, at most `perAsk` rows an answer. */
export function countingSampler(count: number, perAsk = Infinity): Sampler & { readonly told: number[][] } {
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
export function waitingSampler(size: number): Sampler & { told(): number } {
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

export interface Script {
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
      const { rows: memory } = next;
      if (memory === null) throw new Error('memory is shared here');
      rows = createRows(shape, () => memory); // only views: the header is written again
      return script.open?.(next) ?? Promise.resolve({ ok: true, value: null });
    },
    run(generation, from, to) {
      const answer = queue.then(() => runRange(generation, from, to)); // one after the other, as in a thread
      queue = answer;
      return answer;
    },
    detail: (generation, market) => Promise.resolve(failed(fault('asked', `${generation} ${market}`, ''))),
    profile: () => Promise.reject(new Error('no profile here')),
    close: () => Promise.resolve(),
  };
  const worker = new FakeWorker(api);
  return worker;

  async function runRange(generation: number, from: number, to: number): Promise<RunReport> {
    script.ranges?.push([from, to]);
    if (setup === null || rows === null) return { generation, from, to: from, ms: 0, failures: [] };
    const control = new Int32Array(setup.control);
    let row = from;
    for (; row < to; row++) {
      if (Atomics.load(control, ORDER) !== GO || Atomics.load(control, leaveWord(setup.workerIndex)) !== 0) break;
      if (script.beforeRow?.(row, worker) === false) return never();
      if (script.rowMs !== undefined) await new Promise((resolve) => setTimeout(resolve, script.rowMs));
      rows.columns[0]?.set([row], row);
      Atomics.store(rows.states, row, COMPLETE);
      Atomics.store(control, doneWord(setup.workerIndex), ++finished);
    }
    return { generation, from, to: row, ms: 1, failures: [] };
  }
}

export const ROW_COUNT = 1000;
/** Runs a study of a thousand rows on scripted workers. */
export function startScripted(
  size: number,
  script: (count: number) => Script,
  { sampler = countingSampler(ROW_COUNT), ...more }: Partial<SweepOptions> & { readonly sampler?: Sampler } = {},
): { handle: SweepHandle; rows: Rows; pool: Pool } {
  let count = 0;
  const pool = createPool({ size, spawn: () => connectWorker(scriptedWorker(script(count++))) });
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
  return { handle, rows, pool };
}
