import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';

export interface SeriesArguments {
  readonly help: boolean;
  readonly bars: string; // '' only with --help
  readonly out: string | null;
  readonly expressions: readonly string[];
}

export const SERIES_USAGE = `Usage: npm run --silent series -- --bars FILE EXPRESSION... [--out FILE]

Writes the values of expressions of the strategy language as CSV, one row per bar: the way to compare an indicator
with another tool.

  EXPRESSION            such as 'rsi(close, 14)'; a condition is written as 1 and 0
  --bars FILE           price bars (CSV, may be gzipped)
  --out FILE            write to FILE instead of standard output
  --help                this text

Columns: bar (0 is the first), time (of the bar's open, milliseconds since 1970 UTC), then one per expression in
full precision, empty where it has no value. Ends with 0, or with 2 for bad input.
`;

interface Files {
  bars: string | null;
  out: string | null;
}

/** Reads the command's words; tells every fault, not only the first. */
export function readSeriesArguments(words: readonly string[]): Outcome<SeriesArguments> {
  if (words.includes('--help') || words.includes('-h')) return ok({ help: true, bars: '', out: null, expressions: [] });
  const faults: Fault[] = [];
  const expressions: string[] = [];
  const files: Files = { bars: null, out: null };
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [, flag, inline] = /^--([a-z]\w*)(?:=(.*))?$/s.exec(word) ?? [];
    if (flag === undefined) expressions.push(word);
    else if (flag === 'bars' || flag === 'out') files[flag] = inline ?? words[++at] ?? '';
    else faults.push(usageFault(`\`${word}\` is not an option`, 'See --help.'));
  }
  faults.push(...missing(files, expressions));
  const [first, ...more] = faults;
  return first === undefined
    ? ok({ help: false, bars: files.bars ?? '', out: files.out, expressions })
    : failed(first, ...more);
}

function missing({ bars, out }: Files, expressions: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  if (bars === null) faults.push(usageFault('no bars are named', 'Name a file of price bars with --bars FILE.'));
  if (bars === '') faults.push(usageFault('--bars has no value', 'See --help.'));
  if (out === '') faults.push(usageFault('--out has no value', 'See --help.'));
  if (expressions.length === 0) faults.push(usageFault('no expression is given', "Write one, as in 'rsi(close, 14)'."));
  return faults;
}

function usageFault(what: string, advice: string): Fault {
  return fault('bad_usage', `The command cannot be read: ${what}.`, advice);
}
