import { NO_ANSWERS, type Answers } from './answers.ts';
import type { BarColumns } from './columns.ts';
import type { ImportReport } from './report.ts';
import type { Series } from './series.ts';
import { NO_ZONES, type ZoneOffset } from './zones.ts';

export interface ReadTable {
  readonly columns: BarColumns; // of the market chosen, or shown first; of single trades not yet bars
  readonly series: readonly Series[]; // those chosen; all of them while the choice is open
  readonly report: ImportReport;
}

export interface ReadOptions {
  readonly answers: Answers;
  readonly dayFirst: boolean; // preselects a reading of 02/03/2010; never decides
  readonly offsetOf: ZoneOffset;
  readonly delimiter: string; // as the table was cut, for the report
  readonly format: string; // what the table came in: 'JSON', 'Parquet'; '' for text
  readonly zone: string; // that the file itself names for all its times; '' where it names none
  readonly symbol: string; // that the file itself names; '' where it names none
  readonly brokenQuotes: boolean; // quotes that nothing closes were taken out
  readonly roomFor: number; // rows to expect, for memory; 0 where unknown
}

export const READ_DEFAULTS: ReadOptions = {
  answers: NO_ANSWERS,
  dayFirst: false,
  offsetOf: NO_ZONES,
  delimiter: '',
  format: '',
  zone: '',
  symbol: '',
  brokenQuotes: false,
  roomFor: 0,
};
