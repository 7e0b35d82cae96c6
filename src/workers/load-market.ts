import { NO_ANSWERS, type Answers } from '../bars/answers.ts';
import { createBarsBy, openBars, type Bars } from '../bars/buffer.ts';
import { cutRange, type BarColumns } from '../bars/columns.ts';
import { generateBars } from '../bars/generate.ts';
import { tooFewBars } from '../bars/judge.ts';
import type { Market } from '../bars/market.ts';
import type { ReadTable } from '../bars/read.ts';
import type { ImportReport } from '../bars/report.ts';
import { SAMPLES } from '../bars/samples.ts';
import { checkGenerateSpec, type GenerateSpec } from '../bars/spec.ts';
import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';
import type { Imported, ImportProgress, ImportRequest } from './import-messages.ts';
import { digest } from './digest.ts';
import { asBars } from './as-bars.ts';
import { readPrices } from './read-prices.ts';

interface Loaded {
  readonly bars: BarColumns;
  readonly report: ImportReport | null; // null where nothing was read
  readonly symbol: string;
  readonly name: string;
  readonly synthetic: boolean;
  readonly zone: string;
  readonly others: readonly Other[]; // further markets that were chosen from the same file
}

interface Other {
  readonly symbol: string;
  readonly bars: BarColumns;
}

/** Reads or generates bars, cuts them to a range of dates and puts them into shared memory. Runs in any thread; never rejects. */
export async function loadMarket(
  request: ImportRequest,
  make: MakeBuffer,
  onProgress: ImportProgress = () => undefined,
): Promise<Outcome<Imported>> {
  try {
    const loaded = await loadSource(request, onProgress);
    return loaded.ok ? await place(loaded.value, request, make) : loaded;
  } catch (error) {
    return failed(
      fault('import_failed', `The bars were not loaded: ${errorText(error)}.`, 'Try again, or try a smaller file.'),
    );
  }
}

async function loadSource(request: ImportRequest, onProgress: ImportProgress): Promise<Outcome<Loaded>> {
  const { source, answers = NO_ANSWERS, dayFirst = false } = request;
  switch (source.kind) {
    case 'text':
    case 'file': {
      const file = source.kind === 'file' ? source.file : new Blob([source.text]);
      return table(await readPrices(file, { answers, dayFirst }, onProgress), source.name, answers);
    }
    case 'sample': {
      const { spec, symbol, title, span } = SAMPLES[source.sample];
      return generated(spec, symbol, `${title}, ${span}`);
    }
    case 'generate': {
      const checked = checkGenerateSpec(source.spec);
      return checked.ok ? generated(checked.value, `SYN-${source.spec.kind.toUpperCase()}`, 'Generated bars') : checked;
    }
    case 'market': {
      const { market } = source;
      const bars = openBars(market.buffer);
      return bars.ok ? ok({ ...market, bars: bars.value, report: null, others: [] }) : bars;
    }
  }
}

function table(read: Outcome<ReadTable>, name: string, answers: Answers): Outcome<Loaded> {
  if (!read.ok) return read;
  const sized = asBars(read.value, answers);
  if (!sized.ok) return sized;
  const { series, report } = sized.value;
  const [first, ...others] = series;
  const few = tooFewBars(first!.bars.count);
  if (few !== null) return failed(few);
  return ok({
    bars: first!.bars,
    report,
    symbol: report.symbol || symbolOf(name),
    name,
    synthetic: false,
    zone: report.timeZone,
    others: report.questions.some(({ key }) => key === 'symbol') ? [] : others.filter(({ bars }) => bars.count > 1),
  });
}

function generated(spec: GenerateSpec, symbol: string, name: string): Outcome<Loaded> {
  return ok({ bars: generateBars(spec), report: null, symbol, name, synthetic: true, zone: 'UTC', others: [] });
}

async function place(
  { bars, report, symbol, name, synthetic, zone, others }: Loaded,
  { from = null, to = null, symbol: told }: ImportRequest,
  make: MakeBuffer,
): Promise<Outcome<Imported>> {
  const about = { name, synthetic, zone };
  const cut = from === null && to === null ? ok(bars) : cutRange(bars, from, to);
  if (!cut.ok) return cut;
  const used = await createBarsBy(cut.value, make, digest);
  const whole = cut.value === bars ? used : await createBarsBy(bars, (bytes) => new ArrayBuffer(bytes), digest); // for its hash
  const further: Market[] = [];
  for (const other of others) {
    further.push({ ...about, symbol: other.symbol, buffer: (await createBarsBy(other.bars, make, digest)).buffer });
  }
  return ok({
    market: { ...about, symbol: told ?? symbol, buffer: used.buffer },
    others: further,
    report: report ?? plainReport(whole),
    hash: whole.hash,
  });
}

/** `EURUSD_2020.csv.gz` → `EURUSD_2020`. */
function symbolOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return file.replace(/(?:\.(?:csv|txt|tsv|dat|prn|json|parquet|zip|gz))+$/i, '').slice(0, 40);
}

/** What there is to say of bars that were not read from a text. */
function plainReport({ count, time, barMs, decimals }: Bars): ImportReport {
  return {
    rows: count,
    bars: count,
    from: time[0] ?? 0,
    to: time[count - 1] ?? 0,
    barMs,
    decimals,
    session: null,
    ...{ symbol: '', symbols: [], delimiter: '', format: '', fileOrder: 'asc', timeZone: 'UTC', shape: 'bars' },
    ...{
      roles: [],
      preview: [],
      decisions: [],
      questions: [],
      repaired: [],
      refused: [],
      warnings: [],
      repairs: [],
      alerts: [],
    },
    counts: { repaired: 0, refused: 0, warnings: 0 },
  };
}
