import { fault, type Fault, type Outcome } from '../core/fault.ts';
import { searchSetup } from '../document/search.ts';
import { formulaOf } from '../metrics/objective.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { createRows, type Rows } from '../metrics/rows.ts';
import type { Condensed } from '../results/condensed.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import { NOTHING_TO_ASK, POSITIONS_ARE_THERE } from '../workers/local-search.ts';
import type { SearchPort } from '../workers/search-port.ts';
import type { Progress, SweepHandle } from '../workers/sweep.ts';
import { clampWorkers } from '../workers/worker-count.ts';
import { cacheShare, marketBytes } from './budget.svelte.ts';
import type { RunMemory } from './condense-run.ts';
import { windowBytes } from './keeping.svelte.ts';
import type { AdoptedRun, KeptRun, RunState } from './kept-run.ts';
import { RunSearch } from './live-search.svelte.ts';
import { makeMemory } from './memory.ts';
import type { RunParts } from './run-parts.ts';
import type { RunSubject } from './run-subject.ts';
import { publishParts } from './publish.ts';

export type { RunSubject } from './run-subject.ts';

/** Who hears of a run that goes on. */
export interface RunListener {
  ranges(ranges: readonly RowRange[]): void; // finished rows, for the surface
  committed(): void; // more, of results that do not fit
  table(): void;
  cards(): void;
}

const setupOf = ({ document, objective, space }: RunSubject) => searchSetup(document, objective, space);

/** The pool, and the run under way or the last one. */
export class Run {
  #state = $state<RunState>('idle');
  #subject = $state.raw<RunSubject | null>(null);
  #rows = $state.raw<Rows | null>(null);
  #condensed: Condensed | null = null;
  #asked = $state(0);
  #progress = $state.raw<Progress | null>(null);
  #faults = $state.raw<readonly Fault[]>([]);
  #failures = $state.raw<readonly TrialFailure[]>([]);
  #cancelling = $state(false);
  #workers = $state(1);
  #nsPerBarTrial = $state(1.5); // until measured
  #digest = $state<string | null>(null);
  #parts: RunParts | null = null;
  readonly search = new RunSearch();
  readonly #listener: RunListener;
  #sweep: SweepHandle | null = null;
  #following: Promise<void> = Promise.resolve();
  #signing: Promise<void> = Promise.resolve();
  #adopted: readonly RowRange[] | null = null; // of a kept study
  readonly mostWorkers: number;
  budget = 2 ** 30; // bytes of a study, tables included

  constructor(listener: RunListener) {
    this.mostWorkers = clampWorkers(navigator.hardwareConcurrency);
    this.#workers = this.mostWorkers;
    this.#listener = listener;
  }

  get state(): RunState {
    return this.#state;
  }
  get subject(): RunSubject | null {
    return this.#subject;
  }
  get rows(): Rows | null {
    return this.#rows;
  }
  /** What is kept of results that do not fit; null where every row is. */
  get condensed(): Condensed | null {
    return this.#condensed;
  }
  /** Rows [0, asked) have positions; while a run is under way, all that have room. */
  get asked(): number {
    return this.#asked;
  }
  /** The rows to look at are [0, kept). */
  get kept(): number {
    return this.#condensed?.count ?? this.#asked;
  }
  get progress(): Progress | null {
    return this.#progress;
  }
  get faults(): readonly Fault[] {
    return this.#faults;
  }
  /** Trials that stopped with a fault, the first thousand. */
  get failures(): readonly TrialFailure[] {
    return this.#failures;
  }
  get cancelling(): boolean {
    return this.#cancelling;
  }
  get workers(): number {
    return this.#workers;
  }
  /** Of one worker's tables: what bars and results leave of the budget. */
  get cacheBytes(): number {
    const window = this.#condensed === null ? 0 : windowBytes(this.#condensed.shape);
    const used = (this.#subject === null ? 0 : marketBytes(this.#subject.bars)) + (this.#rows?.buffer.byteLength ?? 0) + window;
    return cacheShare(this.budget, used, this.mostWorkers);
  }
  get nsPerBarTrial(): number {
    return this.#nsPerBarTrial;
  }
  /** SHA-256 over the memory of a finished run's results: equal studies have equal ones, on any machine. */
  get digest(): string | null {
    return this.#digest;
  }

  /** Also while a run is under way: workers come and go at once. */
  setWorkers(count: number): void {
    this.#workers = Math.min(this.mostWorkers, clampWorkers(count));
    if (this.#state === 'running') this.#sweep?.setWorkers(this.#workers);
    else {
      this.#parts?.pool.resize(this.#workers);
      void this.warm();
    }
  }

  pause(): void {
    this.#sweep?.pause();
    this.#publishNumbers();
  }

  resume(): void {
    this.#sweep?.resume();
    this.#publishNumbers();
  }

  get paused(): boolean {
    return this.#state === 'running' && this.#progress?.paused === true;
  }

  #publishNumbers(): void {
    if (this.#sweep !== null && this.#state === 'running') this.#progress = this.#sweep.progress();
  }

  /** What runs a sweep comes in a file of its own, once the page stands. A run can begin when it is here. */
  async load(): Promise<RunParts> {
    const { makeRunParts } = await import('./run-parts.ts');
    return (this.#parts ??= makeRunParts(this.#workers));
  }

  get parts(): RunParts | null {
    return this.#parts;
  }

  /** Starts the threads and has the kernel compiled, so that the first run is as fast as the next. */
  async warm(): Promise<void> {
    const { pool, search } = await this.load();
    search.warm();
    const measured = await pool.warm();
    if (measured.ok && measured.value > 0) this.#nsPerBarTrial = measured.value;
  }

  /**
   * @param seconds after which no further trial is chosen; null where there is no such limit
   * @returns a fault where the run cannot begin; the last results are then still there
   */
  start(subject: RunSubject, kept: KeptRun | null = null, seconds: number | null = null): Fault | null {
    const parts = this.#parts;
    if (this.#state === 'running' || parts === null) return null;
    let memory: RunMemory;
    try {
      memory = parts.memoryFor(subject, kept, makeMemory);
    } catch (error) {
      const what = error instanceof Error ? error.message : String(error);
      return fault(
        'rows_memory',
        `There is no memory for ${subject.trials} trials: ${what}.`,
        'Narrow a range or make a step larger.',
      );
    }
    const { rows, condensed } = memory;
    this.#begin(subject, condensed?.rows ?? rows, condensed);
    this.#state = 'running';
    const search = this.search.open(parts.search, setupOf(subject), rows);
    this.#sweep = this.#sweepOf(subject, rows, search, kept?.finished ?? [], condensed);
    this.search.began(seconds, kept?.spentMs ?? 0, this.#sweep.done);
    this.#progress = this.#sweep.progress();
    this.#following = this.#follow(this.#sweep, subject);
    return null;
  }

  /** Shows a kept study. @param live whether its trials can be opened: results of another engine are only looked at */
  adopt(subject: RunSubject, kept: AdoptedRun, live: boolean): void {
    this.#begin(subject, kept.rows, kept.condensed ?? null);
    this.#state = kept.state;
    this.#asked = kept.asked;
    this.#failures = kept.failures;
    this.#progress = kept.progress;
    this.#adopted = kept.finished;
    this.#digest = kept.digest;
    this.#following = Promise.resolve();
    this.#sweep = live ? this.#sweepOf(subject, kept.rows, NOTHING_TO_ASK, []) : null;
  }

  #begin(subject: RunSubject, rows: Rows, condensed: Condensed | null): void {
    this.#subject = subject;
    this.#condensed = condensed;
    this.#rows = rows;
    this.search.forget();
    this.#asked = rows.rowCount;
    this.#faults = [];
    this.#failures = [];
    this.#digest = null;
    this.#cancelling = false;
    this.#adopted = null;
    this.#signing = Promise.resolve();
  }

  #sweepOf(
    subject: RunSubject,
    rows: Rows,
    search: SearchPort,
    finished: readonly RowRange[],
    condensed: Condensed | null = null,
  ): SweepHandle {
    const { space, plan, execution, scoring, bars, objective } = subject;
    const barCount = bars.count - scoring.startBar;
    const { pool, startSweep, windowOver, marketsFor } = this.#parts!;
    return startSweep({
      pool,
      plan,
      axes: space.axes,
      execution,
      ...marketsFor(setupOf(subject), bars, scoring, makeMemory),
      barCount,
      search,
      rows,
      total: subject.trials,
      estimated: subject.estimated,
      makeBuffer: makeMemory,
      cacheBytes: this.cacheBytes,
      finished,
      ...(condensed === null ? {} : { window: windowOver(condensed) }),
      ...formulaOf(objective),
      firstRows: Math.max(1, Math.floor(5e6 / Math.max(1, this.#nsPerBarTrial * barCount))),
    });
  }

  /** Whether there is a study of this engine whose trials can be run again. */
  get canMeasure(): boolean {
    return this.#subject !== null && this.#sweep !== null;
  }

  /** Runs trials of the last study again, on memory of their own. @param trials positions, one column per axis */
  async measure(trials: readonly Uint32Array[], workers: number): Promise<{ ms: number; rows: Rows } | null> {
    const subject = this.#subject;
    const own = this.#rows;
    if (subject === null || own === null || this.#state === 'running') return null;
    const shape = { rowCount: trials[0]?.length ?? 1, axisCount: trials.length, metrics: own.stored };
    const rows = createRows(shape, makeMemory);
    for (const [a, column] of trials.entries()) rows.positions[a]!.set(column);
    const { pool } = await this.load();
    pool.resize(workers);
    await pool.warm();
    const end = await this.#sweepOf(subject, rows, POSITIONS_ARE_THERE, []).done;
    return end.reason === 'finished' ? { ms: end.elapsedMs, rows } : null;
  }

  /** The pool is as large as before, and trials of the study can be opened again. */
  afterMeasuring(): void {
    this.#parts?.pool.resize(this.#workers);
    if (this.#subject !== null && this.#rows !== null)
      this.#sweep = this.#sweepOf(this.#subject, this.#rows, NOTHING_TO_ASK, []);
  }

  /** Ranges of rows that have their results. */
  finished(): readonly RowRange[] {
    const { committed = null } = this.#condensed ?? {};
    if (committed !== null) return committed > 0 ? [{ from: 0, to: committed }] : [];
    return this.#adopted ?? this.#sweep?.finished() ?? [];
  }

  /** Resolves when the results of a finished run have their hash. */
  signed(): Promise<void> {
    return this.#signing;
  }

  cancel(): void {
    if (this.#state !== 'running') return;
    this.#cancelling = true;
    void this.#sweep?.cancel();
  }

  /** Resolves when the run under way has ended and its last rows were told of. */
  ended(): Promise<void> {
    return this.#following;
  }

  /** Re-runs one trial of the last run. */
  detail(positions: readonly number[]): Promise<Outcome<TrialDetail>> {
    const sweep = this.#sweep;
    if (sweep !== null) return sweep.detail(0, positions);
    const what = 'These results are of another engine, or there are none: their trials cannot be opened.';
    return Promise.resolve({ ok: false, faults: [fault('study_closed', what, 'Run the study again.')] });
  }

  async #follow(sweep: SweepHandle, subject: RunSubject): Promise<void> {
    const publish = {
      numbers: () => {
        this.#progress = sweep.progress();
        this.#learn(this.#progress, subject);
      },
      surface: () => {
        const ranges = sweep.takeCompleted();
        if (this.#condensed !== null) this.#listener.committed();
        else if (ranges.length > 0) this.#listener.ranges(ranges);
      },
      table: () => this.#listener.table(),
      cards: () => this.#listener.cards(),
    };
    const stop = publishParts(publish);
    const end = await sweep.done;
    stop();
    this.#condensed?.sort();
    publish.surface();
    publish.numbers();
    const { keptFailures, keptProgress } = this.#parts!;
    this.#progress = keptProgress(sweep.progress(), this.#condensed);
    this.#asked = this.#condensed?.committed ?? end.asked;
    this.#faults = end.faults;
    this.#failures = keptFailures(end.failures, this.#condensed);
    this.#cancelling = false;
    this.#state = end.reason === 'finished' ? 'done' : end.reason === 'cancelled' ? 'cancelled' : 'failed';
    if (end.reason === 'finished') this.#signing = this.#sign(this.#rows);
  }

  /** What a bar of a trial takes, once a run has lasted long enough to tell. */
  #learn({ done, elapsedMs }: Progress, { bars, scoring }: RunSubject): void {
    const barTrials = done * (bars.count - scoring.startBar);
    if (elapsedMs > 100 && barTrials > 2e7) this.#nsPerBarTrial = (elapsedMs * 1e6 * this.#workers) / barTrials;
  }

  async #sign(rows: Rows | null): Promise<void> {
    const { encodeCondensed, digestOf } = this.#parts!;
    const bytes = this.#condensed === null ? rows?.buffer : encodeCondensed(this.#condensed);
    const digest = bytes === undefined ? null : await digestOf(bytes, () => this.#rows === rows);
    if (this.#rows === rows) this.#digest = digest;
  }
}
