import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { MOST_WORKERS } from '../workers/worker-count.ts';

export type ProgressForm = 'tqdm' | 'json' | 'none';

export interface Arguments {
  readonly help: boolean;
  readonly study: string; // STUDY.json or a link; '' only with --help
  readonly bars: string | null;
  readonly workers: number | null;
  readonly out: string | null;
  readonly trial: string | null; // decimal digits; may exceed 2^53
  readonly profile: boolean;
  readonly chunk: number | null;
  readonly best: number | null; // keep so many rows; null: all
  readonly progress: ProgressForm;
  readonly quiet: boolean;
}

export const USAGE = `Usage: npm run --silent study -- STUDY.json|LINK [options]

Runs every trial of a study and writes one row per trial.

  STUDY.json            a study document, or a link of the page: full, or from its # on
  --bars FILE           price bars (CSV, may be gzipped); needed where the study names a file
  --workers N           worker threads, 1 to ${MOST_WORKERS}; all cores unless told
  --out FILE            write to FILE.csv or FILE.json instead of CSV to standard output
  --trial INDEX         write this trial's trades instead
  --profile             write where the time goes instead, from a sample of the trials
  --chunk ROWS          rows per chunk; measured unless told. Results do not depend on it
  --best N              keep only the N best rows of a grid by its objective, best first: in the same memory
                        however many trials there are
  --progress FORM       tqdm, json or none, on standard error; tqdm unless told
  --quiet               no progress and no notes; faults are still written
  --help                this text

Ends with 0, or with 2 for bad input.
`;

const MOST_BEST = 1_000_000;

type Reader = (found: Found, value: string, flag: string) => Fault | null;

interface Found {
  help: boolean;
  study: string | null;
  bars: string | null;
  workers: number | null;
  out: string | null;
  trial: string | null;
  profile: boolean;
  chunk: number | null;
  best: number | null;
  progress: ProgressForm | null;
  quiet: boolean;
}

const VALUE_FLAGS: Readonly<Record<string, Reader>> = {
  '--bars': (found, value) => ((found.bars = value), null),
  '--workers': (found, value, flag) => {
    found.workers = wholeNumber(value, MOST_WORKERS);
    return found.workers === null ? valueFault(flag, value, `a whole number from 1 to ${MOST_WORKERS}`) : null;
  },
  '--out': (found, value, flag) => {
    found.out = value;
    return /\.(csv|json)$/i.test(value) ? null : valueFault(flag, value, 'a file name that ends in .csv or .json');
  },
  '--trial': (found, value, flag) => {
    found.trial = value;
    return /^\d{1,30}$/.test(value) ? null : valueFault(flag, value, 'the index of a trial, a whole number from 0 up');
  },
  '--chunk': (found, value, flag) => {
    found.chunk = wholeNumber(value, 2 ** 31 - 1);
    return found.chunk === null ? valueFault(flag, value, 'a whole number of rows from 1 up') : null;
  },
  '--best': (found, value, flag) => {
    found.best = wholeNumber(value, MOST_BEST);
    return found.best === null ? valueFault(flag, value, `a whole number from 1 to ${MOST_BEST}`) : null;
  },
  '--progress': (found, value, flag) => {
    found.progress = value === 'tqdm' || value === 'json' || value === 'none' ? value : null;
    return found.progress === null ? valueFault(flag, value, 'tqdm, json or none') : null;
  },
};

/** Reads the command's words; tells every fault, not only the first. */
export function readArguments(words: readonly string[]): Outcome<Arguments> {
  const found: Found = {
    help: false,
    study: null,
    bars: null,
    workers: null,
    out: null,
    trial: null,
    profile: false,
    chunk: null,
    best: null,
    progress: null,
    quiet: false,
  };
  const faults: Fault[] = [];
  for (let at = 0; at < words.length; at++) {
    const { flag, inline } = splitWord(words[at] ?? '');
    const reader = VALUE_FLAGS[flag];
    const broken =
      reader === undefined ? readWord(found, words[at] ?? '') : readValue(reader, found, flag, inline ?? words[++at]);
    if (broken !== null) faults.push(broken);
  }
  if (found.study === null && !found.help) faults.push(usageFault('no study is named', 'Name a STUDY.json or a link first.'));
  const [first, ...more] = faults;
  if (first !== undefined && !found.help) return failed(first, ...more);
  return ok({ ...found, study: found.study ?? '', progress: progressOf(found) });
}

function progressOf({ quiet, progress }: Found): ProgressForm {
  return quiet ? 'none' : (progress ?? 'tqdm');
}

/** `--out=a.csv` is one word for `--out a.csv`. */
function splitWord(word: string): { flag: string; inline: string | undefined } {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? { flag: word, inline: undefined } : { flag: word.slice(0, equals), inline: word.slice(equals + 1) };
}

function readValue(reader: Reader, found: Found, flag: string, value: string | undefined): Fault | null {
  return value === undefined ? usageFault(`${flag} has no value`, 'See --help.') : reader(found, value, flag);
}

function readWord(found: Found, word: string): Fault | null {
  if (word === '--help' || word === '-h') found.help = true;
  else if (word === '--quiet') found.quiet = true;
  else if (word === '--profile') found.profile = true;
  else if (word.startsWith('-') && word !== '-') return usageFault(`\`${word}\` is not an option`, 'See --help.');
  else if (found.study !== null)
    return usageFault(`\`${word}\` is a second study`, 'Name one study; quote a link that has `&` in it.');
  else found.study = word;
  return null;
}

function wholeNumber(text: string, most: number): number | null {
  const value = Number(text);
  return /^\d+$/.test(text) && value >= 1 && value <= most ? value : null;
}

function valueFault(flag: string, value: string, wanted: string): Fault {
  return usageFault(`${flag} is \`${value}\``, `It takes ${wanted}.`);
}

function usageFault(what: string, advice: string): Fault {
  return fault('bad_usage', `The command cannot be read: ${what}.`, advice);
}
