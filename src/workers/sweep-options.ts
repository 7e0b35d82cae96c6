import type { MakeBuffer } from '../core/buffer.ts';
import type { Fault, Outcome } from '../core/fault.ts';
import type { Formula } from '../metrics/objective.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { Rows } from '../metrics/rows.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import type { Axis } from '../space/axis.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import type { Pool } from './pool.ts';
import type { SearchPort } from './search-port.ts';

export interface SweepOptions {
  readonly pool: Pool;
  readonly plan: Plan;
  readonly axes: readonly Axis[]; // the study's, ranges overridden
  readonly execution: Execution;
  readonly scoring: readonly ResolvedScoring[]; // one per market
  readonly markets: readonly ArrayBufferLike[]; // Bars buffers; copied to each worker where they are not shared memory
  readonly barCount: number; // bars of one trial, for bar-trials per second
  readonly search: SearchPort; // where trials come from; closed at the end
  /** Its row count is the most trials that run. Where it is not shared memory, ranges travel by message. */
  readonly rows: Rows;
  readonly total: number; // trials expected, for progress; may be an estimate
  readonly estimated?: boolean; // the row count is an estimate: rows that run out may have left trials behind
  readonly makeBuffer: MakeBuffer; // memory for the control words
  readonly cacheBytes: number; // per worker
  readonly objective?: Formula; // where the study ranks by an expression
  readonly firstRows?: number; // size of the first chunks, where the cost of a trial is known beforehand
  readonly chunkRows?: number; // every chunk has this size
  readonly window?: Window; // `rows` is a window that moves over more trials than it holds
  readonly finished?: readonly RowRange[]; // rows that an earlier run of the same study left in `rows`
  readonly onChunk?: (range: RowRange) => void;
  readonly now?: () => number; // ms, only differences count
  readonly watchdog?: Partial<WatchdogTimes>;
}

/**
 * More trials than rows: row r of the study lies at r modulo the row count, and its place is used again once its segment was
 * committed. Segments are committed once, in order.
 */
export interface Window {
  readonly segmentRows: number; // the row count of `rows` is a multiple of it
  readonly committed: number; // rows that an earlier run committed: they are asked again, and not run
  /** Takes the results of rows [from, from + count) of the study, which lie at `at`. */
  commit(rows: Rows, at: number, from: number, count: number): void;
}

/** When a worker counts as hanging, and what follows. */
export interface WatchdogTimes {
  readonly beatMs: number; // between two looks at the workers' counters
  readonly patienceMs: number; // of beats without one finished trial; longer where trials are long
  readonly graceMs: number; // a worker that was ended while busy may go on for this long
}

export interface WorkerProgress {
  readonly busy: number; // share of the elapsed time, 0 … 1
  readonly chunk: RowRange | null; // the oldest range that it holds
  readonly chunks: number; // ranges finished
  readonly done: number; // trials finished
  readonly retries: number; // how often it was replaced
  readonly lost: boolean; // it could not be started again
}

export interface Progress {
  readonly done: number;
  readonly total: number; // exact once the sampler is exhausted
  readonly fraction: number; // 0 … 1
  readonly trialsPerSecond: number; // over about the last second
  readonly overallPerSecond: number;
  readonly barTrialsPerSecond: number; // over about the last second
  readonly elapsedMs: number; // pauses left out
  readonly busyMs: number; // of all workers together
  readonly etaMs: number | null; // null while nothing is known, 0 at the end
  readonly paused: boolean;
  readonly failed: number; // trials that stopped with a fault so far
  readonly workers: readonly WorkerProgress[];
}

export interface SweepEnd {
  readonly reason: 'finished' | 'cancelled' | 'fault';
  readonly done: number; // rows with a final state
  readonly asked: number; // rows with positions
  readonly exhausted: boolean; // the sampler has no further trial
  readonly elapsedMs: number; // pauses left out
  readonly busyMs: number; // of all workers together
  readonly faults: readonly Fault[];
  readonly failures: readonly TrialFailure[]; // trials that stopped with a fault, the first thousand
}

export interface SweepHandle {
  readonly generation: number;
  readonly done: Promise<SweepEnd>; // never rejects
  /** Ends the study within 100 ms; everything finished is kept. */
  cancel(): Promise<SweepEnd>;
  /** Workers stop at their next trial and keep their tables. */
  pause(): void;
  resume(): void;
  /** Makes the pool larger or smaller while the study runs; what a leaving worker had not begun goes to the others. */
  setWorkers(count: number): void;
  /** Cheap enough for every animation frame. */
  progress(): Progress;
  /** Trials that stopped with a fault so far, the first thousand. */
  failures(): readonly TrialFailure[];
  /** Ranges of rows finished since the last call, merged, in order. */
  takeCompleted(): RowRange[];
  /** All finished ranges, merged, in order: what a checkpoint keeps. */
  finished(): readonly RowRange[];
  /** Re-runs one trial in a worker of this study, also after its end, until another study is started on the pool. */
  detail(market: number, positions: readonly number[]): Promise<Outcome<TrialDetail>>;
}
