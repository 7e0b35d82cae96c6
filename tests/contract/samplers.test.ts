import { createGrid } from '../../src/search/grid.ts';
import { samplerSuite } from '../support/sampler-suite.ts';

samplerSuite('the grid', createGrid);
