import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { BarColumns } from '../../src/bars/columns.ts';
import { readTable, type ReadTable } from '../../src/bars/read.ts';

/**
 * Price files of many vendors with values that were worked out by hand. They belong to their vendors and are not part of
 * the repository: BARSWEEP_REFERENCE names the folder that holds `formats/expected.json`. Without it only the lists are checked.
 */
const folder = join(process.env['BARSWEEP_REFERENCE'] ?? '', 'formats');

interface Bar {
  readonly t: number;
  readonly o?: number;
  readonly h?: number;
  readonly l?: number;
  readonly c?: number;
  readonly v?: number;
}

interface Expected {
  readonly id: string;
  readonly file: string;
  readonly expect?: {
    readonly rows?: number;
    readonly first?: Bar;
    readonly last?: Bar;
    readonly columns?: readonly ('o' | 'h' | 'l' | 'c' | 'v')[];
    readonly sum?: Readonly<Record<string, number>>;
  };
}

/** Read as expected, rows, ends and sums. */
const READ = [
  ...['yahoo_2008_desc', 'yahoo_2017_asc', 'yfinance_tz_dst', 'yfinance_100x_block', 'yfinance_100x_block_fixed', 'stooq_d'],
  ...['stooq_fx_no_volume', 'nasdaq_2025', 'nasdaq_resaved_ddmmyyyy', 'investing_bom_long', 'alphavantage_daily'],
  ...['binance_um_klines_ms', 'cdd_bitstamp_2025', 'kraken_ohlcvt_headerless', 'bitcoincharts_30min', 'mt5_h1_tab'],
  ...['mt4_headerless', 'mt4_header', 'mt_tab_headerless', 'fx_trailing_comma_header_short', 'dukascopy_gmt', 'histdata_m1'],
  ...['backtrader_date_time', 'r_quantmod', 'pandas_unnamed_index', 'binance_spot_2025_us', 'tiingo_daily', 'databento_pretty'],
  ...['firstrate_1min', 'nse_india', 'excel_utf16le', 'excel_sep_line', 'stooq_pl', 'stooq_bulk', 'tradingview_iso_dst'],
  ...['negative_price_oil', 'ohlc_violations_spike', 'hostile_headers', 'gzip_daily', 'tradingview_dup_headers'],
  ...['yahoo_web_paste', 'unsorted_identical_dups', 'conflicting_dups'],
];

/** Read with fewer or other values than the expected ones, and said so: the issues that must be reported. */
const TOLD: Readonly<Record<string, readonly string[]>> = {
  cdd_binance_mixed_units: ['time_units', 'conflicting_rows'], // one day stands in both units with different values
  backtrader_ticks_iso: ['conflicting_rows', 'irregular'], // two trades within one millisecond
  garbage_prefix: ['row_unreadable', 'no_header'], // the spoilt first row is left out
  lean_daily: ['price_scale', 'no_header'], // prices times 10 000
  naive_local_fall_back: ['conflicting_rows', 'time_zone_assumed'], // an hour that a clock shows twice
  number_spellings: ['price_missing', 'price_unreadable'], // four rows without a price
};

/** Refused for now, each with its reason. */
const REFUSED: Readonly<Record<string, string>> = {
  yfinance_multiindex3: 'no_time_column', // three header rows
  bitcoincharts_ticks: 'not_bars',
  unterminated_quotes: 'too_many_refused',
  histdata_ticks: 'not_bars',
  google_finance: 'too_many_refused', // years of two digits
  backtrader_header_missing_time: 'too_many_refused', // seven names, eight cells
  ambiguous_dmy: 'no_price_columns',
  wide_symbols: 'no_price_columns',
  long_symbols: 'several_symbols',
  long_close_only_monthname: 'several_symbols',
  freqtrade_8h_mark: 'not_a_table',
  polygon_flat_ns: 'several_symbols',
  coinbase_candles: 'not_a_table',
  binance_klines: 'not_a_table',
  yahoo_chart: 'not_a_table',
  freqtrade: 'not_a_table',
  excel_de_paste: 'no_price_columns', // German header and numbers
  excel_serial: 'too_many_refused',
  one_row: 'too_few_bars',
  bars_snappy: 'not_a_table',
  bars_zstd: 'not_a_table',
  error_empty: 'no_rows',
  error_only_newlines: 'no_rows',
  error_header_only: 'no_rows',
  error_stooq_no_data: 'no_table',
  error_html_page: 'not_a_table',
  error_json_error: 'not_a_table',
  error_binary_png: 'not_a_table',
  error_xlsx_magic: 'not_a_table',
  error_lfs_pointer: 'not_a_table',
};

function expectedFiles(): Expected[] {
  if (process.env['BARSWEEP_REFERENCE'] === undefined || !existsSync(join(folder, 'expected.json'))) return [];
  const { real, made } = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as { real: Expected[]; made: Expected[] };
  return [...real, ...made];
}

/** As the page reads a file: unzipped, decoded by its mark, cut by the parser that guesses the delimiter. */
function readFile(file: string) {
  const stored = readFileSync(join(folder, file));
  const bytes = file.endsWith('.gz') ? gunzipSync(stored) : stored;
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  const text = new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
  const { data, meta } = Papa.parse<string[]>(text, { delimitersToGuess: [',', '\t', ';', '|'] });
  return readTable(
    data.map((cells, i) => ({ line: i + 1, cells })),
    meta.delimiter,
  );
}

function columnOf(columns: BarColumns, key: string): Float64Array {
  const { open, high, low, close, volume } = columns;
  return { o: open, h: high, l: low, c: close, v: volume }[key] ?? close;
}

/** What differs from the values worked out by hand. */
function differences({ columns, report }: ReadTable, { id, expect: wanted = {} }: Expected): string[] {
  const found: string[] = [];
  const compare = (what: string, mine: number, theirs: number | undefined): void => {
    if (theirs !== undefined && !(Math.abs(mine - theirs) <= 1e-9 * Math.abs(theirs))) found.push(`${what} ${mine}, not ${theirs}`);
  };
  // The oracle's volume of this file is the column beside the one called Volume.
  const keys = (wanted.columns ?? []).filter((key) => !(id === 'tradingview_dup_headers' && key === 'v'));
  const dropped = report.repaired.filter(({ code }) => code === 'duplicate_row').length;
  const conflicts = report.warnings.filter(({ code }) => code === 'conflicting_rows').length;
  compare('rows', report.rows - report.counts.refused - dropped - conflicts, wanted.rows);
  for (const [at, bar] of [[0, wanted.first], [columns.count - 1, wanted.last]] as const) {
    compare('time', columns.time[at]!, bar?.t);
    for (const key of keys) compare(key, columnOf(columns, key)[at]!, bar?.[key]);
  }
  for (const key of keys) compare(`sum of ${key}`, columnOf(columns, key).reduce((sum, value) => sum + value, 0), wanted.sum?.[key]);
  return found;
}

function codesOf({ report }: ReadTable): Set<string> {
  return new Set([...report.repaired, ...report.refused, ...report.warnings].map(({ code }) => code));
}

test('every file has one verdict', () => {
  const names = [...READ, ...Object.keys(TOLD), ...Object.keys(REFUSED)];
  expect(new Set(names).size).toBe(names.length);
  const files = expectedFiles().map(({ id }) => id);
  if (files.length > 0) expect(files.sort()).toEqual(names.sort());
});

test('no file is silently read wrong', () => {
  const silent: string[] = [];
  for (const expected of expectedFiles()) {
    const read = readFile(expected.file);
    if (read.ok && differences(read.value, expected).length > 0 && read.value.report.counts.refused + read.value.report.counts.warnings === 0) {
      silent.push(expected.id);
    }
  }
  expect(silent).toEqual([]);
});

for (const expected of expectedFiles()) {
    test(`file of a vendor: ${expected.id}`, () => {
      const read = readFile(expected.file);
      const refusal = REFUSED[expected.id];
      if (refusal !== undefined) {
        expect(read.ok ? 'read' : read.faults[0].code).toBe(refusal);
        return;
      }
      if (!read.ok) throw new Error(`${read.faults[0].code}: ${read.faults[0].message}`);
      const told = TOLD[expected.id];
      if (told === undefined) expect(differences(read.value, expected)).toEqual([]);
      else expect([...codesOf(read.value)]).toEqual(expect.arrayContaining([...told]));
    });
}
