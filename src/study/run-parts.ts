import { encodeCondensed } from '../results/condensed-file.ts';
import { marketsFor } from '../workers/part-markets.ts';
import { createPool, type Pool } from '../workers/pool.ts';
import { createSearchClient, type SearchClient } from '../workers/search-port.ts';
import { spawnSearchWorker, spawnSweepWorker } from '../workers/spawn.ts';
import { windowOver } from '../workers/sweep-window.ts';
import { startSweep } from '../workers/sweep.ts';
import { keptFailures, keptProgress, memoryFor } from './condense-run.ts';
import { digestOf } from './digest.ts';
import * as readings from './readings.ts';

/** What a run and its results are made with, in a file of its own: the first paint needs none of it. */
export type RunParts = ReturnType<typeof makeRunParts>;
export type Readings = typeof readings;

/** @param workers in the pool, none of which is started */
export function makeRunParts(workers: number) {
  const pool: Pool = createPool({ spawn: spawnSweepWorker, size: workers });
  const search: SearchClient = createSearchClient(spawnSearchWorker);
  const condense = { memoryFor, keptFailures, keptProgress, encodeCondensed };
  return { pool, search, startSweep, windowOver, marketsFor, digestOf, ...condense, readings };
}
