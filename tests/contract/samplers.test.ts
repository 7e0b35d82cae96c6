import { createGrid } from '../../src/search/grid.ts';
import { METHODS } from '../../src/search/spec.ts';
import { oneStep } from '../support/search-setup.ts';
import { samplerSuite } from '../support/sampler-suite.ts';

samplerSuite('the grid', createGrid);
for (const method of METHODS) {
  if (method !== 'grid') samplerSuite(method, (space) => oneStep(space, { method }));
}
samplerSuite('genetic, robust', (space) => oneStep(space, { method: 'genetic' }, { robust: true }));
