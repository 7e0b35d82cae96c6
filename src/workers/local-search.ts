import { failed, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';
import { fault } from '../core/fault.ts';
import type { Rows } from '../metrics/rows.ts';
import { createSampler } from '../search/create.ts';
import type { Sampler } from '../search/sampler.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { SearchPort } from './search-port.ts';
import { askFor } from './search-session.ts';

/** The sampler on the page's own thread: where memory is not shared, another thread could not write positions into the rows. */
export function openLocalSearch(setup: SearchSetup, rows: Rows): SearchPort {
  let sampler: Outcome<Sampler> | null = null;
  return {
    ask(told, from, to) {
      sampler ??= made(setup);
      if (!sampler.ok) return Promise.resolve(sampler);
      const answer = askFor(sampler.value, rows, told, from, to, () => performance.now());
      return new Promise((resolve) => setTimeout(() => resolve(answer))); // the page breathes between two questions
    },
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

function made(setup: SearchSetup): Outcome<Sampler> {
  try {
    return { ok: true, value: createSampler(setup) };
  } catch (error) {
    const advice = 'This is an error of Barsweep: please report it with the link of the study.';
    return failed(fault('search_failed', `The search stopped with an error: ${errorText(error)}.`, advice));
  }
}
