import { createCostModel } from '../schedule/cost.ts';
import type { Lease, Ledger } from '../schedule/ledger.ts';
import { createRate } from '../schedule/rate.ts';
import type { Asking } from './sweep-asking.ts';
import type { Progress, SweepOptions, WorkerProgress } from './sweep-options.ts';
import { unreportedRows, type SweepSlot } from './sweep-slot.ts';

/** Measures a running sweep: how far it is, how fast, how long it will take. */
export interface Meter {
  readonly paused: boolean;
  failed: number; // trials that stopped with a fault
  pause(): void;
  resume(): void;
  /** The first `count` rows of a range kept a worker busy for `ms`. */
  took(lease: Lease, count: number, ms: number): void;
  /** A worker left; what it did still counts. */
  left(slot: SweepSlot): void;
  sample(): void;
  progress(): Progress;
  /** The sweep ends now. */
  end(): { readonly elapsedMs: number; readonly busyMs: number };
}

export interface MeterOptions {
  readonly options: SweepOptions;
  readonly control: Int32Array;
  readonly slots: readonly SweepSlot[];
  readonly ledger: Ledger;
  readonly asking: Asking;
  readonly now: () => number;
}

/** Workers count as used at least this share of the time: at the start little is known. */
const LEAST_USE = 0.3;

export function createMeter({ options, control, slots, ledger, asking, now }: MeterOptions): Meter {
  const startMs = now();
  const rate = createRate(startMs);
  const axes = options.axes.map(({ kind, size }) => ({ size, ordered: kind !== 'choice' && kind !== 'flag' }));
  const model = options.window === undefined ? createCostModel(options.rows.positions, axes) : null;
  let pausedAt: number | null = null;
  let pausedMs = 0;
  let leftBusyMs = 0; // of workers that left
  let endMs: number | null = null;
  const clock = (): number => endMs ?? (pausedAt ?? now()) - pausedMs; // pauses left out

  function progress(): Progress {
    const ms = clock();
    const elapsedMs = ms - startMs;
    let finished = ledger.doneRows;
    if (endMs === null) for (const slot of slots) finished += unreportedRows(slot, control);
    const expected = options.window === undefined ? Math.min(options.total, options.rows.rowCount) : options.total;
    const total = asking.over ? asking.asked : Math.max(asking.asked, expected);
    const perMs = elapsedMs > 0 ? finished / elapsedMs : 0;
    const recent = endMs === null ? rate.recent(ms, finished) : perMs * 1000;
    rate.sample(ms, finished);
    const workers = slots.filter(({ phase }) => phase !== 'left').map((slot) => workerProgress(slot, ms, elapsedMs));
    return {
      done: finished,
      total,
      fraction: total > 0 ? Math.min(1, finished / total) : 1,
      trialsPerSecond: pausedAt === null ? recent : 0,
      overallPerSecond: perMs * 1000,
      barTrialsPerSecond: (pausedAt === null ? recent : 0) * options.barCount,
      elapsedMs,
      busyMs: busyMs(),
      etaMs: etaMs(total, finished, recent),
      paused: pausedAt !== null,
      failed: meter.failed,
      workers,
    };
  }

  /** By what the rows that are left will cost; by their count where that is not known. */
  function etaMs(total: number, finished: number, perSecond: number): number | null {
    if (total <= finished || endMs !== null) return 0;
    const ms = clock();
    const work = model?.left(total, asking.asked, ledger.finished(), ms) ?? null;
    if (work !== null) {
      const open = slots.filter(({ phase }) => phase === 'open');
      const begun = open.reduce((sum, slot) => sum + runningMs(slot, ms), 0);
      const used = Math.min(1, (busyMs() + begun) / Math.max(1, (ms - startMs) * open.length));
      return Math.max(0, work - begun) / Math.max(1e-3, open.length * Math.max(LEAST_USE, used));
    }
    return perSecond > 0 ? ((total - finished) / perSecond) * 1000 : null;
  }

  /** What the worker has spent on the range that it holds. */
  function runningMs(slot: SweepSlot, ms: number): number {
    return slot.inFlight.length === 0 || endMs !== null ? 0 : Math.max(0, ms + pausedMs - slot.startedMs);
  }

  function busyMs(): number {
    return slots.reduce((sum, slot) => sum + slot.busyMs, leftBusyMs);
  }

  function workerProgress(slot: SweepSlot, ms: number, elapsedMs: number): WorkerProgress {
    const running = slot.inFlight[0]?.lease ?? null;
    return {
      busy: elapsedMs > 0 ? Math.min(1, (slot.busyMs + runningMs(slot, ms)) / elapsedMs) : 0,
      chunk: endMs === null && running !== null ? { from: running.from, to: running.to } : null,
      chunks: slot.chunks,
      done: slot.rows + (endMs === null ? unreportedRows(slot, control) : 0),
      retries: slot.retries,
      lost: slot.phase === 'lost',
    };
  }

  const meter: Meter = {
    get paused() {
      return pausedAt !== null;
    },
    failed: 0,
    pause: () => void (pausedAt = now()),
    resume() {
      if (pausedAt !== null) pausedMs += now() - pausedAt;
      pausedAt = null;
    },
    took: (lease, count, ms) => model?.took(lease.from, count, ms, lease.probe),
    left(slot) {
      leftBusyMs += slot.busyMs;
      slot.busyMs = 0;
    },
    sample: () => rate.sample(clock(), ledger.doneRows),
    progress,
    end() {
      endMs = clock();
      return { elapsedMs: endMs - startMs, busyMs: busyMs() };
    },
  };
  return meter;
}
