import type { Fault } from '../core/fault.ts';
import type { Data } from './data.svelte.ts';
import type { Budget } from './budget.svelte.ts';
import type { ExecutionForm } from './execution-form.svelte.ts';
import type { Keeping } from './keeping.svelte.ts';
import type { SearchForm } from './search-form.svelte.ts';
import type { SpaceForm } from './space-form.svelte.ts';
import type { StrategyText } from './strategy-text.svelte.ts';

/** What a run is made of. */
export interface SetUp {
  readonly data: Data;
  readonly strategy: StrategyText;
  readonly space: SpaceForm;
  readonly execution: ExecutionForm;
  readonly search: SearchForm;
  readonly budget: Budget;
  readonly keeping: Keeping;
  readonly scoringFault: Fault | null;
}

/** What a run waits for, each in a few words that follow "Needs"; empty when it can begin. */
export function blockersOf(study: SetUp): readonly string[] {
  return [...barsNeeds(study), ...strategyNeeds(study), ...spaceNeeds(study), ...executionNeeds(study)];
}

function barsNeeds({ data }: SetUp): string[] {
  if (data.report !== null && data.report.questions.length > 0) return ['an answer about the price file'];
  if (data.bars !== null) return [];
  return [data.busy === null ? 'bars' : 'the bars that are being read'];
}

function strategyNeeds({ strategy }: SetUp): string[] {
  const fault = strategy.faults?.[0];
  if (fault === undefined) return [];
  return [fault.place?.kind === 'text' ? `line ${fault.place.line} of the strategy mended` : 'the strategy mended'];
}

function spaceNeeds({ space, budget, keeping }: SetUp): string[] {
  const waits = [...space.faultsByAxis.keys()].map((axis) => `the range of ${axis} mended`);
  if (space.outcome?.ok === false && waits.length === 0 && space.settingFaults.length === 0) waits.push('the ranges mended');
  const { count } = space;
  if (count !== null && !count.done) waits.push('the trials counted');
  else if (count?.feasible === 0n) waits.push('a space that has trials');
  if (!keeping.fits && keeping.keep === null)
    waits.push(memoryNeeds(keeping.allBytes ?? 0, budget.bytes, keeping.offers.length > 0));
  return waits;
}

function executionNeeds({ search, execution, space, scoringFault }: SetUp): string[] {
  const waits: string[] = [];
  if (search.faulty) waits.push('a field under Search mended');
  if (execution.faults.length + space.settingFaults.length > 0) waits.push('a number under Execution mended');
  if (execution.objectiveFaults.length > 0) waits.push('the objective mended');
  if (scoringFault !== null) waits.push('more bars or shorter periods');
  return waits;
}

/** The numbers, and the ways out. */
function memoryNeeds(bytes: number, budget: number, condensable: boolean): string {
  const ways = condensable ? 'keep the best trials only, or ' : '';
  return `${roughly(bytes)} of memory, and the budget is ${roughly(budget)}: ${ways}narrow a range, store fewer metrics, search instead of the whole grid, or raise the budget`;
}

function roughly(bytes: number): string {
  const power = Math.min(6, Math.max(2, Math.floor(Math.log10(bytes) / 3)));
  const value = bytes / 1000 ** power;
  return `${value >= 1000 ? value.toExponential(1) : value.toPrecision(3)}\u202f${['', '', 'MB', 'GB', 'TB', 'PB', 'EB'][power]}`;
}
