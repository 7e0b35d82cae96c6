import { openAsBlob } from 'node:fs';
import type { Answers } from '../bars/answers.ts';
import type { BarColumns } from '../bars/columns.ts';
import type { ReadTable } from '../bars/read.ts';
import type { ImportReport } from '../bars/report.ts';
import { resample } from '../bars/resample.ts';
import { describeFault, failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { errorText } from '../workers/error-text.ts';
import { sessionStart } from '../workers/as-bars.ts';
import { readPrices } from '../workers/read-prices.ts';

// `npm run --silent inspect -- FILE [--answer KEY=VALUE]…`: what is read from a price file, as one JSON object.

const USAGE = `Usage: npm run --silent inspect -- FILE [--answer KEY=VALUE]...

Prints what is read from a price file as one JSON object.

  --answer KEY=VALUE    answers a question, or decides something otherwise than the file does
  --help                this text

Ends with 0 where the file is read, with 3 where a question is open, with 2 where it cannot be read.
`;

const READ = 0;
const BAD_INPUT = 2;
const ASKED = 3;

interface Bar {
  readonly t: number; // ms since 1970; a wall-clock time without a zone is taken as UTC
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
}

/** Runs the command. @returns the exit code */
export async function inspectFile(words: readonly string[]): Promise<number> {
  const read = readWords(words);
  if (!read.ok) {
    process.stderr.write(`${USAGE}\n${read.faults.map(describeFault).join('\n')}\n`);
    return BAD_INPUT;
  }
  if (read.value.help) {
    process.stdout.write(USAGE);
    return READ;
  }
  const { file, answers } = read.value;
  const table = await open(file, answers);
  const about = table.ok ? describe(table.value, answers) : { ok: false as const, faults: table.faults };
  const printed = about.ok ? about.value : empty(about.faults[0]);
  process.stdout.write(`${JSON.stringify(printed)}\n`);
  if (!about.ok) return BAD_INPUT;
  return about.value.questions.length > 0 ? ASKED : READ;
}

interface Words {
  readonly help: boolean;
  readonly file: string;
  readonly answers: Answers;
}

function readWords(words: readonly string[]): Outcome<Words> {
  const answers = new Map<string, string>();
  let file: string | null = null;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word === '--help' || word === '-h') return ok({ help: true, file: '', answers: {} });
    if (word === '--answer' || word.startsWith('--answer=')) {
      const text = word === '--answer' ? (words[++at] ?? '') : word.slice('--answer='.length);
      const equals = text.indexOf('=');
      if (equals < 1) return failed(usage(`\`${text}\` is no answer`, 'Write --answer KEY=VALUE.'));
      answers.set(text.slice(0, equals), text.slice(equals + 1));
    } else if (word.startsWith('-') && word.length > 1) return failed(usage(`\`${word}\` is not an option`, 'See --help.'));
    else if (file !== null) return failed(usage(`\`${word}\` is a second file`, 'Name one file.'));
    else file = word;
  }
  if (file === null) return failed(usage('no file is named', 'Name a file of prices.'));
  return ok({ help: false, file, answers: Object.fromEntries(answers) });
}

function usage(what: string, advice: string): Fault {
  return fault('bad_usage', `The command cannot be read: ${what}.`, advice);
}

async function open(name: string, answers: Answers): Promise<Outcome<ReadTable>> {
  let file: Blob;
  try {
    file = await openAsBlob(name);
  } catch (error) {
    return failed(
      fault('bars_unreadable', `The file ${name} cannot be read: ${errorText(error)}.`, 'Name a file of price bars.'),
    );
  }
  return readPrices(file, { answers, dayFirst: !isAmerican() });
}

/** Whether this machine writes dates with the month first; only preselects the answer to a question. */
function isAmerican(): boolean {
  return new Intl.DateTimeFormat().resolvedOptions().locale === 'en-US';
}

/** What the command prints. */
interface Inspected {
  readonly rows: number;
  readonly kept: number;
  readonly fileOrder: string | null;
  readonly symbols: readonly string[];
  readonly barMs: number | null;
  readonly decimals: number | null;
  readonly timeZone: string | null;
  readonly first: Bar | null;
  readonly last: Bar | null;
  readonly sum: Readonly<Record<'o' | 'h' | 'l' | 'c' | 'v', number>> | null;
  readonly repairs: ImportReport['repairs'];
  readonly warnings: ImportReport['alerts'];
  readonly questions: readonly {
    readonly key: string;
    readonly readings: readonly string[];
    readonly preselected: string;
    readonly text: string;
  }[];
  readonly decisions: Readonly<Record<string, string>>;
  readonly fault: { readonly code: string; readonly message: string; readonly line: number | null } | null;
}

function describe({ series, report }: ReadTable, answers: Answers): Outcome<Inspected> {
  const size = Object.hasOwn(answers, 'resample') ? answers['resample']! : 'none';
  const all: BarColumns[] = [];
  for (const { columns } of series) {
    if (size === 'none') {
      all.push(columns);
      continue;
    }
    const larger = resample(columns, size, sessionStart(report, answers));
    if (!larger.ok) return larger;
    all.push(larger.value);
  }
  const sum = { o: 0, h: 0, l: 0, c: 0, v: 0 };
  let first: Bar | null = null;
  let last: Bar | null = null;
  for (const columns of all) {
    for (let i = 0; i < columns.count; i++) {
      sum.o += columns.open[i]!;
      sum.h += columns.high[i]!;
      sum.l += columns.low[i]!;
      sum.c += columns.close[i]!;
      sum.v += columns.volume[i]!;
    }
    if (columns.count === 0) continue;
    const begin = barAt(columns, 0);
    const end = barAt(columns, columns.count - 1);
    if (first === null || begin.t < first.t) first = begin;
    if (last === null || end.t >= last.t) last = end;
  }
  return ok({
    rows: report.rows,
    kept: all.reduce((count, columns) => count + columns.count, 0),
    fileOrder: report.fileOrder,
    symbols: report.symbols,
    barMs: report.barMs,
    decimals: report.decimals,
    timeZone: report.timeZone,
    first,
    last,
    sum,
    repairs: report.repairs,
    warnings: report.alerts,
    questions: report.questions.map(({ key, readings, preselected, text }) => ({
      key,
      readings: readings.map(({ value }) => value),
      preselected,
      text,
    })),
    decisions: Object.fromEntries(report.decisions.map(({ key, value }) => [key, value])),
    fault: null,
  });
}

function barAt({ time, open: o, high, low, close, volume }: BarColumns, i: number): Bar {
  return { t: time[i]!, o: o[i]!, h: high[i]!, l: low[i]!, c: close[i]!, v: volume[i]! };
}

function empty(found: Fault): Inspected {
  const line = found.place?.kind === 'file' ? found.place.line : null;
  return {
    ...{ rows: 0, kept: 0, fileOrder: null, symbols: [], barMs: null, decimals: null, timeZone: null },
    ...{ first: null, last: null, sum: null, repairs: [], warnings: [], questions: [], decisions: {} },
    fault: { code: found.code, message: `${found.message}${found.advice === '' ? '' : ` ${found.advice}`}`, line },
  };
}
