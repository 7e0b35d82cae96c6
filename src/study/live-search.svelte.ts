import type { StudySearch } from '../document/search-schema.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Generation } from '../search/generation.ts';
import type { SearchSetup } from '../search/setup.ts';
import { openLocalSearch } from '../workers/local-search.ts';
import { createSearchClient, type LiveSearch, type SearchPort } from '../workers/search-port.ts';
import { spawnSearchWorker } from '../workers/spawn.ts';
import { SHARES_MEMORY } from './memory.ts';

/** The search of the run under way or of the last one: what it has learned, and what ends it. */
export class RunSearch {
  #generations = $state.raw<readonly Generation[]>([]);
  #live: LiveSearch | null = null;
  readonly #client = createSearchClient(spawnSearchWorker);

  /** Generations whose results the search has learned, in order. */
  get generations(): readonly Generation[] {
    return this.#generations;
  }

  warm(): void {
    this.#client.warm();
  }

  open(setup: SearchSetup, rows: Rows): SearchPort {
    this.forget();
    const learned = (generations: readonly Generation[]): void => {
      if (this.#live === live) this.#generations = [...this.#generations, ...generations];
    };
    const live = SHARES_MEMORY ? this.#client.open(setup, rows, learned) : openLocalSearch(setup, rows, learned);
    this.#live = live;
    return live;
  }

  forget(): void {
    this.#generations = [];
    this.#live = null;
  }

  /** Moves the end of the search under way. */
  limit(search: StudySearch): void {
    this.#live?.limit(search.trials ?? Infinity, search.patience ?? Infinity);
  }

  /**
   * Lets the search choose no further trial once the time is up; what was chosen still runs.
   * @param done of the sweep
   */
  endAfter(seconds: number | null, done: Promise<unknown>): void {
    const live = this.#live;
    if (seconds === null || live === null) return;
    const timer = setTimeout(() => live.limit(0, Infinity), seconds * 1000);
    void done.then(() => clearTimeout(timer));
  }
}
