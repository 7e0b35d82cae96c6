import type { Rows } from '../../src/metrics/rows.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import type { SearchPort } from '../../src/workers/search-port.ts';
import { askFor } from '../../src/workers/search-session.ts';

/** A sampler on the thread of the sweep. */
export function localSearch(sampler: Sampler, rows: Rows, now: () => number = () => performance.now()): SearchPort {
  return {
    ask: (told, from, to) => Promise.resolve(askFor(sampler, rows, told, from, to, now)),
    close: () => undefined,
  };
}
