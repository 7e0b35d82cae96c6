import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import type { Sampler } from '../../src/search/sampler.ts';

/**
 * Runs a search over values that are known: row by row, told once the sampler waits.
 *
 * @param valueOf larger is better; NaN is a trial without a result
 * @returns the best value after each row, −Infinity before the first result
 */
export function bestSoFar(
  sampler: Sampler,
  axes: number,
  trials: number,
  valueOf: (positions: ArrayLike<number>) => number,
): Float64Array {
  const rows: Rows = createRows({ rowCount: trials, axisCount: axes, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
  const best = new Float64Array(trials);
  const positions = new Int32Array(axes);
  const { columns, states } = rows;
  let to = 0;
  let told = 0;
  for (let most = -Infinity; to < trials;) {
    const { written, exhausted, waiting } = sampler.ask(rows, to, trials, Infinity);
    for (let row = to; row < to + written; row++) {
      for (let a = 0; a < axes; a++) positions[a] = rows.positions[a]![row]!;
      const value = valueOf(positions);
      columns[0]![row] = value;
      states[row] = COMPLETE;
      if (value > most) most = value;
      best[row] = most;
    }
    to += written;
    if (exhausted) break;
    if (!waiting) continue;
    if (told === to) throw new Error(`the search waits at row ${to} though all rows are told`);
    sampler.tell(rows, told, to);
    told = to;
  }
  return best.subarray(0, to);
}
