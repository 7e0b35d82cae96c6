import type { Rows } from '../metrics/rows.ts';
import type { Generation } from '../search/generation.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { LiveSearch, SearchPort } from './search-port.ts';

/**
 * The sampler on the page's own thread: where memory is not shared, another thread could not write positions into the rows.
 *
 * @param learned hears of generations whose results were learned
 */
export function openLocalSearch(
  setup: SearchSetup,
  rows: Rows,
  learned: (generations: readonly Generation[]) => void = () => undefined,
): LiveSearch {
  // Loaded when it is needed: pages that share memory never do.
  const loaded = import('./search-session.ts').then(({ createLocal }) => createLocal(setup, rows));
  return {
    async ask(told, from, to) {
      const answer = (await loaded).ask(told, from, to);
      if (answer.ok && (answer.value.generations ?? []).length > 0) learned(answer.value.generations ?? []);
      await new Promise((resolve) => setTimeout(resolve)); // the page breathes between two questions
      return answer;
    },
    limit: (trials, patience) => void loaded.then((local) => local.limit(trials, patience)),
    close: () => undefined,
  };
}

/** Where positions stand in the rows already, all of them. */
export const POSITIONS_ARE_THERE: SearchPort = {
  ask: (_told, from, to) => Promise.resolve({ ok: true, value: { written: to - from, exhausted: false, waiting: false } }),
  close: () => undefined,
};

/** Where every trial has run already: there is nothing to ask. */
export const NOTHING_TO_ASK: SearchPort = {
  ask: () => Promise.resolve({ ok: true, value: { written: 0, exhausted: true, waiting: false } }),
  close: () => undefined,
};
