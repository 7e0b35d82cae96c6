import { transfer } from 'comlink';
import type { Fault, Faults, Outcome } from '../core/fault.ts';
import { CANCEL, createControl, doneWord, GO, leaveWord, ORDER, PAUSE, WORKER_NUMBERS } from '../schedule/control.ts';
import { createLedger, type Lease } from '../schedule/ledger.ts';
import type { RunReport, StudySetup, TrialFailure } from '../schedule/messages.ts';
import { createDealer } from '../schedule/dealer.ts';
import { createPace, evenRows } from '../schedule/pace.ts';
import { densePlan } from '../strategy/dense-plan.ts';
import { packRows, unpackRows } from './carried-rows.ts';
import { createAsking } from './sweep-asking.ts';
import { createCrew } from './sweep-crew.ts';
import { createDetail } from './sweep-detail.ts';
import { onlyFailuresFault, rowsShortFault, stuckFault, unfinishedFault } from './sweep-faults.ts';
import { startHeart } from './sweep-heart.ts';
import type { SweepEnd, SweepHandle, SweepOptions, WatchdogTimes } from './sweep-options.ts';
import { createMeter } from './sweep-progress.ts';
import { createRecovery } from './sweep-recovery.ts';
import { isOpening, type Held, type SweepSlot } from './sweep-slot.ts';
import { shareTables } from './sweep-tables.ts';
import { createMoving } from './sweep-window.ts';
import { clampWorkers } from './worker-count.ts';

/** Ranges that a worker holds: the one it runs, and the next, so that it never waits for a frame of the main thread. */
const DEPTH = 2;
const LEAST_AHEAD = 1024;
/** Positions are cheap, and probes need those of rows far ahead. */
const PROBED_AHEAD = 1 << 20;
/** Between two turns where there is more to commit, or room to wait for. */
const REST_MS = 5;
/** A worker inside one long trial is not waited for longer than this after a cancel. */
const CANCEL_MS = 80;
/** A worker that was lost this often in a row without a finished trial is given up. */
const MOST_BARREN = 4;
/** So many trials in a row that end their worker are no fault of the trials. */
const MOST_GUILTY = 25;
const MOST_FAILURES = 1000;
/** Pairs of averages are evaluated together up to this many, see kernel/tile. */
const TILE_ROWS = 8192;
/** Where the cost of a trial is known, also so many first ranges: a crash loses what it ends in the middle. At least the other. */
const [TOGETHER_RANGES, LEAST_TOGETHER] = [500, 512];
const TIMES: WatchdogTimes = { beatMs: 250, patienceMs: 10_000, graceMs: 2500 };

/** Runs the sampler's trials on the pool, filling `rows`. Used by the page and by the command line. */
export function startSweep(options: SweepOptions): SweepHandle {
  const { pool, rows, search, now = () => performance.now() } = options;
  const times = { ...TIMES, ...options.watchdog };
  const generation = pool.nextGeneration();
  const isShared = typeof SharedArrayBuffer !== 'undefined' && rows.buffer instanceof SharedArrayBuffer;
  const control = createControl(WORKER_NUMBERS, options.makeBuffer);
  const remembering = shareTables(options, isShared);
  const slots: SweepSlot[] = [];
  const together = isShared ? rowsTogether(options) : 1;
  const pace = createPace({
    workers: pool.size,
    ...(options.chunkRows === undefined ? {} : { fixedRows: options.chunkRows }),
    ...(options.firstRows === undefined ? {} : { firstRows: options.firstRows }),
    togetherRows: together,
  });
  const ledger = createLedger(options.window === undefined ? undefined : rows.rowCount);
  const finished = options.window === undefined ? (options.finished ?? []) : [{ from: 0, to: options.window.committed }];
  ledger.restore(finished);
  const dealer = createDealer(ledger, pace, together === 1 && options.chunkRows === undefined && options.window === undefined);
  const moving = options.window === undefined ? null : createMoving(rows, options.window, now);
  const most = moving === null ? rows.rowCount : Number.POSITIVE_INFINITY;
  const room = (): number => moving?.room() ?? most;
  const asking = createAsking({ search, rows, ledger, most, room, answered, failed: (faults) => stop('fault', faults) });
  const meter = createMeter({ options, control, slots, ledger, asking, now });
  const hangs = (slot: SweepSlot, reason: string): void => pool.replace(slot.index, reason);
  const heart = startHeart({ times, control, slots, paused: () => meter.paused, end: hangs });
  const { graceMs } = times;
  const over = (): boolean => end !== null;
  const recovery = createRecovery({ rows, ledger, graceMs, done: rowsDone, convicted, untold: noteFailure, over });
  const crew = createCrew({ pool, control, slots, open: (slot) => void openSlot(slot), left });
  let numbers = 0; // of workers, given so far
  let orders = 0; // given to all workers
  let guiltyInARow = 0;
  let turnPlanned = false;
  const failures: TrialFailure[] = [];
  let ending: { readonly reason: SweepEnd['reason']; readonly faults: readonly Fault[] } | null = null;
  let end: SweepEnd | null = null;
  let resolveDone: (value: SweepEnd) => void;
  const done = new Promise<SweepEnd>((resolve) => (resolveDone = resolve));

  crew.want(pool.size);
  const placeOf = (row: number): number => row % rows.rowCount;

  function setupFor({ workerIndex }: SweepSlot): StudySetup {
    const { plan, axes, execution, scoring, markets, objective } = options;
    const shared = isShared ? rows.buffer : null;
    const study = { plan, axes, execution, scoring, markets, ...remembering, metrics: rows.stored };
    const own = { generation, workerIndex, rows: shared, control: control.buffer };
    return { ...own, ...study, ...(objective === undefined ? {} : { objective }) };
  }

  async function openSlot(slot: SweepSlot): Promise<void> {
    slot.workerIndex = numbers++ % WORKER_NUMBERS;
    slot.phase = 'opening';
    slot.reportedRows = 0;
    Atomics.store(control, doneWord(slot.workerIndex), 0);
    Atomics.store(control, leaveWord(slot.workerIndex), 0);
    heart.alive(slot);
    const number = slot.workerIndex;
    const outcome = await pool.call(slot.index, (api) => api.open(setupFor(slot)));
    if (slot.workerIndex !== number || !isOpening(slot)) return;
    const opened = outcome.ok ? outcome.value : outcome;
    if (!opened.ok) return workerLost(slot, opened.faults);
    slot.phase = 'open';
    pump();
  }

  function left(slot: SweepSlot, busy: boolean): void {
    if (busy) moving?.hold(now() + graceMs);
    recovery.giveBack(slot);
    meter.left(slot);
    pump();
  }

  /** Hands out what is ready, asks for more, and notices the end. Bounded to a few milliseconds. */
  function pump(): void {
    if (ending !== null) return;
    const ahead = Math.max(LEAST_AHEAD, slots.length * DEPTH * 2 * largestChunk(), asking.asked === 0 ? 0 : PROBED_AHEAD);
    asking.turn(ahead);
    if (!meter.paused) handOutAll();
    const idle = ledger.waiting + ledger.running === 0;
    const before = room();
    const more = moving?.commit(ledger.finished(), idle && asking.over) ?? false;
    if (room() > before) asking.turn(ahead); // nobody else may
    if (more || moving?.held() === true) planTurn();
    else if (idle) rest();
  }

  /** Nothing waits and nothing runs: the end, unless a question is under way. */
  function rest(): void {
    if (asking.over) ranOut();
    else if (asking.stuck) stop('fault', [stuckFault(asking.asked)]);
  }

  /** Rows [from, to) have positions; some may have their results from an earlier run. */
  function answered(from: number, to: number): void {
    if (ending !== null) return;
    for (const range of finished) rowsDone(null, Math.max(range.from, from), Math.min(range.to, to));
    pump();
  }

  function handOutAll(): void {
    const open = slots.filter(({ phase }) => phase === 'open');
    const depth = open.length === slots.length ? DEPTH : 1; // a worker that opens late still finds its share
    for (let held = 1; held <= depth; held++) {
      for (const slot of open) if (slot.inFlight.length < held) handOut(slot);
    }
  }

  /** Every row that was asked has run: the end, unless the rows were too few for the trials there are. */
  function ranOut(): void {
    if (asking.exhausted || options.estimated !== true) stop('finished', []);
    else stop('fault', [rowsShortFault(asking.asked)]);
  }

  function planTurn(): void {
    if (turnPlanned) return;
    turnPlanned = true;
    setTimeout(() => {
      turnPlanned = false;
      pump();
    }, REST_MS);
  }

  function largestChunk(): number {
    let largest = 1;
    for (const { index } of slots) largest = Math.max(largest, pace.next(index, rows.rowCount));
    return largest;
  }

  function handOut(slot: SweepSlot): void {
    const toCome = asking.over || asking.waits ? 0 : Math.max(0, Math.min(options.total, most) - asking.asked);
    const lease = dealer.deal(slot.index, slot.workerIndex, toCome, asking.asked, Math.min(options.total, most));
    if (lease === null) return;
    if (slot.inFlight.length === 0) slot.startedMs = now();
    const held: Held = { lease, orders };
    slot.inFlight.push(held);
    heart.alive(slot);
    void run(slot, lease).then((outcome) => reported(slot, held, outcome));
  }

  function run(slot: SweepSlot, lease: Lease): Promise<Outcome<RunReport>> {
    const from = placeOf(lease.from);
    const to = from + lease.to - lease.from;
    if (isShared) return pool.call(slot.index, (api) => api.run(generation, from, to));
    const carried = packRows(rows, from, to);
    return pool.call(slot.index, (api) => api.run(generation, from, to, transfer(carried, [carried])));
  }

  function reported(slot: SweepSlot, held: Held, outcome: Outcome<RunReport>): void {
    if (end !== null || !slot.inFlight.includes(held)) return; // late, or lost together with its worker
    if (!outcome.ok) return workerLost(slot, outcome.faults);
    const { from, to, rows: carried } = outcome.value;
    const kept = carried !== undefined && !unpackRows(rows, from, to - from, carried) ? 0 : to - from;
    if (kept < held.lease.to - held.lease.from && !wasTold(slot, held)) return workerLost(slot, [unfinishedFault(slot.index)]);
    settle(slot, held, outcome.value, kept);
    if (ending !== null) return concludeIfIdle();
    if (slot.phase === 'leaving' && slot.inFlight.length === 0) return crew.gone(slot);
    pump();
  }

  /** Whether there is a reason for rows that a worker left undone. */
  function wasTold(slot: SweepSlot, { orders: then }: Held): boolean {
    return slot.phase === 'leaving' || ending !== null || meter.paused || then !== orders;
  }

  /** The first `kept` rows of a range are done. */
  function settle(slot: SweepSlot, held: Held, { from, ms, failures: failed }: RunReport, kept: number): void {
    const { lease } = held;
    slot.inFlight = slot.inFlight.filter((one) => one !== held);
    slot.startedMs = now();
    slot.busyMs += ms;
    slot.reportedRows += kept;
    slot.chunks++;
    heart.alive(slot);
    for (const one of failed) noteFailure(lease.from + one.row - from, one.message);
    pace.took(slot.index, kept, ms);
    dealer.took(lease, kept, ms);
    meter.took(lease, kept, ms);
    if (kept > 0) heart.took(ms / kept);
    ledger.finish(lease, lease.from + kept);
    rowsDone(slot, lease.from, lease.from + kept);
  }

  /** A trial took every worker along that ran it. */
  function convicted(row: number, reason: string): void {
    noteFailure(row, reason.replace(/^Worker \d+ stopped: |\.$/g, ''));
    if (++guiltyInARow >= MOST_GUILTY) stop('fault', [onlyFailuresFault(guiltyInARow, reason)]);
    else pump();
  }

  function noteFailure(row: number, message: string): void {
    meter.failed++;
    if (failures.length < MOST_FAILURES) failures.push({ row, message });
  }

  /** Rows [from, to) have their final state. */
  function rowsDone(slot: SweepSlot | null, from: number, to: number): void {
    if (to <= from) return;
    if (slot !== null) {
      slot.rows += to - from;
      slot.barren = 0;
      guiltyInARow = 0;
    }
    if (moving === null) asking.tell({ from, to });
    meter.sample();
    options.onChunk?.({ from, to });
  }

  /** A worker died, hangs, or could not open the study: what it finished is kept, the rest is run by its replacement or others. */
  function workerLost(slot: SweepSlot, faults: Faults): void {
    if (end !== null) return;
    const [{ code, message }] = faults;
    if (code !== 'worker_died') pool.replace(slot.index, message);
    if (slot.phase === 'opening' && code !== 'worker_died') return stop('fault', faults);
    if (slot.hung) moving?.hold(now() + graceMs);
    if (slot.phase === 'leaving') return crew.gone(slot);
    slot.barren++;
    slot.retries++;
    slot.phase = 'opening'; // it gets no range until its replacement has the study
    recovery.blame(slot, message);
    slot.hung = false;
    if (ending !== null) return concludeIfIdle();
    if (slot.barren < MOST_BARREN) void openSlot(slot);
    else giveUp(slot, faults);
    pump();
  }

  function giveUp(slot: SweepSlot, faults: Faults): void {
    slot.phase = 'lost';
    if (slots.every(({ phase }) => phase === 'lost')) stop('fault', faults);
  }

  function stop(reason: SweepEnd['reason'], faults: readonly Fault[]): void {
    if (ending !== null) return;
    ending = { reason, faults };
    if (reason !== 'finished') order(CANCEL);
    concludeIfIdle();
    if (end === null) setTimeout(conclude, CANCEL_MS);
  }

  function order(word: number): void {
    orders++;
    Atomics.store(control, ORDER, word);
  }

  function concludeIfIdle(): void {
    if (slots.every((slot) => slot.inFlight.length === 0)) conclude();
  }

  function conclude(): void {
    if (end !== null || ending === null) return;
    heart.stop();
    for (const slot of slots) recovery.giveBack(slot);
    // What is committed goes on later from a whole segment; only the end of the study has less than one.
    while (moving?.commit(ledger.finished(), ending.reason === 'finished') === true);
    const { asked, exhausted } = asking;
    end = { ...ending, done: ledger.doneRows, asked, exhausted, ...meter.end(), failures };
    pool.resize(crew.wanted);
    search.close();
    resolveDone(end);
  }

  return {
    generation,
    done,
    cancel() {
      stop('cancelled', []);
      return done;
    },
    pause() {
      if (ending !== null || meter.paused) return;
      order(PAUSE);
      meter.pause();
    },
    resume() {
      if (ending !== null || !meter.paused) return;
      order(GO);
      meter.resume();
      pump();
    },
    setWorkers(count) {
      const wanted = clampWorkers(count);
      if (end !== null) return pool.resize(wanted);
      pace.resize(wanted);
      crew.want(wanted);
      pump();
    },
    progress: () => meter.progress(),
    failures: () => failures,
    takeCompleted: () => ledger.takeCompleted(),
    finished: () => ledger.finished(),
    detail: createDetail({ pool, generation, slots, setupFor, over }),
  };
}

export type { Progress, SweepEnd, SweepHandle, SweepOptions, WorkerProgress } from './sweep-options.ts';

/** Rows of a range at the least, because they cost less each together; rows in a window are few at a time. */
function rowsTogether({ plan, rows, total, pool, window, firstRows = TILE_ROWS }: SweepOptions): number {
  if (window !== undefined || densePlan(plan) === null) return 1;
  const most = Math.min(TILE_ROWS, Math.max(LEAST_TOGETHER, firstRows * TOGETHER_RANGES));
  return evenRows(Math.min(total, rows.rowCount), pool.size, most);
}
