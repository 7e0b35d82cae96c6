import { openAsBlob, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Answers } from '../../src/bars/answers.ts';
import type { ReadTable } from '../../src/bars/read.ts';
import type { Outcome } from '../../src/core/fault.ts';
import { readPrices } from '../../src/workers/read-prices.ts';

/**
 * Price files of many vendors with values that were worked out by hand, by readers chosen for each file. They belong to their
 * vendors and are not part of the repository: a folder from outside holds them with `expected.json`.
 */
interface Bar {
  readonly t: number;
  readonly o?: number;
  readonly h?: number;
  readonly l?: number;
  readonly c?: number;
  readonly v?: number | null;
}

type Key = 'o' | 'h' | 'l' | 'c' | 'v';

export interface Expected {
  readonly id: string;
  readonly file: string;
  readonly kind?: 'ticks' | 'wide' | 'long';
  readonly symbols?: readonly string[];
  readonly symbol?: string;
  readonly mustAsk?: readonly string[];
  readonly expectWarn?: readonly string[];
  readonly expectNoWarn?: readonly string[];
  readonly expectError?: string;
  readonly sameAs?: string;
  readonly expect?: {
    readonly rows?: number;
    readonly fileOrder?: string;
    readonly symbols?: readonly string[];
    readonly first?: Bar;
    readonly last?: Bar;
    readonly columns?: readonly Key[];
    readonly sum?: Readonly<Record<string, number>>;
    readonly duplicateTimes?: number;
  };
}

export interface Verdict {
  readonly id: string;
  readonly verdict: 'right' | 'asked' | 'wrong';
  readonly notes: readonly string[]; // what is wrong, or what was asked
  readonly ms: number;
}

/** Files whose oracle is mistaken or silent, each with its reason. */
const SKIP_COLUMNS: Readonly<Record<string, readonly Key[]>> = {
  tradingview_dup_headers: ['v'], // the oracle took the column beside the one that is called Volume
};
const REFUSED: Readonly<Record<string, string>> = { freqtrade_8h_mark: 'feather_file' }; // optional: refused by name

export function expectedFiles(folder: string): Expected[] {
  const all = JSON.parse(readFileSync(path.join(folder, 'expected.json'), 'utf8')) as { real: Expected[]; made: Expected[] };
  const list = [...all.real, ...all.made];
  return list.map((one) => {
    const same = list.find(({ id }) => id === one.sameAs);
    return same?.expect === undefined ? one : { ...one, expect: same.expect };
  });
}

export async function verifyFile(folder: string, expected: Expected): Promise<Verdict> {
  const started = performance.now();
  const file = await openAsBlob(path.join(folder, expected.file));
  const read = (answers: Answers): Promise<Outcome<ReadTable>> => readPrices(file, { answers, dayFirst: true });
  const verdict = await judge(expected, read);
  return { id: expected.id, ...verdict, ms: performance.now() - started };
}

type Found = Pick<Verdict, 'verdict' | 'notes'>;
type Read = (answers: Answers) => Promise<Outcome<ReadTable>>;

async function judge(expected: Expected, read: Read): Promise<Found> {
  const first = await read({});
  const refusal = expected.expectError ?? REFUSED[expected.id];
  if (!first.ok) {
    const { code, message } = first.faults[0];
    return code === refusal ? { verdict: 'right', notes: [] } : { verdict: 'wrong', notes: [`refused: ${code}: ${message}`] };
  }
  if (refusal !== undefined) return { verdict: 'wrong', notes: [`read, not refused as ${refusal}`] };
  return first.value.report.questions.length === 0 ? unasked(first.value, expected) : asked(first.value, expected, read);
}

function unasked(table: ReadTable, expected: Expected): Found {
  const notes = differences(table, expected);
  if (expected.mustAsk !== undefined) notes.push(`did not ask ${expected.mustAsk.join(', ')}`);
  return { verdict: notes.length === 0 ? 'right' : 'wrong', notes };
}

/** Some answer must give the expected values; of a long file with values of all markets the open question shows them. */
async function asked(table: ReadTable, expected: Expected, read: Read): Promise<Found> {
  const { questions } = table.report;
  const keys = questions.map(({ key }) => key);
  const mayAsk = expected.mustAsk !== undefined || expected.kind === 'long' || expected.kind === 'wide';
  if (!mayAsk) return { verdict: 'wrong', notes: [`asked ${keys.join(', ')}`] };
  let best = differences(table, expected);
  for (const { key, value } of questions.flatMap((question) =>
    question.readings.map(({ value }) => ({ key: question.key, value })),
  )) {
    if (best.length === 0) break;
    const answered = await read({ [key]: value });
    const found = answered.ok ? differences(answered.value, expected) : [answered.faults[0].code];
    if (found.length < best.length) best = found;
  }
  return best.length === 0 ? { verdict: 'asked', notes: keys } : { verdict: 'wrong', notes: best };
}

type OneBar = Readonly<Record<Key | 't', number>>;

function barsOf({ series }: ReadTable): OneBar[] {
  return series.flatMap(({ columns: { count, time, open, high, low, close, volume } }) =>
    Array.from({ length: count }, (_, i) => ({
      t: time[i]!,
      o: open[i]!,
      h: high[i]!,
      l: low[i]!,
      c: close[i]!,
      v: volume[i]!,
    })),
  );
}

/** What differs from the values worked out by hand. */
function differences(table: ReadTable, expected: Expected): string[] {
  return [...differentShape(table, expected), ...differentValues(barsOf(table), expected), ...differentWords(table, expected)];
}

function differentShape({ series, report }: ReadTable, { expect: wanted = {} }: Expected): string[] {
  const kept = series.reduce((sum, { columns }) => sum + columns.count, 0);
  const { rows = kept, fileOrder = report.fileOrder, symbols = report.symbols } = wanted;
  const found: string[] = [];
  if (report.rows !== rows && kept !== rows) found.push(`rows ${report.rows}, kept ${kept}, not ${rows}`);
  if (report.fileOrder !== fileOrder) found.push(`order ${report.fileOrder}`);
  if ([...report.symbols].sort().join() !== [...symbols].sort().join()) found.push(`symbols ${report.symbols.join()}`);
  return found;
}

function differentValues(bars: readonly OneBar[], { id, expect: wanted = {} }: Expected): string[] {
  const found: string[] = [];
  const compare = (what: string, mine: number, theirs: number | null | undefined): void => {
    if (theirs != null && !(Math.abs(mine - theirs) <= 1e-9 * Math.abs(theirs))) found.push(`${what} ${mine}, not ${theirs}`);
  };
  const keys = (wanted.columns ?? []).filter((key) => !(SKIP_COLUMNS[id] ?? []).includes(key));
  const begin = bars.reduce((a, b) => (b.t < a.t ? b : a));
  const end = bars.reduce((a, b) => (b.t >= a.t ? b : a));
  compare('first time', begin.t, wanted.first?.t);
  compare('last time', end.t, wanted.last?.t);
  for (const key of keys) {
    compare(`first ${key}`, begin[key], wanted.first?.[key]);
    compare(`last ${key}`, end[key], wanted.last?.[key]);
    // The oracle's sums are over all rows: they are ours where no row had to go.
    if (bars.length === wanted.rows)
      compare(
        `sum of ${key}`,
        bars.reduce((sum, bar) => sum + bar[key], 0),
        wanted.sum?.[key],
      );
  }
  return found;
}

function differentWords({ report }: ReadTable, { expectWarn = [], expectNoWarn = [] }: Expected): string[] {
  const codes = new Set([...report.repairs, ...report.alerts].map(({ code }) => code));
  const silent = expectWarn.filter((code) => !codes.has(code)).map((code) => `no word of ${code}`);
  return [...silent, ...expectNoWarn.filter((code) => codes.has(code)).map((code) => `speaks of ${code}`)];
}
