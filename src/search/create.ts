import { createGrid } from './grid.ts';
import { Search } from './search.ts';
import type { Sampler } from './sampler.ts';
import type { SearchSetup } from './setup.ts';

export function createSampler(setup: SearchSetup): Sampler {
  const [step, ...more] = setup.steps;
  // A grid alone needs no memory of what it asked, and so has no bound; patience needs what the trials gave.
  if (step?.method === 'grid' && more.length === 0 && step.patience === Infinity) return createGrid(setup.space, step.trials);
  return new Search(setup);
}
