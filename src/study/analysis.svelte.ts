import { untrack } from 'svelte';
import type { RowFilter } from '../results/filter.ts';
import type { Importance } from '../results/importance.ts';
import { pairSpecs } from '../results/pairs.ts';
import type { Questions } from '../results/questions.ts';
import { createResultsClient, type ResultsClient } from '../workers/results-client.ts';
import type { View } from './view.svelte.ts';

type SurveyQuestion = Parameters<Questions['survey']>[0];

const FEW_ROWS = 50_000; // up to here a filter is a matter of a few ms
const LIVE_GAP_MS = 500; // between two looks at a study that runs
const LIVE_SHARE = 4; // and at least so many times what a look takes, so that the sweep keeps the cores

/**
 * What is known about the space as a whole: leaders, plateau, flags, and the order of the table. It is worked out beside the
 * page, again and again while a study runs.
 */
export class Analysis {
  readonly #view: View;
  /** Answers within a moment; the other one may take seconds for a large study. */
  readonly quick: ResultsClient = createResultsClient();
  readonly #slow: ResultsClient = createResultsClient();
  #surveys = 0;
  #rested = 0; // when the next look at a running study is due
  #pending = $state(false);
  #importance = $state.raw<Importance | null>(null);

  constructor(view: View) {
    this.#view = view;
  }

  /** Whether leaders and plateau of the shown metric are being worked out. */
  get pending(): boolean {
    return this.#pending;
  }

  /** How much of the shown metric's variance each axis explains. */
  get importance(): Importance | null {
    return this.#importance;
  }

  /** Called once, while the page's first component is made. */
  connect(): void {
    const view = this.#view;
    $effect(() => {
      const { rows, axes } = view;
      for (const client of [this.quick, this.#slow]) client.open(rows, axes);
      this.#rested = 0;
      this.#importance = null;
    });
    $effect(() => {
      const { rows, column, direction, reach, finished } = view;
      void view.cardVersion;
      const count = untrack(() => view.count);
      if (rows === null || count === 0 || view.axes.length === 0) return;
      // The neighbours of trials that were not kept are not known.
      if (view.condensed.held !== null) return finished ? view.settle() : undefined;
      if (!finished && performance.now() < this.#rested) return;
      void this.#judge({ column, direction, reach, count }, finished);
    });
    $effect(() => {
      const { filter } = view;
      untrack(() => void this.#filter(filter?.ok === true ? filter.value : null));
    });
    $effect(() => {
      const { rows, finished, sorting } = view;
      const { mask } = view.selection;
      if (rows === null || !finished || sorting === null) return;
      void this.quick.ask('order', 'order', { sorting, count: view.count, mask }).then((order) => {
        if (order !== null) view.sorted(order);
      });
    });
  }

  /** Many rows are looked through beside the page, so that typing never waits for them. */
  async #filter(filter: RowFilter | null): Promise<void> {
    const { selection, count, filterText } = this.#view;
    const test = filter === null ? null : { key: filter.text, test: filter.keeps };
    const give = test === null || count <= FEW_ROWS ? undefined : selection.expect(test);
    if (give !== undefined) {
      const words = await this.quick.ask('filter', 'filter', { text: filterText, count });
      const { filter: now } = this.#view;
      if (now?.ok !== true || now.value !== filter) return; // another one took its place
      if (words !== null) give(words);
    }
    selection.filter(test);
  }

  async #judge(of: SurveyQuestion, last: boolean): Promise<void> {
    const view = this.#view;
    const { rows } = view;
    const started = performance.now();
    this.#rested = Number.POSITIVE_INFINITY;
    this.#pending = true;
    const survey = await this.#slow.ask('survey', 'survey', of);
    const ended = performance.now();
    this.#rested = ended + Math.max(LIVE_GAP_MS, LIVE_SHARE * (ended - started));
    this.#pending = false;
    if (view.rows !== rows) return;
    if (survey !== null) view.judged({ ...survey, ...of, number: ++this.#surveys });
    if (last) view.settle();
    const importance = await this.#slow.ask('importance', 'importance', of);
    if (importance !== null && view.rows === rows) this.#importance = importance;
    if (last && view.rows === rows) void this.#prepare(of);
  }

  /**
   * What views ask first of a study that is done: the worker keeps the answers, so that they stand as soon as a view does. One after
   * the other, so that a person's question waits for one of them at most.
   */
  async #prepare({ column, direction, count }: SurveyQuestion): Promise<void> {
    const { rows, axes } = this.#view;
    await this.quick.ask('slices ahead', 'slices', { column, row: null, count });
    for (const spec of pairSpecs(axes, column, direction, 'median')) {
      if (this.#view.rows !== rows) return;
      await this.quick.ask('pairs ahead', 'surfaces', { specs: [spec], count, score: null });
    }
  }
}
