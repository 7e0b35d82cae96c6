import type { Space } from '../space/space.ts';
import { createGrid } from './grid.ts';
import type { Sampler } from './sampler.ts';

/** What decides the trials of a study, besides the results of those that ran. */
export interface SearchSetup {
  readonly space: Space;
  readonly method: 'grid';
}

export function createSampler({ space }: SearchSetup): Sampler {
  return createGrid(space);
}
