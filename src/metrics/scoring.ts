/** Over which bars and with which clock a study is scored. */
export interface Scoring {
  readonly start: 'commonWarmup' | 'firstBar' | number; // a number is a 0-based bar index
  readonly returns: 'auto' | 'bar' | 'day'; // auto: day for bars shorter than a day
  readonly periodsPerYear: 'auto' | number;
}

/** A Scoring with every "auto" decided for one market. */
export interface ResolvedScoring {
  readonly startBar: number; // first scored bar; signals before it do not count
  readonly returns: 'bar' | 'day';
  readonly periodsPerYear: number; // samples per year
  /** No trial of the study has a longer warm-up, in bars; where it is not known each trial's own is looked up. */
  readonly longestWarmup?: number;
}
