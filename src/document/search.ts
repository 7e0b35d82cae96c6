import { METRICS, metricIndex } from '../metrics/columns.ts';
import { storedColumns, type Objective } from '../metrics/objective.ts';
import type { SearchSetup, Step } from '../search/setup.ts';
import type { Goal, Limit } from '../search/score.ts';
import { generationSize, type MethodName } from '../search/spec.ts';
import { roomFor, type SpaceCount } from '../space/count.ts';
import type { Space } from '../space/space.ts';
import type { StudyDocument, StudySearch } from './document.ts';
import { readStep, spellStep } from './search-step.ts';
import { readWhere } from './where.ts';

/** Parts of the bars that successive halving runs on, beside all of them: a third, and a third of that. */
export const PARTS = 2;
const MOST_GOALS = 3;

/** Everything that decides which trials run, each default in place. */
export function searchSetup({ search }: StudyDocument, objective: Objective, space: Space): SearchSetup {
  const before = (search.before ?? []).flatMap((text) => readStep(text) ?? []);
  return {
    space,
    steps: [...before, search].map(stepOf),
    goals: goalColumns(search, objective).map(goalOf),
    limit: limitOf(search),
    robust: search.robust ?? false,
    parts: PARTS,
  };
}

/**
 * Rows to make room for: as many as may run. Searches over parts of the bars run a trial more than once.
 * @returns `estimated`: the rows may be fewer than the trials there are
 */
export function rowsFor({ search }: StudyDocument, count: SpaceCount): { readonly rows: number; readonly estimated: boolean } {
  const room = roomFor(count);
  if (search.trials === undefined) return { rows: room, estimated: !count.exact };
  const before = (search.before ?? []).reduce((sum, text) => sum + (readStep(text)?.trials ?? 0), 0);
  const asked = before + search.trials;
  const all = search.method === 'halving' || !count.exact ? asked : Math.min(asked, room);
  return { rows: all, estimated: false };
}

/** Trials of a generation, which stays what it is when the budget of a search is changed. */
export function generationOf(search: StudySearch): number {
  return stepOf(search).size;
}

/** Whether a search that ran `asked` trials is the beginning of the one that a document can name. */
export function isRepeatable({ method, trials, before = [] }: StudySearch, asked: number): boolean {
  if (method === 'halving') return false;
  return isExtendable({ method }) || (before.length === 0 && asked === trials);
}

/** Whether a search asks the same trials first whatever its budget is; some lay out their points by it. */
export function isExtendable({ method }: StudySearch): boolean {
  return method !== 'zoom' && method !== 'latin' && method !== 'halving';
}

/** The search `method` after one that ran `asked` trials, those before it included. */
export function followedBy(search: StudySearch, asked: number, method: MethodName, trials: number): StudySearch {
  const earlier = search.before ?? [];
  const ran = earlier.reduce((sum, text) => sum + (readStep(text)?.trials ?? 0), 0);
  const step = stepOf(search);
  const last = spellStep({ method: step.method, trials: Math.max(0, asked - ran), seed: step.seed, generation: step.size });
  const { robust, where } = search;
  return {
    method,
    trials,
    seed: step.seed + 1,
    ...(robust === undefined ? {} : { robust }),
    ...(where === undefined ? {} : { where }),
    before: [...earlier, last],
  };
}

/** The columns that a study stores: those it selects and ranks by, and those its search reads. */
export function searchColumns({ metrics, search }: StudyDocument, objective: Objective): readonly number[] {
  const read = [...goalColumns(search, objective), ...(limitOf(search)?.slots ?? [])];
  return storedColumns(metrics, objective, read);
}

function goalColumns({ method, objectives = [] }: StudySearch, { column }: Objective): number[] {
  const more = method === 'nsga' ? objectives.map(metricIndex) : [];
  return [...new Set([column, ...more])].slice(0, MOST_GOALS);
}

function goalOf(metric: number): Goal {
  return { metric, direction: METRICS[metric]?.direction === 'min' ? 'min' : 'max' };
}

function limitOf({ where }: StudySearch): Limit | null {
  if (where === undefined) return null;
  const read = readWhere(where);
  return read.ok ? { expr: read.value.expr, slots: read.value.slots } : null;
}

function stepOf(search: Partial<StudySearch> & { readonly method: MethodName }): Step {
  const trials = search.trials ?? Infinity;
  return {
    method: search.method,
    seed: search.seed ?? 1,
    trials,
    size: search.generation ?? generationSize(search.method, trials),
    patience: search.patience ?? Infinity,
  };
}
