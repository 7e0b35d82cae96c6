import { Search } from '../../src/search/search.ts';
import type { SearchSetup, Step } from '../../src/search/setup.ts';
import type { Space } from '../../src/space/space.ts';

/** One search over metric 0 of the rows, larger being better; generations of 16 unless told. */
export function oneStep(space: Space, step: Partial<Step>, more: Partial<SearchSetup> = {}): Search {
  return new Search({
    space,
    steps: [fullStep(step)],
    goals: [{ metric: 0, direction: 'max' }],
    limit: null,
    robust: false,
    parts: 2,
    ...more,
  });
}

export function fullStep(step: Partial<Step>): Step {
  return { method: 'random', seed: 1, trials: Infinity, size: 16, patience: Infinity, ...step };
}
