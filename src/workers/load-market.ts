import { createBars, openBars, type Bars } from '../bars/buffer.ts';
import { cutRange, type BarColumns } from '../bars/columns.ts';
import { generateBars } from '../bars/generate.ts';
import type { Market } from '../bars/market.ts';
import type { ReadTable } from '../bars/read.ts';
import type { ImportReport } from '../bars/report.ts';
import { SAMPLES } from '../bars/samples.ts';
import { checkGenerateSpec, type GenerateSpec } from '../bars/spec.ts';
import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';
import type { BarsSource, Imported, ImportProgress, ImportRequest } from './import-messages.ts';
import { parseTable } from './parse-table.ts';
import { readText } from './read-file.ts';

interface Loaded {
  readonly bars: BarColumns;
  readonly report: ImportReport | null; // null where nothing was read
  readonly symbol: string;
  readonly name: string;
  readonly synthetic: boolean;
}

/** Share of the work that reading the bytes is; cutting them into cells and numbers is the rest. */
const READ_SHARE = 0.2;

/** Reads or generates bars, cuts them to a range of dates and puts them into shared memory. Runs in any thread; never rejects. */
export async function loadMarket(
  request: ImportRequest,
  make: MakeBuffer,
  onProgress: ImportProgress = () => undefined,
): Promise<Outcome<Imported>> {
  try {
    const loaded = await loadSource(request.source, onProgress);
    return loaded.ok ? place(loaded.value, request, make) : loaded;
  } catch (error) {
    return failed(
      fault('import_failed', `The bars were not loaded: ${errorText(error)}.`, 'Try again, or try a smaller file.'),
    );
  }
}

async function loadSource(source: BarsSource, onProgress: ImportProgress): Promise<Outcome<Loaded>> {
  switch (source.kind) {
    case 'text':
      return table(parseTable(source.text, onProgress), source.name);
    case 'file': {
      const text = await readText(source.file, (fraction) => onProgress(fraction * READ_SHARE));
      if (!text.ok) return text;
      const read = parseTable(text.value, (fraction) => onProgress(READ_SHARE + fraction * (1 - READ_SHARE)));
      return table(read, source.name);
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
      return bars.ok ? ok({ ...market, bars: bars.value, report: null }) : bars;
    }
  }
}

function table(read: Outcome<ReadTable>, name: string): Outcome<Loaded> {
  if (!read.ok) return read;
  const { columns, report } = read.value;
  return ok({ bars: columns, report, symbol: report.symbol || symbolOf(name), name, synthetic: false });
}

function generated(spec: GenerateSpec, symbol: string, name: string): Outcome<Loaded> {
  return ok({ bars: generateBars(spec), report: null, symbol, name, synthetic: true });
}

function place(
  { bars, report, symbol, name, synthetic }: Loaded,
  { from = null, to = null, symbol: told }: ImportRequest,
  make: MakeBuffer,
): Outcome<Imported> {
  const marketOf = ({ buffer }: Bars): Market => ({ symbol: told ?? symbol, name, buffer, synthetic, zone: 'UTC' });
  if (from === null && to === null) {
    const whole = createBars(bars, make);
    return ok({ market: marketOf(whole), report: report ?? plainReport(whole), hash: whole.hash });
  }
  const cut = cutRange(bars, from, to);
  if (!cut.ok) return cut;
  const whole = createBars(bars, (bytes) => new ArrayBuffer(bytes)); // for its hash
  return ok({ market: marketOf(createBars(cut.value, make)), report: report ?? plainReport(whole), hash: whole.hash });
}

/** `EURUSD_2020.csv.gz` → `EURUSD_2020`. */
function symbolOf(name: string): string {
  const file = name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
  return file.replace(/(?:\.(?:csv|txt|tsv|dat|prn|gz))+$/i, '').slice(0, 40);
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
    symbol: '',
    delimiter: '',
    roles: [],
    repaired: [],
    refused: [],
    warnings: [],
    counts: { repaired: 0, refused: 0, warnings: 0 },
  };
}
