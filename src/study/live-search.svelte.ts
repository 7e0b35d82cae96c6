import type { StudySearch } from '../document/document.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Generation } from '../search/generation.ts';
import type { SearchSetup } from '../search/setup.ts';
import { openLocalSearch } from '../workers/local-search.ts';
import type { LiveSearch, SearchClient, SearchPort } from '../workers/search-port.ts';
import { SHARES_MEMORY } from './memory.ts';

/** The search of the run under way or of the last one: what it has learned, and what ends it. */
export class RunSearch {
  #generations = $state.raw<readonly Generation[]>([]);
  #live: LiveSearch | null = null;
  #startedMs = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Generations whose results the search has learned, in order. */
  get generations(): readonly Generation[] {
    return this.#generations;
  }

  open(client: SearchClient, setup: SearchSetup, rows: Rows): SearchPort {
    this.forget();
    const learned = (generations: readonly Generation[]): void => {
      if (this.#live === live) this.#generations = [...this.#generations, ...generations];
    };
    const live = SHARES_MEMORY ? client.open(setup, rows, learned) : openLocalSearch(setup, rows, learned);
    this.#live = live;
    return live;
  }

  forget(): void {
    this.#generations = [];
    this.#live = null;
  }

  /** Moves the end of the search under way. @param seconds since its start; null: no such end */
  limit(search: StudySearch, seconds: number | null): void {
    this.#live?.limit(search.trials ?? Infinity, search.patience ?? Infinity);
    this.#endAfter(seconds);
  }

  /**
   * The search has begun.
   * @param seconds after which it chooses no further trial; what was chosen still runs
   * @param spentMs that it ran before, where it goes on
   * @param done of the sweep
   */
  began(seconds: number | null, spentMs: number, done: Promise<unknown>): void {
    this.#startedMs = performance.now() - spentMs;
    this.#endAfter(seconds);
    const live = this.#live;
    void done.then(() => {
      if (this.#live === live) clearTimeout(this.#timer);
    });
  }

  /** How long the search has run. */
  get spentMs(): number {
    return performance.now() - this.#startedMs;
  }

  #endAfter(seconds: number | null): void {
    clearTimeout(this.#timer);
    const live = this.#live;
    if (seconds === null || live === null) return;
    this.#timer = setTimeout(() => live.limit(0, Infinity), Math.max(0, seconds * 1000 - this.spentMs));
  }
}
