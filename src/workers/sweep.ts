import type { MakeBuffer } from '../core/buffer.ts';
import { failed, type Fault, type Faults, type Outcome } from '../core/fault.ts';
import type { Formula } from '../metrics/objective.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { Rows } from '../metrics/rows.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import { addRange, createChunks, type RowRange } from '../schedule/chunks.ts';
import { CANCELLED, createControl } from '../schedule/control.ts';
import type { RunReport, StudySetup } from '../schedule/messages.ts';
import { createPace } from '../schedule/pace.ts';
import { createRate } from '../schedule/rate.ts';
import type { Asked } from '../search/sampler.ts';
import type { Axis } from '../space/axis.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import type { Pool } from './pool.ts';
import type { SearchPort } from './search-port.ts';
import { replacedFault, rowsShortFault, stuckFault, unfinishedFault } from './sweep-faults.ts';
import { createSlot, finishedPrefix, unreportedRows, type SweepSlot } from './sweep-slot.ts';

export interface SweepOptions {
  readonly pool: Pool;
  readonly plan: Plan;
  readonly axes: readonly Axis[]; // the study's, ranges overridden
  readonly execution: Execution;
  readonly scoring: readonly ResolvedScoring[]; // one per market
  readonly markets: readonly ArrayBufferLike[]; // Bars buffers, shared memory
  readonly barCount: number; // bars of one trial, for bar-trials per second
  readonly search: SearchPort; // where trials come from; closed at the end
  readonly rows: Rows; // shared memory; its row count is the most trials that run
  readonly total: number; // trials expected, for progress; may be an estimate
  readonly estimated?: boolean; // the row count is an estimate: rows that run out may have left trials behind
  readonly makeBuffer: MakeBuffer; // shared memory for the control words
  readonly cacheBytes: number; // per worker
  readonly objective?: Formula; // where the study ranks by an expression
  readonly firstRows?: number; // size of the first chunks, where the cost of a trial is known beforehand
  readonly chunkRows?: number; // every chunk has this size
  readonly onChunk?: (range: RowRange) => void;
  readonly now?: () => number; // ms, only differences count
}

export interface WorkerProgress {
  readonly busy: number; // share of the elapsed time, 0 … 1
  readonly chunk: RowRange | null; // the oldest range that it holds
}

export interface Progress {
  readonly done: number;
  readonly total: number; // exact once the sampler is exhausted
  readonly fraction: number; // 0 … 1
  readonly trialsPerSecond: number; // over about the last second
  readonly overallPerSecond: number;
  readonly barTrialsPerSecond: number; // over about the last second
  readonly elapsedMs: number;
  readonly etaMs: number | null; // null while nothing is known, 0 at the end
  readonly workers: readonly WorkerProgress[];
}

export interface SweepEnd {
  readonly reason: 'finished' | 'cancelled' | 'fault';
  readonly done: number; // rows with a final state
  readonly asked: number; // rows with positions
  readonly exhausted: boolean; // the sampler has no further trial
  readonly elapsedMs: number;
  readonly faults: readonly Fault[];
  readonly failure: string | null; // what the first trial that failed with an exception said
}

export interface SweepHandle {
  readonly generation: number;
  readonly done: Promise<SweepEnd>; // never rejects
  /** Ends the study within 100 ms; everything finished is kept. */
  cancel(): Promise<SweepEnd>;
  /** Cheap enough for every animation frame. */
  progress(): Progress;
  /** Ranges of rows finished since the last call, merged, in order. */
  takeCompleted(): RowRange[];
  /** Re-runs one trial in a worker of this study, also after its end, until another study is started on the pool. */
  detail(market: number, positions: readonly number[]): Promise<Outcome<TrialDetail>>;
}

/** Ranges that a worker holds: the one it runs, and the next, so that it never waits for a frame of the main thread. */
const DEPTH = 2;
const LEAST_AHEAD = 1024;
/** A worker that is inside one long trial is not waited for longer than this after a cancel. */
const CANCEL_MS = 80;
const MOST_DEATHS = 3;

/** Runs the sampler's trials on the pool, filling `rows`. Used by the page and by the command line. */
export function startSweep(options: SweepOptions): SweepHandle {
  const { pool, rows, search, now = () => performance.now() } = options;
  const generation = pool.nextGeneration();
  const slots = Array.from({ length: pool.size }, (_, index) => createSlot(index));
  const control = createControl(slots.length * (MOST_DEATHS + 1), options.makeBuffer);
  const { chunkRows: fixedRows, firstRows } = options;
  const pace = createPace({
    workers: slots.length,
    ...(fixedRows === undefined ? {} : { fixedRows }),
    ...(firstRows === undefined ? {} : { firstRows }),
  });
  const chunks = createChunks();
  const startMs = now();
  const rate = createRate(startMs);
  const lostRows = new Set<number>();
  let nextWorkerIndex = slots.length;
  let asked = 0;
  let exhausted = false;
  let asking = false;
  let waiting = false; // the sampler has nothing more until further rows are told
  let untold: RowRange[] = []; // finished, and the sampler does not know
  let failure: string | null = null;
  let ending: { readonly reason: SweepEnd['reason']; readonly faults: readonly Fault[] } | null = null;
  let end: SweepEnd | null = null;
  let resolveDone: (value: SweepEnd) => void;
  const done = new Promise<SweepEnd>((resolve) => (resolveDone = resolve));

  for (const slot of slots) void openSlot(slot).then((outcome) => slotOpened(slot, outcome));

  function setupFor(slot: SweepSlot): StudySetup {
    const { plan, axes, execution, scoring, markets, cacheBytes, objective } = options;
    const { buffer } = rows;
    const { workerIndex } = slot;
    return {
      generation,
      workerIndex,
      plan,
      axes,
      execution,
      scoring,
      markets,
      rows: buffer,
      control: control.buffer,
      cacheBytes,
      ...(objective === undefined ? {} : { objective }),
    };
  }

  async function openSlot(slot: SweepSlot): Promise<Outcome<null>> {
    const outcome = await pool.call(slot.index, (api) => api.open(setupFor(slot)));
    return outcome.ok ? outcome.value : outcome;
  }

  function slotOpened(slot: SweepSlot, outcome: Outcome<null>): void {
    if (!outcome.ok) return workerLost(slot, outcome.faults);
    slot.opened = true;
    pump();
  }

  /** Hands out what is ready, asks for more, and notices the end. Bounded to a few milliseconds. */
  function pump(): void {
    if (ending !== null) return;
    askAhead();
    const most = slots.every(({ opened }) => opened) ? DEPTH : 1; // a worker that opens late still finds its share
    for (let depth = 1; depth <= most; depth++) {
      for (const slot of slots) if (slot.opened && slot.inFlight.length < depth) handOut(slot);
    }
    const nothingToCome = exhausted || asked >= rows.rowCount;
    if (chunks.waiting > 0 || slots.some((slot) => slot.inFlight.length > 0)) return;
    if (nothingToCome) ranOut();
    else if (waiting && !asking) stop('fault', [stuckFault(asked)]);
  }

  /** Every row that was asked has run: the end, unless the rows were too few for the trials there are. */
  function ranOut(): void {
    if (exhausted || options.estimated !== true) stop('finished', []);
    else stop('fault', [rowsShortFault(asked)]);
  }

  /** At most one question is under way; with it goes what the sampler does not know yet. */
  function askAhead(): void {
    if (asking || exhausted || asked >= rows.rowCount || (waiting && untold.length === 0)) return;
    const ahead = Math.max(LEAST_AHEAD, slots.length * DEPTH * 2 * largestChunk());
    if (chunks.waiting >= ahead) return;
    asking = true;
    const told = untold;
    untold = [];
    void search.ask(told, asked, Math.min(rows.rowCount, asked + ahead - chunks.waiting)).then(answered);
  }

  function answered(outcome: Outcome<Asked>): void {
    asking = false;
    if (ending !== null) return;
    if (!outcome.ok) return stop('fault', outcome.faults);
    asked += outcome.value.written;
    ({ exhausted, waiting } = outcome.value);
    chunks.allow(asked);
    pump();
  }

  function largestChunk(): number {
    let most = 1;
    for (const { index } of slots) most = Math.max(most, pace.next(index, rows.rowCount));
    return most;
  }

  function handOut(slot: SweepSlot): void {
    if (chunks.waiting === 0) return;
    const toCome = exhausted || waiting ? 0 : Math.max(0, Math.min(options.total, rows.rowCount) - asked);
    const range = chunks.take(pace.next(slot.index, chunks.waiting + toCome));
    if (range === null) return;
    if (slot.inFlight.length === 0) slot.startedMs = now();
    slot.inFlight.push(range);
    const run = pool.call(slot.index, (api) => api.run(generation, range.from, range.to));
    void run.then((outcome) => reported(slot, range, outcome));
  }

  function reported(slot: SweepSlot, range: RowRange, outcome: Outcome<RunReport>): void {
    if (end !== null || !slot.inFlight.includes(range)) return; // late, or lost together with its worker
    if (!outcome.ok) return workerLost(slot, outcome.faults);
    const { to, ms } = outcome.value;
    const part = { from: range.from, to };
    slot.inFlight = slot.inFlight.filter((one) => one !== range);
    slot.startedMs = now();
    slot.busyMs += ms;
    slot.reportedRows += to - range.from;
    failure ??= outcome.value.failure;
    pace.took(slot.index, to - range.from, ms);
    finish(part);
    if (ending !== null) return concludeIfIdle();
    if (to < range.to) return stop('fault', [unfinishedFault(part, range)]);
    pump();
  }

  function finish(range: RowRange): void {
    if (range.to <= range.from) return;
    chunks.finish(range);
    untold = addRange(untold, range);
    rate.sample(now(), chunks.doneRows);
    options.onChunk?.(range);
  }

  /** A worker died, or could not open the study: what it finished is kept, the rest is tried once more on a fresh worker. */
  function workerLost(slot: SweepSlot, faults: Faults): void {
    if (end !== null) return;
    const running = keepFinished(slot);
    slot.opened = false;
    slot.deaths++;
    if (ending !== null) return concludeIfIdle();
    const again = running !== null && lostRows.has(running.from);
    if (faults[0].code !== 'worker_died' || again || slot.deaths > MOST_DEATHS || slot.index >= pool.size)
      return stop('fault', faults);
    if (running !== null) lostRows.add(running.from);
    slot.workerIndex = nextWorkerIndex++;
    slot.reportedRows = 0;
    void openSlot(slot).then((outcome) => slotOpened(slot, outcome));
  }

  /** Returns what is left of the range that the worker was running. */
  function keepFinished(slot: SweepSlot): RowRange | null {
    const ranges = slot.inFlight;
    slot.inFlight = [];
    const left = ranges.map((range) => {
      const kept = finishedPrefix(range, rows.states);
      finish(kept);
      return { from: kept.to, to: range.to };
    });
    for (const range of left) chunks.giveBack(range);
    return left.find((range) => range.to > range.from) ?? null;
  }

  function stop(reason: SweepEnd['reason'], faults: readonly Fault[]): void {
    if (ending !== null) return;
    ending = { reason, faults };
    if (reason !== 'finished') Atomics.store(control, CANCELLED, 1);
    concludeIfIdle();
    if (end === null) setTimeout(conclude, CANCEL_MS);
  }

  function concludeIfIdle(): void {
    if (slots.every((slot) => slot.inFlight.length === 0)) conclude();
  }

  function conclude(): void {
    if (end !== null || ending === null) return;
    for (const slot of slots) keepFinished(slot);
    end = { ...ending, done: chunks.doneRows, asked, exhausted, elapsedMs: now() - startMs, failure };
    search.close();
    resolveDone(end);
  }

  function progress(): Progress {
    const ms = end === null ? now() : startMs + end.elapsedMs;
    const elapsedMs = ms - startMs;
    let finished = chunks.doneRows;
    if (end === null) for (const slot of slots) finished += unreportedRows(slot, control);
    const total = exhausted ? asked : Math.max(asked, Math.min(options.total, rows.rowCount));
    const perMs = elapsedMs > 0 ? finished / elapsedMs : 0;
    const recent = end === null ? rate.recent(ms, finished) : perMs * 1000;
    rate.sample(ms, finished);
    return {
      done: finished,
      total,
      fraction: total > 0 ? Math.min(1, finished / total) : 1,
      trialsPerSecond: recent,
      overallPerSecond: perMs * 1000,
      barTrialsPerSecond: recent * options.barCount,
      elapsedMs,
      etaMs: etaMs(total - finished, recent),
      workers: slots.map((slot) => workerProgress(slot, ms, elapsedMs)),
    };
  }

  function etaMs(left: number, perSecond: number): number | null {
    if (left <= 0 || end !== null) return 0;
    return perSecond > 0 ? (left / perSecond) * 1000 : null;
  }

  function workerProgress(slot: SweepSlot, ms: number, elapsedMs: number): WorkerProgress {
    const running = slot.inFlight[0] ?? null;
    const busyMs = slot.busyMs + (running === null || end !== null ? 0 : ms - slot.startedMs);
    return { busy: elapsedMs > 0 ? Math.min(1, busyMs / elapsedMs) : 0, chunk: end === null ? running : null };
  }

  async function detail(market: number, positions: readonly number[]): Promise<Outcome<TrialDetail>> {
    const free = slots.filter(({ index }) => index < pool.size).sort((a, b) => a.inFlight.length - b.inFlight.length)[0];
    if (free === undefined || pool.generation !== generation) return failed(replacedFault());
    const ask = () => pool.call(free.index, (api) => api.detail(generation, market, positions));
    const answer = await ask();
    if (answer.ok && (answer.value.ok || answer.value.faults[0].code !== 'study_closed')) return answer.value;
    if (end === null || pool.generation !== generation) return answer.ok ? answer.value : answer;
    const opened = await openSlot(free); // its worker was replaced after the study's end
    if (!opened.ok) return opened;
    const second = await ask();
    return second.ok ? second.value : second;
  }

  return {
    generation,
    done,
    cancel() {
      stop('cancelled', []);
      return done;
    },
    progress,
    takeCompleted: () => chunks.takeCompleted(),
    detail,
  };
}
