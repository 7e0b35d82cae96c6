import { failed, fault, type Outcome } from '../core/fault.ts';
import { followedBy, generationOf, isExtendable, isRepeatable } from '../document/search.ts';
import type { StudyDocument } from '../document/document.ts';
import type { Rows } from '../metrics/rows.ts';
import { recommend, type Recommendation } from '../search/guide.ts';
import type { MethodName } from '../search/spec.ts';
import { growRows } from './copy-rows.ts';
import type { History } from './history.svelte.ts';
import type { Notebook } from './storage/notebook.svelte.ts';
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
  readonly notebook: Notebook;
  readonly history: History;
  subject(): RunSubject | null;
  begin(subject: RunSubject, kept: { readonly record: null; readonly run: KeptRun }): void;
}

/** Which search to take, and how another one goes on from the last results. */
export class NextSearch {
  readonly #study: SearchedStudy;

  /** Where the end of the search under way was put last. */
  #end: { readonly subject: RunSubject; readonly trials: number } | null = null;

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
    return sameButSearch(subject.document, document);
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

  /**
   * Moves the end of the search under way to what the form says. Rows are made for the trials of a study: where more are
   * allowed, the search goes on in larger ones, with the same generations and without running a trial again.
   */
  async moveEnd(): Promise<void> {
    const { run, search } = this.#study;
    const { subject } = run;
    if (run.state !== 'running' || subject === null || search.faulty || search.method !== subject.document.search.method)
      return;
    const trials = search.search.trials ?? Infinity;
    const before = this.#end?.subject === subject ? this.#end.trials : (subject.document.search.trials ?? Infinity);
    this.#end = { subject, trials };
    if (trials > before) await this.#extend(subject);
    else run.search.limit(search.search, search.seconds);
  }

  async #extend(subject: RunSubject): Promise<void> {
    const { run, search, document, notebook, history } = this.#study;
    const fits = isExtendable(subject.document.search) && sameButSearch(subject.document, document);
    if (fits) search.replace({ ...search.search, generation: generationOf(subject.document.search) });
    const next = fits ? this.#study.subject() : null;
    if (next === null || subject.keep !== null || next.keep !== null) {
      history.tell('More trials need a new run: the set-up has changed, they do not fit, or are laid out by their number.');
      return;
    }
    const { paused } = run;
    const { spentMs } = run.search;
    const forget = notebook.replacing();
    run.cancel();
    await run.ended();
    if (run.subject !== subject || run.rows === null || run.state === 'failed') return;
    const grown = growRows(run.rows, run.asked, next.trials);
    if (!grown.ok) return history.tell(grown.faults[0].message);
    this.#study.begin(next, { record: null, run: { rows: grown.value, finished: run.finished(), spentMs } });
    if (paused) run.pause();
    await forget();
  }
}

function sameButSearch(one: StudyDocument, other: StudyDocument): boolean {
  return JSON.stringify({ ...one, search: null }) === JSON.stringify({ ...other, search: null });
}

function cannot(): Outcome<never> {
  return failed(fault('search_cannot_go_on', 'This search cannot go on from these results.', 'Run the study again.'));
}
