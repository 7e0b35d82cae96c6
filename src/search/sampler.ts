import type { Rows } from '../metrics/rows.ts';
import type { Generation } from './generation.ts';

/** Why there is nothing more to ask: every feasible trial was asked, the budget is spent, or nothing got better for long. */
export type Ended = 'space' | 'trials' | 'patience';

/** What one `ask` did. */
export interface Asked {
  readonly written: number; // rows that received positions, from `from` on without a gap
  readonly exhausted: boolean; // there is nothing more to ask
  readonly waiting: boolean; // there is nothing more to ask until further rows are told
  readonly ended?: Ended; // why it is exhausted, where there may be several reasons
  readonly generations?: readonly Generation[]; // whose results were learned since the last question
}

/**
 * Decides which trials run, in which order; that order is the order of rows. Deterministic: what is asked depends on the
 * study and on what was told, never on the count of workers, on the order in which ranges end or on time.
 */
export interface Sampler {
  /**
   * Writes positions of trials into rows [from, to); `from` is the count of rows asked before.
   * @param maxSteps bound on candidate tuples looked at, so that a turn stays short where hardly any is feasible
   */
  ask(rows: Rows, from: number, to: number, maxSteps: number): Asked;
  /** Tells that rows [from, to) have their metrics, in any order; samplers that do not learn ignore it. */
  tell(rows: Rows, from: number, to: number): void;
  /** Changes what ends a search under way, where it can be changed. */
  limit?(trials: number, patience: number): void;
  /** Rows asked so far. */
  readonly asked: number;
}
