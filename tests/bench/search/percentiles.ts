import { Search } from '../../../src/search/search.ts';
import { generationSize, type MethodName } from '../../../src/search/spec.ts';
import { bestSoFar } from '../../support/search-run.ts';
import type { Table } from './tables.ts';

/** Budgets as shares of the space. */
export const SHARES = [0.001, 0.005, 0.01, 0.05] as const;

/** Quartiles over the seeds of the percentile, in the full grid, of the best trial after each share. */
export interface Quartiles {
  readonly lower: number;
  readonly median: number;
  readonly upper: number;
}

/** @returns one entry per share, for the first `most` of them */
export function percentiles(table: Table, method: MethodName, seeds: number, most: number): Quartiles[] {
  return SHARES.slice(0, most).map((share) => {
    const trials = Math.round(table.trials * share);
    const found = Array.from({ length: seeds }, (_, seed) => shareBelow(table, runOnce(table, method, seed + 1, trials)));
    found.sort((a, b) => a - b);
    return { lower: quantile(found, 0.25), median: quantile(found, 0.5), upper: quantile(found, 0.75) };
  });
}

/** The best value of one search. */
export function runOnce(table: Table, method: MethodName, seed: number, trials: number): number {
  const sampler = new Search({
    space: table.space,
    steps: [{ method, seed, trials, size: generationSize(method, trials), patience: Infinity }],
    goals: [{ metric: 0, direction: 'max' }],
    limit: null,
    robust: false,
    parts: 0,
  });
  return bestSoFar(sampler, table.space.axes.length, trials, (positions) => table.at(positions)).at(-1) ?? -Infinity;
}

/** Share of the grid's trials that are not better: 1 for the best one. */
function shareBelow({ sorted, trials }: Table, value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return 1 - (sorted.length - low) / trials;
}

/** Of sorted values, between neighbours in proportion. */
function quantile(sorted: readonly number[], at: number): number {
  const place = (sorted.length - 1) * at;
  const low = sorted[Math.floor(place)]!;
  const high = sorted[Math.ceil(place)]!;
  return low + (high - low) * (place - Math.floor(place));
}
