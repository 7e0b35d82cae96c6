import type { Answers } from '../bars/answers.ts';
import type { GenerateSpec } from '../bars/generate.ts';
import type { Market } from '../bars/market.ts';
import type { ImportReport } from '../bars/report.ts';
import type { SampleKey } from '../bars/samples.ts';
import type { Outcome } from '../core/fault.ts';
import type { ExcerptLine } from './excerpt.ts';
import type { ReadProgress } from './read-prices.ts';

/** Where bars come from. `market` cuts bars that are in memory already. */
export type BarsSource =
  | { readonly kind: 'text'; readonly text: string; readonly name: string }
  | { readonly kind: 'file'; readonly file: Blob; readonly name: string }
  | { readonly kind: 'sample'; readonly sample: SampleKey }
  | { readonly kind: 'generate'; readonly spec: GenerateSpec }
  | { readonly kind: 'market'; readonly market: Market };

export interface ImportRequest {
  readonly source: BarsSource;
  readonly symbol?: string; // of a file or text; from its name unless told
  readonly answers?: Answers; // of a person about a file or text
  readonly dayFirst?: boolean; // preselects a reading of 02/03/2010
  readonly from?: string | null; // ISO date, inclusive: bars before it are cut off
  readonly to?: string | null; // ISO date, inclusive
}

export interface Imported {
  readonly market: Market; // its buffer is shared memory, cut to the range
  readonly others: readonly Market[]; // further markets chosen from the same file, not cut
  readonly report: ImportReport; // of the whole source, before the cut
  readonly hash: string; // of the whole source's bars: the same file has it whatever the range
}

export type ImportProgress = (progress: ReadProgress) => void;

export interface ImportWorkerApi {
  load(request: ImportRequest, onProgress: ImportProgress): Promise<Outcome<Imported>>;
  /** Lines of a file that was refused: the first ones and those around a place. */
  excerpt(file: Blob, line: number): Promise<readonly ExcerptLine[]>;
  /** Gets the reader compiled. */
  warm(): Promise<void>;
}
