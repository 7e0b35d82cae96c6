/**
 * Trial states as stored in Rows; a state that is not `complete` ranks last under both directions. `partial`: complete over the
 * first part of the bars, in a search that gives all of them to promising trials only.
 */
export const TRIAL_STATES = ['pending', 'complete', 'noTrades', 'ruined', 'warmup', 'failed', 'excluded', 'partial'] as const;
export type TrialState = (typeof TRIAL_STATES)[number];

export const PENDING = 0;
export const COMPLETE = 1;
export const NO_TRADES = 2;
export const RUINED = 3;
export const WARMUP = 4;
export const FAILED = 5;
export const EXCLUDED = 6;
export const PARTIAL = 7;
