import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Axis } from '../space/axis.ts';
import type { Direction } from './direction.ts';
import { medianInPlace } from './median.ts';
import { isOrdered } from './spec.ts';
import { quantile } from './summary.ts';
import { createLookup } from './trial-lookup.ts';

/** The broad region around the most robust trial. */
export interface Region {
  readonly rows: Uint32Array; // ascending
  readonly low: readonly number[]; // positions per axis, both ends included
  readonly high: readonly number[];
  readonly median: number; // of the metric over its rows
}

/** How far below the best score a trial may lie and still belong, as a share of what the best lies above the middle score. */
const DEPTH = 0.25;

/**
 * All trials that are joined to `from` by single steps on ordered axes over trials whose scores are near the best: no further
 * below it than a quarter of its distance from the median score. Choices and flags are those of `from`.
 *
 * @param from the most robust row
 */
export function findRegion(
  rows: Rows,
  from: number,
  axes: readonly Axis[],
  column: number,
  direction: Direction,
  score: Float64Array,
  count: number,
): Region {
  const sign = direction === 'max' ? 1 : -1;
  const least = depthOf(rows, sign * score[from]!, sign, score, count);
  const lookup = createLookup(
    rows,
    axes.map(({ size }) => size),
    count,
  );
  const belongs = (row: number): boolean => rows.states[row] === COMPLETE && sign * score[row]! >= least;
  const ordered = axes.flatMap((axis, a) => (isOrdered(axis) && axis.size > 1 ? [a] : []));
  const seen = new Uint8Array(count);
  const queue = [from];
  seen[from] = 1;
  const at = new Uint32Array(axes.length);
  for (let head = 0; head < queue.length; head++) {
    const row = queue[head]!;
    for (let a = 0; a < axes.length; a++) at[a] = rows.positions[a]![row]!;
    for (const a of ordered) {
      const here = at[a]!;
      for (const there of [here - 1, here + 1]) {
        if (there < 0 || there >= axes[a]!.size) continue;
        at[a] = there;
        const other = lookup.find(at);
        if (other < 0 || other >= count || seen[other] === 1) continue;
        if (!belongs(other)) continue;
        seen[other] = 1;
        queue.push(other);
      }
      at[a] = here;
    }
  }
  const members = Uint32Array.from(queue).sort();
  const values = Float64Array.from(members, (row) => rows.columns[column]![row]!).filter((value) => !Number.isNaN(value));
  const ends = rows.positions.map((positions) => reachOf(positions, members));
  return {
    rows: members,
    low: ends.map(({ low }) => low),
    high: ends.map(({ high }) => high),
    median: medianInPlace(values, values.length, direction === 'max' ? -1 : 1),
  };
}

/** The score from which on a trial belongs, times the sign. */
function depthOf(rows: Rows, top: number, sign: number, score: Float64Array, count: number): number {
  const known = score.subarray(0, count).filter((value, row) => Number.isFinite(value) && rows.states[row] === COMPLETE);
  const middle = sign * quantile(known.sort(), 0.5);
  return top - DEPTH * Math.max(0, top - middle);
}

function reachOf(positions: Uint32Array, rows: Uint32Array): { low: number; high: number } {
  let low = Number.POSITIVE_INFINITY;
  let high = -1;
  for (const row of rows) {
    low = Math.min(low, positions[row]!);
    high = Math.max(high, positions[row]!);
  }
  return { low, high };
}
