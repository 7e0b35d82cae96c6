import { openBars, type Bars } from '../bars/buffer.ts';
import { formatIsoDate } from '../document/dates.ts';
import type { GenerateSpec } from '../bars/generate.ts';
import type { Market } from '../bars/market.ts';
import type { ImportReport } from '../bars/report.ts';
import { SAMPLES, type SampleKey } from '../bars/samples.ts';
import type { Fault, Outcome } from '../core/fault.ts';
import type { StudyDocument } from '../document/schema.ts';
import { createImporter, type Importer } from '../workers/import-client.ts';
import type { Imported, ImportRequest } from '../workers/import-messages.ts';

/** Where the bars come from, as the study document spells it. */
export type DataSource = StudyDocument['data'];
/** The name of bars that came without a file. */
export const PASTED = 'pasted rows';

interface Cut {
  readonly from?: string; // ISO dates, inclusive
  readonly to?: string;
}

interface Loaded {
  readonly market: Market;
  readonly bars: Bars;
  readonly report: ImportReport;
  readonly source: DataSource;
  readonly hash: string; // of the whole source, before a cut
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
  readonly #importer: Importer = createImporter();
  #request = 0;

  readonly market: Market | null = $derived.by(() => this.#loaded?.market ?? null);
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

  readFile(file: File): Promise<boolean> {
    const cut = cutOf(this.#wanted);
    return this.#load({ source: { kind: 'file', file, name: file.name }, ...cut }, file.name, (imported) => ({
      ...fileSource(file.name, imported),
      ...cut,
    }));
  }

  readText(text: string): Promise<boolean> {
    const name = PASTED;
    const cut = cutOf(this.#wanted);
    return this.#load({ source: { kind: 'text', text, name }, ...cut }, name, (imported) => ({
      ...fileSource(name, imported),
      ...cut,
    }));
  }

  /** Loads what a document names; a file can only be waited for. */
  async use(source: DataSource): Promise<boolean> {
    this.#wanted = null;
    const cut = cutOf(source);
    if ('sample' in source) return this.useSample(source.sample, cut);
    if ('generate' in source) return this.generate(source.generate, cut);
    if (this.#loaded?.hash !== source.file.hash) this.#wanted = source;
    return false;
  }

  async #load(request: ImportRequest, title: string, spell: (imported: Imported) => DataSource): Promise<boolean> {
    const turn = ++this.#request;
    this.#busy = title;
    this.#fraction = 0;
    const outcome = await this.#importer.load(request, ({ fraction }) => {
      if (turn === this.#request) this.#fraction = fraction;
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
    this.#loaded = { market: imported.market, bars, report: imported.report, hash: imported.hash, source: spell(imported) };
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

function fileSource(name: string, { market, report, hash }: Imported): DataSource {
  return {
    file: {
      name,
      symbol: market.symbol,
      hash,
      from: formatIsoDate(report.from),
      to: formatIsoDate(report.to),
      bars: report.bars,
    },
  };
}
