import { metricIndex, USUAL_KEYS } from '../../src/metrics/columns.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { crossoverStudy, emptyRows, hashRows, sweepStudy, type CrossoverStudy } from './crossover-study.ts';

const ROUNDS = 9;
/** What a new study stores. */
const STORED = USUAL_KEYS.map(metricIndex).sort((a, b) => a - b);

/** Wall time of whole sweeps on a warm pool, from the call to its end: opening, asking, running, reporting. */
export async function benchPool(pool: Pool, print: (line: string) => void): Promise<void> {
  const from = performance.now();
  const warm = await pool.warm();
  if (!warm.ok) throw new Error(warm.faults[0].message);
  print(
    `start and warm-up: ${(performance.now() - from).toFixed(0)} ms; the warm-up says ${warm.value.toFixed(2)} ns per bar and trial`,
  );
  await benchStudy('10 000 trials × 2 500 bars', crossoverStudy(), pool, print);
  await benchStudy('10 000 trials × 2 500 bars, long only', crossoverStudy({ short: false }), pool, print);
  await benchStudy('400 trials × 100 000 bars', crossoverStudy({ bars: 100_000, fast: 20, slow: 20 }), pool, print);
}

async function benchStudy(name: string, study: CrossoverStudy, pool: Pool, print: (line: string) => void): Promise<void> {
  const times: number[] = [];
  const hashes = new Set<string>();
  for (let round = 0; round < ROUNDS; round++) {
    const rows = emptyRows(study, STORED);
    const from = performance.now();
    const end = await sweepStudy(study, pool, rows).done;
    times.push(performance.now() - from);
    if (end.reason !== 'finished' || end.done !== study.trials) throw new Error(`${end.reason} after ${end.done} rows`);
    hashes.add(hashRows(rows));
  }
  if (hashes.size !== 1) throw new Error('rounds differ in their results');
  const first = times[0] ?? NaN;
  times.sort((a, b) => a - b);
  const least = times[0] ?? NaN;
  const most = times.at(-1) ?? NaN;
  const ns = (least * 1e6 * pool.size) / (study.trials * study.bars.count);
  const [hash = ''] = hashes;
  print(
    `${name}: ${least.toFixed(1)} ms (${(study.trials / least).toFixed(0)} trials/ms, ${ns.toFixed(2)} ns per bar, trial and worker), ` +
      `first ${first.toFixed(1)}, worst ${most.toFixed(1)}, results ${hash.slice(0, 12)}`,
  );
}
