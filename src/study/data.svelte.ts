import type { Answers } from '../bars/answers.ts';
import { openBars, type Bars } from '../bars/buffer.ts';
import { formatIsoDate } from '../document/dates.ts';
import type { GenerateSpec } from '../bars/generate.ts';
import type { Market } from '../bars/market.ts';
import type { ImportReport } from '../bars/report.ts';
import { SAMPLES, type SampleKey } from '../bars/samples.ts';
import { failed, fault, type Fault, type Outcome } from '../core/fault.ts';
import type { StudyDocument } from '../document/document.ts';
import { Library, type KeptFile } from './library.svelte.ts';
import type { Importer } from '../workers/import-client.ts';
import type { ExcerptLine } from '../workers/excerpt.ts';
import type { Imported, ImportRequest } from '../workers/import-messages.ts';

/** Where the bars come from, as the study document spells it. */
export type DataSource = StudyDocument['data'];
/** The name of bars that came without a file. */
export const PASTED = 'pasted rows';
const NOTHING_READ = { rows: 0, bytes: 0, allBytes: 0 };
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
  /** Lines of the file that could not be read, as far as they can be shown. */
  #excerpt = $state.raw<readonly ExcerptLine[]>([]);
  /** What a link wants and only the person has: a file. */
  #wanted = $state.raw<DataSource | null>(null);
  /** Files opened in this visit, the latest last; several at once are all kept to choose from. */
  #files = $state.raw<readonly Opened[]>([]);
  #file = $state.raw<Opened | null>(null); // the one that the bars are from
  #progress = $state.raw(NOTHING_READ);
  #changing: Opened | null = null; // the file at hand as it is being read anew
  readonly library = new Library();
  #isWarm = false;
  #importer: Promise<Importer> | null = null; // in a file of its own: the first paint does not need it
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
  /** Rows cut and bytes read so far; nothing of bars that come without a file. */
  get progress(): { readonly rows: number; readonly bytes: number; readonly allBytes: number } {
    return this.#progress;
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
  get excerpt(): readonly ExcerptLine[] {
    return this.#excerpt;
  }
  get wanted(): DataSource | null {
    return this.#wanted;
  }

  dismiss(): void {
    this.#faults = null;
  }

  useSample(sample: SampleKey, cut: Cut = {}): Promise<boolean> {
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
    return this.#change((file) => {
      const rest = Object.entries(file.answers).filter(([name]) => name !== key);
      return { ...file, answers: Object.fromEntries(value === null ? rest : [...rest, [key, value]]) };
    });
  }

  rename(symbol: string): Promise<boolean> {
    return this.#change((file) => ({ ...file, symbol: symbol.trim() === '' ? null : symbol.trim().slice(0, 64) }));
  }

  /** Cuts the file at hand to a range of dates; empty texts are open ends. */
  cutTo(from: string, to: string): Promise<boolean> {
    return this.#change((file) => ({
      ...file,
      cut: { ...(from === '' ? {} : { from }), ...(to === '' ? {} : { to }) },
    }));
  }

  /** Ends the reading; what was loaded before stays. */
  cancel(): void {
    this.#request++;
    this.#changing = null;
    void this.#importer?.then((importer) => importer.cancel());
    this.#busy = null;
  }

  #opened(name: string, content: Blob): Opened {
    const wanted = this.#wanted !== null && 'file' in this.#wanted ? this.#wanted.file : null;
    const symbol = wanted !== null && wanted.symbol !== '' && wanted.name === name ? wanted.symbol : null;
    return { name, content, answers: wanted?.answers ?? {}, symbol, cut: cutOf(this.#wanted) };
  }

  /**
   * Reads the file at hand in another way; where that is impossible it stays as it was, and the faults say why. A change that
   * comes while another one is being read adds to it.
   */
  async #change(edit: (file: Opened) => Opened): Promise<boolean> {
    const before = this.#changing ?? this.#file;
    if (before === null) return false;
    const file = edit(before);
    this.#changing = file;
    const read = await this.#read(file);
    if (this.#changing === file) this.#changing = null;
    if (read) this.#files = this.#files.map((other) => (other.name === file.name ? file : other));
    return read;
  }

  async #read(file: Opened): Promise<boolean> {
    const { name, content, answers, symbol, cut } = file;
    const request: ImportRequest = {
      source: { kind: 'file', file: content, name },
      ...cut,
      answers,
      ...(symbol === null ? {} : { symbol }),
      dayFirst: !navigator.language.startsWith('en-US'),
    };
    const spell = (imported: Imported): DataSource => ({ ...fileSource(file, imported), ...cut });
    const read = await this.#load(request, name, spell, { file });
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
    return this.#load({ source: { kind: 'market', market } }, market.name, () => source, { hash });
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

  /** Fetches what reads files and has it compiled, once, so that the first one does not wait for it. */
  async warm(): Promise<void> {
    if (this.#isWarm || this.#busy !== null) return;
    this.#isWarm = true;
    (await this.#loadImporter())?.warm();
  }

  /** Null where its file cannot be had. */
  async #loadImporter(): Promise<Importer | null> {
    try {
      this.#importer ??= import('../workers/import-client.ts').then(({ createImporter }) => createImporter());
      return await this.#importer;
    } catch {
      this.#importer = null;
      return null;
    }
  }

  async #load(
    request: ImportRequest,
    title: string,
    spell: (imported: Imported) => DataSource,
    { file = null, hash: whole }: { readonly file?: Opened | null; readonly hash?: string } = {},
  ): Promise<boolean> {
    const turn = ++this.#request;
    this.#isWarm ||= request.source.kind === 'file';
    if (this.#changing !== file) this.#changing = null;
    this.#busy = title;
    this.#fraction = 0;
    this.#progress = NOTHING_READ;
    const importer = await this.#loadImporter();
    if (turn !== this.#request) return false;
    const outcome = await (importer?.load(request, ({ fraction, rows, bytes, allBytes }) => {
      if (turn !== this.#request) return;
      this.#fraction = fraction;
      this.#progress = { rows, bytes, allBytes };
    }) ?? UNLOADED);
    if (turn !== this.#request) return false;
    this.#busy = null;
    const opened = open(outcome);
    if (!opened.ok) {
      this.#faults = opened.faults;
      this.#failedName = title;
      this.#excerpt = [];
      if (request.source.kind === 'file') void this.#show(request.source.file, opened.faults[0], turn);
      return false;
    }
    const { imported, bars } = opened.value;
    this.#faults = null;
    this.#file = file;
    const { market, others, report, hash } = imported;
    this.#loaded = { market, others, bars, report, hash: whole ?? hash, source: spell(imported) };
    return true;
  }

  async #show(file: Blob, { place }: Fault, turn: number): Promise<void> {
    const importer = await this.#loadImporter();
    if (importer === null) return;
    const lines = await importer.excerpt(file, place?.kind === 'file' ? place.line : 0);
    if (turn === this.#request) this.#excerpt = lines;
  }
}

const UNLOADED: Outcome<Imported> = failed(
  fault('import_unloaded', 'The bars were not loaded: a file of this page could not be had.', 'Try again when you are online.'),
);

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
