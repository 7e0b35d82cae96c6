import type { Bars } from '../bars/buffer.ts';
import type { Market } from '../bars/market.ts';
import type { StudyDocument } from '../document/document.ts';
import type { Objective } from '../metrics/objective.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { Space } from '../space/space.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import type { Keep } from './keeping.svelte.ts';

/** Everything that one run is about. It never changes, whatever is edited while or after it runs. */
export interface RunSubject {
  readonly document: StudyDocument;
  readonly plan: Plan;
  readonly space: Space;
  readonly execution: Execution;
  readonly scoring: ResolvedScoring;
  readonly market: Market;
  readonly bars: Bars;
  readonly trials: number; // expected; the most that have room
  readonly estimated: boolean; // `trials` is an estimate
  readonly objective: Objective;
  readonly keep: Keep | null; // of results that do not fit; null: every row
}
