// What is made of rows, and what of them a link wants shown: there are none before the first run.
export { condensedSpec, condensedSurface } from '../results/condensed-surface.ts';
export { createDistribution } from '../results/distribution.ts';
export { readFilter } from '../results/filter.ts';
export { excludedCells } from '../results/mask.ts';
export { shownColumn } from '../results/neighbourhood.ts';
export { withColumn } from '../results/questions.ts';
export { createRanking } from '../results/ranking.ts';
export { closeSurface, createCellMemory, createSurface } from '../results/surface.ts';
export { cellDistribution, Distributions } from './distributions.ts';
export { restoreLook, restoreTrials } from './link-look.ts';
export { spellView, wishedSpec } from './spell-view.ts';
