import { failed, fault, type Outcome } from '../core/fault.ts';
import { followedBy, isRepeatable } from '../document/search.ts';
import type { StudyDocument } from '../document/schema.ts';
import type { Rows } from '../metrics/rows.ts';
import { recommend, type Recommendation } from '../search/guide.ts';
import type { MethodName } from '../search/spec.ts';
import { growRows } from './copy-rows.ts';
import type { Estimate } from './estimate.ts';
import type { KeptRun } from './kept-run.ts';
import type { Run, RunSubject } from './run.svelte.ts';
import type { SearchForm } from './search-form.svelte.ts';
import type { SpaceForm } from './space-form.svelte.ts';

/** What advice and a further search are made from. */
export interface SearchedStudy {
  readonly run: Run;
  readonly space: SpaceForm;
  readonly search: SearchForm;
  readonly document: StudyDocument;
  readonly estimate: Estimate | null;
  readonly blockers: readonly string[];
  readonly view: { readonly rows: Rows | null };
  subject(): RunSubject | null;
}

/** Which search to take, and how another one goes on from the last results. */
export class NextSearch {
  readonly #study: SearchedStudy;

  constructor(study: SearchedStudy) {
    this.#study = study;
  }

  /** Time of the full grid, ms; null while it is not known. */
  readonly gridMs: number | null = $derived.by(() => {
    const { estimate } = this.#study;
    const { count } = this.#study.space;
    if (estimate === null || count === null || estimate.trials === 0) return null;
    return (estimate.ms / estimate.trials) * Number(count.feasible);
  });

  readonly recommendation: Recommendation | null = $derived.by(() => {
    const { gridMs } = this;
    const { space, search } = this.#study;
    if (gridMs === null || space.count === null) return null;
    return recommend({ trials: Number(space.count.feasible), gridMs, patienceMs: search.wait });
  });

  /** Whether a further search can go on from the last run's results: nothing but the search may have changed. */
  readonly possible: boolean = $derived.by(() => {
    const { run, view, document } = this.#study;
    const { subject, state } = run;
    if (subject === null || subject.keep !== null || state === 'running' || view.rows === null) return false;
    if (!isRepeatable(subject.document.search, run.asked)) return false;
    return JSON.stringify({ ...subject.document, search: null }) === JSON.stringify({ ...document, search: null });
  });

  /** Sets up another search over the same space, into the same results; no trial runs twice. */
  prepare(method: MethodName, trials: number): Outcome<{ readonly subject: RunSubject; readonly kept: KeptRun }> {
    const { run, search } = this.#study;
    const { subject, rows, asked } = run;
    if (!this.possible || subject === null || rows === null) return cannot();
    const finished = run.finished();
    search.replace(followedBy(subject.document.search, asked, method, trials));
    const next = this.#study.subject();
    if (next === null || this.#study.blockers.length > 0) return cannot();
    const grown = growRows(rows, asked, next.trials);
    return grown.ok ? { ok: true, value: { subject: next, kept: { rows: grown.value, finished } } } : grown;
  }
}

function cannot(): Outcome<never> {
  return failed(fault('search_cannot_go_on', 'This search cannot go on from these results.', 'Run the study again.'));
}
