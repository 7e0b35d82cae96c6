import type { Fault } from '../../core/fault.ts';
import { ENGINE_VERSION } from '../../core/version.ts';
import { encodeCondensed } from '../../results/condensed-file.ts';
import { addRange, type RowRange } from '../../schedule/chunks.ts';
import type { Run, RunSubject } from '../run.svelte.ts';
import type { Library } from './library.ts';
import type { RecordBest, RecordState, StudyRecord } from './record.ts';
import { piecesOfRanges } from './rows-file.ts';

const EVERY_MS = 2000;

export interface RecorderOptions {
  readonly run: Run;
  readonly library: Library;
  readonly subject: RunSubject;
  readonly strategy: string; // in words
  readonly best: () => RecordBest | null;
  readonly resumed: StudyRecord | null;
  readonly saved: (record: StudyRecord) => void;
  readonly failed: (fault: Fault) => void;
}

/**
 * Keeps one study while it runs: every two seconds the rows that were finished since, then the record that says which are
 * finished. A crash in between leaves rows that no record names, which are computed again.
 */
export class Recorder {
  readonly id: string;
  readonly #options: RecorderOptions;
  readonly #startedMs: number;
  readonly #before: { readonly elapsedMs: number; readonly busyMs: number };
  #name: string;
  #note: string;
  #kept: readonly RowRange[];
  #saving: Promise<void> | null = null;
  #broken = false;

  constructor(options: RecorderOptions) {
    const { id, startedMs, name, note, finished, ...before } = options.resumed ?? freshStudy(options);
    this.#options = options;
    this.id = id;
    this.#startedMs = startedMs;
    this.#before = before;
    this.#name = name;
    this.#note = note;
    this.#kept = finished;
  }

  rename({ name, note }: Pick<StudyRecord, 'name' | 'note'>): void {
    this.#name = name;
    this.#note = note;
  }

  /** Keeps the study until it has ended. */
  async follow(): Promise<void> {
    const { run, library, subject } = this.#options;
    if ('file' in subject.document.data) {
      const kept = await library.keepBars(subject.bars.hash, subject.market);
      if (!kept.ok) this.#fail(kept.faults[0]);
    }
    await this.save();
    const timer = setInterval(() => void this.save(), EVERY_MS);
    await run.ended();
    clearInterval(timer);
    await this.#saving;
    await this.save();
    if (run.state !== 'done') return;
    await run.signed();
    await this.save();
  }

  /** One checkpoint; a call while one is written waits for it. */
  save(): Promise<void> {
    this.#saving ??= this.#save().finally(() => (this.#saving = null));
    return this.#saving;
  }

  async #save(): Promise<void> {
    const { run, library, subject } = this.#options;
    const { rows } = run;
    if (rows === null || run.subject !== subject) return; // a newer run has begun
    const finished = run.finished();
    const fresh = without(finished, this.#kept);
    const { condensed } = run;
    const patched = await (condensed === null
      ? library.patchRows(this.id, rows.buffer, piecesOfRanges(rows, fresh))
      : library.saveCondensed(this.id, encodeCondensed(condensed)));
    if (!patched.ok) return this.#fail(patched.faults[0]);
    const record = this.#record(finished);
    const saved = await library.save(record);
    if (!saved.ok) return this.#fail(saved.faults[0]);
    for (const range of fresh) this.#kept = addRange(this.#kept, range);
    this.#broken = false;
    this.#options.saved(record);
  }

  /** Told once, not every two seconds. */
  #fail(fault: Fault): void {
    if (!this.#broken) this.#options.failed(fault);
    this.#broken = true;
  }

  #record(finished: readonly RowRange[]): StudyRecord {
    const { run, subject, strategy, best } = this.#options;
    const { document, market, bars, trials, estimated, keep } = subject;
    const { progress } = run;
    const source = document.data;
    return {
      record: keep === null ? 1 : 2,
      id: this.id,
      name: this.#name,
      note: this.#note,
      startedMs: this.#startedMs,
      savedMs: Date.now(),
      engine: ENGINE_VERSION,
      state: stateOf(run),
      document,
      strategy,
      data: {
        name: market.name,
        symbol: market.symbol,
        hash: bars.hash,
        sourceHash: ('file' in source ? source.file.hash : source.hash) ?? bars.hash,
        fromMs: bars.time[0] ?? 0,
        toMs: bars.time[bars.count - 1] ?? 0,
        bars: bars.count,
        synthetic: market.synthetic,
        zone: market.zone,
      },
      trials,
      estimated,
      asked: run.asked,
      done: finished.reduce((sum, { from, to }) => sum + to - from, 0),
      finished,
      failures: run.failures,
      elapsedMs: this.#before.elapsedMs + (progress?.elapsedMs ?? 0),
      busyMs: this.#before.busyMs + (progress?.busyMs ?? 0),
      workers: run.workers,
      best: best(),
      digest: run.digest,
      ...(keep === null ? {} : { keep }),
    };
  }
}

function freshStudy({ subject, strategy }: RecorderOptions) {
  const name = `${subject.market.symbol}, ${strategy}`;
  return { id: crypto.randomUUID(), startedMs: Date.now(), name, note: '', finished: [], elapsedMs: 0, busyMs: 0 };
}

function stateOf({ state }: Run): RecordState {
  return state === 'idle' ? 'cancelled' : state;
}

/** The parts of sorted ranges that the others do not hold. */
export function without(ranges: readonly RowRange[], others: readonly RowRange[]): RowRange[] {
  const left: RowRange[] = [];
  for (const { from, to } of ranges) {
    let at = from;
    for (const other of others) {
      if (other.to <= at || other.from >= to) continue;
      if (other.from > at) left.push({ from: at, to: other.from });
      at = Math.max(at, other.to);
    }
    if (at < to) left.push({ from: at, to });
  }
  return left;
}
