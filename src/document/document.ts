import { FIRST_KEYS, USUAL_KEYS, type MetricKey, type StorableKey } from '../metrics/columns.ts';
import type { Scoring } from '../metrics/scoring.ts';
import type { MethodName } from '../search/spec.ts';
import type { RangeSpelling } from '../space/range.ts';
import { NEUTRAL_EXECUTION, type ExecutionSettings } from '../strategy/execution.ts';

/** Where the bars come from; `from` and `to` cut them, both dates included. */
export type StudyData = { readonly from?: string | null; readonly to?: string | null } & (
  | { readonly sample: 'daily' | 'hourly' | 'minute'; readonly hash?: string }
  | {
      readonly generate: { readonly kind: 'equity' | 'fx' | 'crypto'; readonly seed: number; readonly bars: number };
      readonly hash?: string;
    }
  | { readonly file: StudyFile }
);

/** What names a file that only its owner has. */
export interface StudyFile {
  readonly name: string;
  readonly symbol: string;
  readonly hash: string; // of the bars, 64 hex digits
  readonly from: string; // ISO dates of the first and last bar
  readonly to: string;
  readonly bars: number;
  readonly answers?: Readonly<Record<string, string>>; // how it is read where it leaves a choice
}

/** Which trials run. What is not said is the method's own choice. */
export interface StudySearch {
  readonly method: MethodName;
  readonly seed?: number; // of its random numbers, 1 unless told
  readonly trials?: number; // most that run
  readonly generation?: number; // trials of a generation
  readonly patience?: number; // generations without a better trial after which it ends
  readonly robust?: boolean; // compare medians of neighbourhoods
  readonly where?: string; // condition over metrics that a trial must keep
  readonly objectives?: readonly MetricKey[]; // beside the objective, for nsga
  readonly before?: readonly string[]; // searches whose trials are not run again: document/search-step
}

/** Everything that decides a study's results, and nothing else. */
export interface StudyDocument {
  readonly barsweep: 1;
  readonly strategy: string; // a built-in's name, or a whole text
  readonly space: Readonly<Record<string, RangeSpelling>>; // ranges in place of the text's
  readonly data: StudyData;
  readonly execution: ExecutionSettings;
  readonly scoring: Scoring;
  readonly objective: string; // a metric key, or an expression over them: metrics/objective
  readonly search: StudySearch;
  readonly metrics: readonly StorableKey[];
}

export const DOCUMENT_VERSION = 1;
export const DEFAULT_SAMPLE = 'daily';

/**
 * A study with nothing said: every default, here and nowhere else. The schema takes them from here; apart from it, because the
 * page needs them at once and the schema only when it reads a document.
 */
export function defaultDocument(): StudyDocument {
  const { swept: _, commission, funding, sizing, ...neutral } = NEUTRAL_EXECUTION;
  return {
    barsweep: DOCUMENT_VERSION,
    strategy: 'ma-cross',
    space: {},
    data: { sample: DEFAULT_SAMPLE },
    execution: {
      ...neutral,
      commission: { ...commission, relative: 0.001 },
      funding: { ...funding },
      sizing: { ...sizing },
    },
    scoring: { start: 'commonWarmup', returns: 'auto', periodsPerYear: 'auto' },
    objective: 'sharpe',
    search: { method: 'grid' },
    metrics: [...FIRST_KEYS],
  };
}

/** What a new study begins with: the defaults, and the metrics that are usually looked at. */
export function newDocument(): StudyDocument {
  return { ...defaultDocument(), metrics: USUAL_KEYS };
}
