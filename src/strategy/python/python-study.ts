import type { Execution } from '../execution.ts';
import type { Plan } from '../plan.ts';

export interface PythonStudy {
  readonly plan: Plan;
  readonly values: ArrayLike<number>; // one per axis: the trial's
  readonly parameters: readonly (readonly [name: string, value: string])[]; // the same in words
  readonly execution: Execution; // of this trial: nothing swept, the tick size known
  readonly startBar: number; // first scored bar
  readonly warmupBars: number; // of this trial
  readonly title: string; // one line
  readonly decimals: number; // of the prices, −1 where unknown
  readonly lowestPrice: number;
  readonly csv: string | null; // BAR_COLUMNS; null: the script asks for a file
  readonly expected: readonly (readonly [label: string, value: number])[]; // of the report, to compare with
}
