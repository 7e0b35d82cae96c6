import type { Rows } from '../metrics/rows.ts';
import type { Condensed } from '../results/condensed.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import type { Progress } from '../workers/sweep.ts';

export type RunState = 'idle' | 'running' | 'done' | 'cancelled' | 'failed';

/** Rows that an earlier page computed of the same study. */
export interface KeptRun {
  readonly rows: Rows;
  readonly finished: readonly RowRange[];
  readonly condensed?: Condensed | null; // where not every row is kept; `rows` are then its rows
  readonly spentMs?: number; // of a search whose end is moved while it runs
}

/** A kept study as it was left. */
export interface AdoptedRun extends KeptRun {
  readonly state: RunState;
  readonly asked: number;
  readonly failures: readonly TrialFailure[];
  readonly progress: Progress;
  readonly digest: string | null;
}
