import { fault, type Fault, type Outcome } from '../../core/fault.ts';
import { ENGINE_VERSION } from '../../core/version.ts';
import type { Run, RunSubject } from '../run.svelte.ts';
import type { Library } from './library.ts';
import { holdStudy, studiesHeld, type Held } from './locks.ts';
import type { RecordBest, StudyRecord } from './record.ts';
import type { Recorder } from './recorder.ts';
import { trialsTried } from './tried.ts';

const loadStudies = () => import('./kept-studies.ts');
type Kept = Awaited<ReturnType<typeof loadStudies>>;

const CHANNEL = 'barsweep studies';
const UNDO_MS = 8000;

/** What is said for a while, with a way back. */
export interface Undo {
  readonly text: string;
  readonly undo: () => void;
}

interface Told {
  readonly id: string;
  readonly kind: 'saved' | 'removed';
}

/** Every study that ran on this machine: kept while it runs, found again, carried elsewhere. */
export class Notebook {
  #records = $state.raw<readonly StudyRecord[]>([]);
  #deleted = $state.raw<Readonly<Record<string, number>>>({});
  #held = $state.raw<ReadonlySet<string>>(new Set());
  #fault = $state.raw<Fault | null>(null);
  #undo = $state.raw<Undo | null>(null);
  #hidden = $state.raw<ReadonlySet<string>>(new Set()); // deleted, and the way back is open
  #loaded = $state(false);
  #current = $state<string | null>(null); // the study that runs here, or ran last
  readonly #channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(CHANNEL);
  readonly #run: Run;
  #kept: Kept | null = null;
  #recorder: Recorder | null = null;
  #lock: Held | null = null;
  #followed: Promise<void> = Promise.resolve(); // until the recorder has written its last
  #watching: ((record: StudyRecord) => void) | null = null;
  #watched = '';

  constructor(run: Run) {
    this.#run = run;
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Told>) => void this.#heard(data));
  }

  /** Newest first. */
  readonly records: readonly StudyRecord[] = $derived.by(() => this.#records.filter(({ id }) => !this.#hidden.has(id)));

  /** Studies that began and have no page any more: they can go on. */
  readonly interrupted: readonly StudyRecord[] = $derived.by(() =>
    this.records.filter(({ id, state }) => state === 'running' && !this.#held.has(id) && id !== this.#current),
  );

  get loaded(): boolean {
    return this.#loaded;
  }
  /** Why something could not be kept or read. */
  get fault(): Fault | null {
    return this.#fault;
  }
  get undo(): Undo | null {
    return this.#undo;
  }
  get current(): string | null {
    return this.#current;
  }

  dismiss(): void {
    this.#fault = null;
  }

  /** Whether another tab computes it now. */
  isHeld(id: string): boolean {
    return this.#held.has(id) && id !== this.#current;
  }

  /** Trials ever run on these bars, here and now included. */
  tried(hash: string): number {
    return trialsTried(hash, this.#records, this.#deleted);
  }

  async load(): Promise<void> {
    const keeping = await this.#keeping();
    if (keeping === null) return;
    const { library } = keeping;
    const [list, deleted, held] = await Promise.all([library.list(), library.deletedCounts(), studiesHeld()]);
    this.#records = list.records;
    this.#deleted = deleted;
    this.#held = held;
    if (list.faults[0] !== undefined) this.#fault = list.faults[0];
    this.#loaded = true;
  }

  /** A run begins: from now on it is kept. @param resumed the record of a study that goes on */
  async begin(
    subject: RunSubject,
    strategy: string,
    best: () => RecordBest | null,
    resumed: StudyRecord | null,
  ): Promise<void> {
    // At once where it is here: whoever calls may ask next which study is current.
    const keeping = this.#kept ?? (await this.#keeping());
    if (keeping === null) return;
    const recorder = new keeping.Recorder({
      run: this.#run,
      library: keeping.library,
      subject,
      strategy,
      best,
      resumed,
      saved: (record) => this.#saved(record),
      failed: (fault) => (this.#fault = fault),
    });
    this.#recorder = recorder;
    this.#current = recorder.id;
    this.#lock?.release();
    this.#followed = this.#follow(recorder);
    return this.#followed;
  }

  async #follow(recorder: Recorder): Promise<void> {
    const lock = await holdStudy(recorder.id);
    if (this.#recorder === recorder) this.#lock = lock;
    else lock?.release();
    await recorder.follow();
    lock?.release();
  }

  /** Calls back with what forgets the study at hand: another one goes on from it and holds its trials. */
  replacing(): () => Promise<void> {
    const id = this.#current;
    const followed = this.#followed;
    return async () => {
      await followed;
      const record = this.#records.find((one) => one.id === id);
      if (record === undefined || id === this.#current) return;
      await this.#tell((await loadStudies()).library.drop(record), record.id, 'removed');
      this.#records = this.#records.filter((one) => one !== record);
    };
  }

  /** Writes what has been computed now: the page may be gone soon. */
  saveNow(): void {
    void this.#recorder?.save();
  }

  /** The rows of a study and the bars that were kept with it. */
  async rows(record: StudyRecord): Promise<Outcome<ArrayBuffer>> {
    return (await loadStudies()).library.rows(record);
  }

  bars: Library['bars'] = async (data, make) => (await loadStudies()).library.bars(data, make);

  /** Takes a study for this tab; false where another has it. */
  async take(id: string): Promise<boolean> {
    this.#held = await studiesHeld();
    return !this.#held.has(id) || id === this.#current;
  }

  /** Calls back whenever another tab has kept more of the study. */
  watch(id: string, changed: (record: StudyRecord) => void): void {
    this.#watched = id;
    this.#watching = changed;
  }

  unwatch(): void {
    this.#watching = null;
  }

  async change(id: string, changes: Partial<Pick<StudyRecord, 'name' | 'note' | 'state'>>): Promise<void> {
    const record = this.#records.find((one) => one.id === id);
    if (record === undefined) return;
    const changed = { ...record, ...changes };
    this.#put(changed);
    if (this.#recorder?.id === id) this.#recorder.rename(changed);
    const { library } = await loadStudies();
    await this.#tell(library.save(changed), id, 'saved');
  }

  remove(id: string): void {
    const record = this.#records.find((one) => one.id === id);
    if (record === undefined || id === this.#running()) return;
    this.#hidden = new Set([...this.#hidden, id]);
    const back = (): void => {
      clearTimeout(timer);
      this.#hidden = new Set([...this.#hidden].filter((one) => one !== id));
      this.#undo = null;
    };
    const timer = setTimeout(() => {
      if (this.#undo?.undo === back) this.#undo = null;
      void this.#removeNow(record);
    }, UNDO_MS);
    this.#undo = { text: `${record.name} was deleted.`, undo: back };
  }

  async exportStudy(id: string): Promise<Blob | null> {
    const record = this.#records.find((one) => one.id === id);
    if (record === undefined) return null;
    const { library, packStudy } = await loadStudies();
    const rows = await library.rows(record);
    if (!rows.ok) {
      this.#fault = rows.faults[0];
      return null;
    }
    const bars = await library.barsBytes(record.data.hash);
    return packStudy({ record, rows: rows.value, bars: bars.ok ? bars.value : null });
  }

  /** @returns the study, which is kept now; null where the file is none */
  async importStudy(file: Blob): Promise<StudyRecord | null> {
    const { library, unpackStudy } = await loadStudies();
    const unpacked = await unpackStudy(file);
    if (!unpacked.ok) {
      this.#fault = unpacked.faults[0];
      return null;
    }
    const { record, rows, bars } = unpacked.value;
    const { data } = record;
    const kept: StudyRecord = { ...record, state: record.state === 'running' ? 'cancelled' : record.state };
    const market = { symbol: data.symbol, name: data.name, synthetic: data.synthetic, zone: data.zone };
    const saved = [
      ...(bars === null ? [] : [await library.keepBars(data.hash, { ...market, buffer: bars })]),
      await (record.keep === undefined
        ? library.patchRows(record.id, rows, [{ at: 0, length: rows.byteLength }])
        : library.saveCondensed(record.id, rows)),
      await library.save(kept),
    ];
    const wrong = saved.find((one) => !one.ok);
    if (wrong?.ok === false) {
      this.#fault = wrong.faults[0];
      return null;
    }
    this.#put(kept);
    return kept;
  }

  /** Whether this page's engine made it, so that it can go on and its trials can be opened. */
  isOwn({ engine }: StudyRecord): boolean {
    return engine === ENGINE_VERSION;
  }

  /** What keeps studies, or null where its file cannot be had; that is told. */
  async #keeping(): Promise<Kept | null> {
    try {
      return (this.#kept = await loadStudies());
    } catch {
      const advice = 'Load the page again when you are online.';
      this.#fault = fault('storage_unloaded', 'Studies are not kept: a file of this page could not be loaded.', advice);
      return null;
    }
  }

  #running(): string | null {
    return this.#run.state === 'running' ? this.#current : null;
  }

  async #removeNow(record: StudyRecord): Promise<void> {
    const { library } = await loadStudies();
    await this.#tell(library.remove(record, this.#records), record.id, 'removed');
    this.#records = this.#records.filter(({ id }) => id !== record.id);
    this.#deleted = await library.deletedCounts();
  }

  #saved(record: StudyRecord): void {
    this.#put(record);
    this.#channel?.postMessage({ id: record.id, kind: 'saved' } satisfies Told);
  }

  #put(record: StudyRecord): void {
    const others = this.#records.filter(({ id }) => id !== record.id);
    this.#records = [...others, record].sort((a, b) => b.startedMs - a.startedMs);
  }

  async #tell(act: Promise<Outcome<null>>, id: string, kind: Told['kind']): Promise<void> {
    const outcome = await act;
    if (outcome.ok) this.#channel?.postMessage({ id, kind } satisfies Told);
    else this.#fault = outcome.faults[0];
  }

  async #heard({ id, kind }: Told): Promise<void> {
    if (kind === 'removed') this.#records = this.#records.filter((one) => one.id !== id);
    const { library } = await loadStudies();
    const [record, held] = await Promise.all([library.read(id), studiesHeld()]);
    this.#held = held;
    if (kind === 'removed' || !record.ok) return;
    this.#put(record.value);
    if (this.#watched === id) this.#watching?.(record.value);
  }
}
