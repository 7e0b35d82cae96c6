import type { Answers } from '../bars/answers.ts';
import { openBars, type Bars } from '../bars/buffer.ts';
import { formatIsoDate } from '../document/dates.ts';
import type { GenerateSpec } from '../bars/generate.ts';
import type { Market } from '../bars/market.ts';
import type { ImportReport } from '../bars/report.ts';
import { SAMPLES, type SampleKey } from '../bars/samples.ts';
import type { Fault, Outcome } from '../core/fault.ts';
import type { StudyDocument } from '../document/schema.ts';
import { Library, type KeptFile } from './library.svelte.ts';
import { createImporter, type Importer } from '../workers/import-client.ts';
import type { Imported, ImportRequest } from '../workers/import-messages.ts';

/** Where the bars come from, as the study document spells it. */
export type DataSource = StudyDocument['data'];
/** The name of bars that came without a file. */
export const PASTED = 'pasted rows';
const MOST_FILES = 20; // kept to choose from

export interface Cut {
  readonly from?: string; // ISO dates, inclusive
  readonly to?: string;
}

interface Loaded {
  readonly market: Market;
  readonly others: readonly Market[];
  readonly bars: Bars;
  readonly report: ImportReport;
  readonly source: DataSource;
  readonly hash: string; // of the whole source, before a cut
}

/** A price file or pasted text of this visit, with what a person has said about it. */
export interface Opened {
  readonly name: string;
  readonly content: Blob;
  readonly answers: Answers;
  readonly symbol: string | null; // as a person named it
  readonly cut: Cut;
}

/** The bars of the study. What is loaded stays until something else was loaded without fault. */
export class Data {
  #loaded = $state.raw<Loaded | null>(null);
  #busy = $state<string | null>(null);
  #fraction = $state(0);
  #faults = $state.raw<readonly Fault[] | null>(null);
  #failedName = $state('');
  /** What a link wants and only the person has: a file. */
  #wanted = $state.raw<DataSource | null>(null);
  /** Files opened in this visit, the latest last; several at once are all kept to choose from. */
  #files = $state.raw<readonly Opened[]>([]);
  #file = $state.raw<Opened | null>(null); // the one that the bars are from, or that could not be read
  #rows = $state(0);
  #bytes = $state(0);
  readonly library = new Library();
  readonly #importer: Importer = createImporter();
  #request = 0;

  readonly market: Market | null = $derived.by(() => this.#loaded?.market ?? null);
  readonly others: readonly Market[] = $derived.by(() => this.#loaded?.others ?? []);
  readonly bars: Bars | null = $derived.by(() => this.#loaded?.bars ?? null);
  readonly report: ImportReport | null = $derived.by(() => this.#loaded?.report ?? null);
  readonly source: DataSource | null = $derived.by(() => this.#loaded?.source ?? null);
  readonly hash: string | null = $derived.by(() => this.#loaded?.hash ?? null);

  /** What is being read now, in words; null while nothing is. */
  get busy(): string | null {
    return this.#busy;
  }
  /** Share of it that is read, 0 … 1. */
  get fraction(): number {
    return this.#fraction;
  }
  /** Rows cut and bytes read so far. */
  get progress(): { readonly rows: number; readonly bytes: number } {
    return { rows: this.#rows, bytes: this.#bytes };
  }
  get files(): readonly Opened[] {
    return this.#files;
  }
  get file(): Opened | null {
    return this.#file;
  }
  /** Why the last thing could not be read. */
  get faults(): readonly Fault[] | null {
    return this.#faults;
  }
  get failedName(): string {
    return this.#failedName;
  }
  get wanted(): DataSource | null {
    return this.#wanted;
  }

  dismiss(): void {
    this.#faults = null;
  }

  useSample(sample: SampleKey, cut: Cut = {}): Promise<boolean> {
    this.#file = null;
    return this.#load(
      { source: { kind: 'sample', sample }, ...cut },
      `${SAMPLES[sample].title}, ${SAMPLES[sample].span}`,
      ({ hash }) => ({
        sample,
        hash,
        ...cut,
      }),
    );
  }

  generate(spec: GenerateSpec, cut: Cut = {}): Promise<boolean> {
    this.#file = null;
    return this.#load({ source: { kind: 'generate', spec }, ...cut }, 'generated bars', ({ hash }) => ({
      generate: spec,
      hash,
      ...cut,
    }));
  }

  /** Reads the first of some files; the others stay to be chosen. */
  readFiles(files: readonly File[]): Promise<boolean> {
    const opened = files.map((file) => this.#opened(file.name, file));
    const names = new Set(opened.map(({ name }) => name));
    this.#files = [...this.#files.filter(({ name }) => !names.has(name)), ...opened].slice(-MOST_FILES);
    const [first] = opened;
    return first === undefined ? Promise.resolve(false) : this.#read(first);
  }

  readFile(file: File): Promise<boolean> {
    return this.readFiles([file]);
  }

  readText(text: string): Promise<boolean> {
    return this.readFiles([new File([text], PASTED)]);
  }

  /** Takes another one of the files that were opened. */
  choose(file: Opened): Promise<boolean> {
    return this.#read(file);
  }

  /** Opens a file that was kept from an earlier visit. */
  async openKept(kept: KeptFile): Promise<boolean> {
    const content = await this.library.open(kept);
    if (content === null) return false;
    const opened: Opened = { name: kept.name, content, answers: kept.answers, symbol: null, cut: {} };
    this.#files = [...this.#files.filter(({ name }) => name !== kept.name), opened].slice(-MOST_FILES);
    return this.#read(opened);
  }

  /** Reads the file at hand again with one answer more; null takes an answer back. */
  answer(key: string, value: string | null): Promise<boolean> {
    if (this.#file === null) return Promise.resolve(false);
    const rest = Object.entries(this.#file.answers).filter(([name]) => name !== key);
    const answers = Object.fromEntries(value === null ? rest : [...rest, [key, value]]);
    return this.#change({ ...this.#file, answers });
  }

  rename(symbol: string): Promise<boolean> {
    if (this.#file === null) return Promise.resolve(false);
    return this.#change({ ...this.#file, symbol: symbol.trim() === '' ? null : symbol.trim().slice(0, 64) });
  }

  /** Cuts the file at hand to a range of dates; empty texts are open ends. */
  cutTo(from: string, to: string): Promise<boolean> {
    if (this.#file === null) return Promise.resolve(false);
    return this.#change({ ...this.#file, cut: { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) } });
  }

  /** Ends the reading; what was loaded before stays. */
  cancel(): void {
    this.#request++;
    this.#importer.cancel();
    this.#busy = null;
  }

  #opened(name: string, content: Blob): Opened {
    const wanted = this.#wanted !== null && 'file' in this.#wanted ? this.#wanted.file : null;
    const symbol = wanted !== null && wanted.symbol !== '' && wanted.name === name ? wanted.symbol : null;
    return { name, content, answers: wanted?.answers ?? {}, symbol, cut: cutOf(this.#wanted) };
  }

  /** Reads a file in another way; where that is impossible it stays as it was, and the faults say why. */
  async #change(file: Opened): Promise<boolean> {
    const before = this.#file;
    const read = await this.#read(file);
    const kept = read ? file : before;
    if (this.#file !== file || kept === null) return read;
    this.#file = kept;
    this.#files = this.#files.map((other) => (other.name === kept.name ? kept : other));
    return read;
  }

  async #read(file: Opened): Promise<boolean> {
    this.#file = file;
    const { name, content, answers, symbol, cut } = file;
    const request: ImportRequest = {
      source: { kind: 'file', file: content, name },
      ...cut,
      answers,
      ...(symbol === null ? {} : { symbol }),
      dayFirst: !navigator.language.startsWith('en-US'),
    };
    const read = await this.#load(request, name, (imported) => ({ ...fileSource(file, imported), ...cut }));
    if (read && name !== PASTED) this.#keep(file);
    return read;
  }

  /** Keeps what was read for the next visit; nothing waits for it. */
  #keep({ name, content, answers }: Opened): void {
    const report = this.report;
    if (report === null || this.market === null) return;
    const dates = { from: formatIsoDate(report.from), to: formatIsoDate(report.to) };
    void this.library.keep(content, { name, answers, symbol: this.market.symbol, bars: report.bars, ...dates });
  }

  /** Bars that were kept with a study, as they were used: cut already. @param hash of the whole source */
  restore(market: Market, source: DataSource, hash: string): Promise<boolean> {
    this.#wanted = null;
    this.#file = null;
    return this.#load({ source: { kind: 'market', market } }, market.name, () => source, hash);
  }

  /** Loads what a document names; a file can only be waited for, or stands in the library. */
  async use(source: DataSource): Promise<boolean> {
    this.#wanted = null;
    const cut = cutOf(source);
    if ('sample' in source) return this.useSample(source.sample, cut);
    if ('generate' in source) return this.generate(source.generate, cut);
    if (this.#loaded?.hash !== source.file.hash) this.#wanted = source;
    return false;
  }

  async #load(
    request: ImportRequest,
    title: string,
    spell: (imported: Imported) => DataSource,
    sourceHash: string | null = null,
  ): Promise<boolean> {
    const turn = ++this.#request;
    this.#busy = title;
    this.#fraction = 0;
    this.#rows = 0;
    this.#bytes = 0;
    const outcome = await this.#importer.load(request, ({ fraction, rows, bytes }) => {
      if (turn !== this.#request) return;
      this.#fraction = fraction;
      this.#rows = rows;
      this.#bytes = bytes;
    });
    if (turn !== this.#request) return false;
    this.#busy = null;
    const opened = open(outcome);
    if (!opened.ok) {
      this.#faults = opened.faults;
      this.#failedName = title;
      return false;
    }
    const { imported, bars } = opened.value;
    this.#faults = null;
    const { market, others, report, hash } = imported;
    this.#loaded = { market, others, bars, report, hash: sourceHash ?? hash, source: spell(imported) };
    return true;
  }
}

/** The dates between which a source is used. */
function cutOf(source: DataSource | null): Cut {
  return { ...(source?.from == null ? {} : { from: source.from }), ...(source?.to == null ? {} : { to: source.to }) };
}

function open(outcome: Outcome<Imported>): Outcome<{ imported: Imported; bars: Bars }> {
  if (!outcome.ok) return outcome;
  const bars = openBars(outcome.value.market.buffer);
  return bars.ok ? { ok: true, value: { imported: outcome.value, bars: bars.value } } : bars;
}

function fileSource({ name, answers }: Opened, { market, report, hash }: Imported): DataSource {
  return {
    file: {
      name,
      symbol: market.symbol,
      hash,
      from: formatIsoDate(report.from),
      to: formatIsoDate(report.to),
      bars: report.bars,
      ...(Object.keys(answers).length > 0 ? { answers } : {}),
    },
  };
}
