import type { Outcome } from '../core/fault.ts';
import type { Formula } from '../metrics/objective.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { Asked } from '../search/sampler.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import type { Axis } from '../space/axis.ts';
import type { RowRange } from './chunks.ts';
import type { StudyProfile, TrialPath } from './profile.ts';

/** What a worker needs to evaluate trials; sent once per study. Bars, rows and control words are shared memory. */
export interface StudySetup {
  readonly generation: number; // a reply of an older generation is ignored
  readonly workerIndex: number;
  readonly plan: Plan;
  readonly axes: readonly Axis[]; // the study's, ranges overridden
  readonly execution: Execution;
  readonly scoring: readonly ResolvedScoring[]; // one per market
  readonly markets: readonly ArrayBufferLike[]; // Bars buffers; one entry today
  /** metrics/rows layout: positions in, metrics and states out. Null where memory cannot be shared: each `run` then carries rows. */
  readonly rows: ArrayBufferLike | null;
  readonly metrics: readonly number[]; // the columns of the rows: RowsShape's
  readonly control: ArrayBufferLike; // schedule/control layout
  readonly cacheBytes: number; // budget for memoised series and bits of this worker
  readonly tables?: ArrayBufferLike; // strategy/shared-tables of the first market, where workers share values
  readonly held?: ArrayBufferLike; // strategy/held-memory of the first market, likewise
  readonly objective?: Formula; // over indices into METRICS; absent where the study ranks by a metric
}

/** A trial that stopped with an exception; its row has the state `failed`. */
export interface TrialFailure {
  readonly row: number;
  readonly message: string; // without an end mark
}

export interface RunReport {
  readonly generation: number;
  readonly from: number; // row, inclusive
  readonly to: number; // row, exclusive; smaller than asked where the worker was told to stop
  readonly ms: number; // busy time inside the worker
  readonly failures: readonly TrialFailure[]; // the first few
  readonly rows?: ArrayBuffer; // the rows that the call carried, filled
}

/** The calls of a sweep worker. All numbers per trial go through shared memory. */
export interface SweepWorkerApi {
  /** Runs a tiny built-in study once so that the kernel is compiled; resolves to measured ns per bar and trial. */
  warm(): Promise<number>;
  open(setup: StudySetup): Promise<Outcome<null>>;
  /** @param carried where memory is not shared: rows of [from, to) alone, with their positions */
  run(generation: number, from: number, to: number, carried?: ArrayBuffer): Promise<RunReport>;
  /** Re-runs one trial by the sweep's path and by the plain path. `positions`: one per axis. */
  detail(generation: number, market: number, positions: readonly number[]): Promise<Outcome<TrialDetail>>;
  /** Times a sample of trials, one entry per trial and axis in each; the study goes on as before. */
  profile(generation: number, trials: readonly (readonly number[])[]): Promise<Outcome<StudyProfile>>;
  close(): Promise<void>;
}

/** The calls of the search worker. Positions go into the rows' shared memory, metrics are read there. */
export interface SearchWorkerApi {
  open(generation: number, setup: SearchSetup, rows: ArrayBufferLike): Promise<Outcome<null>>;
  /**
   * Tells finished rows, then asks positions for rows [from, to). Where there are none before rows under way are told, the
   * answer comes once they are.
   * @returns fewer than asked also where its time is used up: ask again
   */
  ask(generation: number, told: readonly RowRange[], from: number, to: number): Promise<Outcome<Asked>>;
  /** Tells finished rows while a question is under way. */
  tell(generation: number, told: readonly RowRange[]): Promise<void>;
  /** Changes the budget and the patience of the search under way. */
  limit(generation: number, trials: number, patience: number): Promise<void>;
}

/** Times of an engine that has a clock: places are the Plan's nodes, then `stops`, `evaluation`, `metrics`. */
export interface EngineTimes {
  readonly ms: Float64Array; // per place, without what other places took meanwhile
  readonly entered: Uint32Array; // per place
}

/** A study's rows: a column of positions per axis, and the value that a position stands for. */
export interface RowSource {
  readonly positions: readonly Uint32Array[];
  readonly valueOf: (axis: number, position: number) => number;
}

/** Evaluates trials of one market; made by kernel/, injected so that only worker entries name the kernel. */
export interface TrialEngine {
  readonly path: TrialPath;
  /** The two axes of the pairs where `path` is `pairs`. */
  readonly pairAxes: readonly [number, number] | null;
  readonly times: EngineTimes | null; // null without a clock
  /**
   * @param positions one per axis (memoisation keys)
   * @param values one per axis: `axisValue`
   * @param out receives every metric column in METRICS order, `out.length` ≥ METRICS.length
   * @returns the trial's state code
   */
  run(positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number;
  /**
   * Evaluates the first rows of [from, to) together, where it can; `prepared` then gives what `run` would.
   * @param stopped asked now and then: whether the study was cancelled
   * @returns count of rows, row `from` first; negative: so many rows are to be run one by one before it is asked again
   */
  prepare(rows: RowSource, from: number, to: number, stopped: () => boolean): number;
  /** @param k of the prepared rows; arguments and result as of `run` */
  prepared(k: number, positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number;
  /** Writes the block moments of the trial that `run` or `prepared` gave last, where they are wanted: 32 numbers from `at` on. */
  moments(into: Float64Array, at: number): void;
  detail(positions: ArrayLike<number>, values: ArrayLike<number>): Outcome<TrialDetail>;
}

export interface EngineSetup {
  readonly plan: Plan;
  readonly axisSizes: readonly number[];
  readonly bars: ArrayBufferLike;
  readonly execution: Execution;
  readonly scoring: ResolvedScoring;
  readonly cacheBytes: number;
  readonly tables?: ArrayBufferLike;
  readonly held?: ArrayBufferLike;
  readonly columns?: readonly number[]; // as of the rows; absent: every metric
  readonly objective?: Formula;
  readonly clock?: () => number; // ms: the engine keeps times; absent: it does not
}

export type EngineFactory = (setup: EngineSetup) => Outcome<TrialEngine>;
