import type { Space } from '../space/space.ts';
import type { Goal, Limit } from './score.ts';
import type { MethodName } from './spec.ts';

/** One search, with everything decided. */
export interface Step {
  readonly method: MethodName;
  readonly seed: number;
  readonly trials: number; // Infinity where there is no budget
  readonly size: number; // trials of a generation
  readonly patience: number; // generations without a better trial; Infinity where it never ends by them
}

/** What decides the trials of a study, besides the results of those that ran. Plain data. */
export interface SearchSetup {
  readonly space: Space;
  readonly steps: readonly Step[]; // the last one is under way, the others ran before it
  readonly goals: readonly Goal[];
  readonly limit: Limit | null;
  readonly robust: boolean;
  readonly parts: number; // markets beyond the first: the same bars cut shorter, for halving
}
