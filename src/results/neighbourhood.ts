import { COMPLETE, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Axis } from '../space/axis.ts';
import type { Direction } from './direction.ts';
import { medianInPlace } from './median.ts';
import { profitColumn } from './profit.ts';
import { isOrdered } from './spec.ts';
import { createLookup, type TrialLookup } from './trial-lookup.ts';

/** One value per row. Shared memory where the caller makes it so. */
export interface NeighbourhoodColumns {
  /** Median of the metric over the box around the row; NaN where less than half of the box is there. */
  readonly score: Float64Array;
  /** How much the box differs within itself: the median distance from the score. */
  readonly roughness: Float64Array;
  /** Share of the box that made a profit, in [0, 1]; NaN where profit is not stored. */
  readonly profitable: Float64Array;
}

export interface NeighbourhoodSpec {
  readonly axes: readonly Axis[];
  readonly column: number; // of Rows
  readonly direction: Direction;
  readonly reach: number; // steps to either side, 1 or 2
  readonly count: number; // rows [0, count) have positions
}

/** Whether a score is a value: the worst there can be only says that half of the box or more has none. */
export function isScore(score: number, direction: Direction): boolean {
  return score === score && score !== (direction === 'max' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
}

/** A column as pictures show it: not a number where the score is no value. */
export function shownColumn(
  { score, roughness, profitable }: NeighbourhoodColumns,
  measure: 'neighbourhood' | 'roughness' | 'profitable',
  direction: Direction,
): Float64Array {
  if (measure === 'profitable') return profitable;
  const shown = new Float64Array(measure === 'roughness' ? roughness : score);
  for (let row = 0; row < shown.length; row++) if (!isScore(score[row]!, direction)) shown[row] = NaN;
  return shown;
}

/** Up to here all combinations of steps are neighbours; beyond, only steps along one axis at a time. */
const BOX_AXES = 4;

/** What stands around one row, itself included. */
export interface Box {
  /** Rows that were run, in no particular order; the first `size` entries. */
  readonly rows: Int32Array;
  /** How many rows a box has that no border cuts. */
  readonly full: number;
  /** Fills `rows`. @returns how many */
  around(row: number): number;
}

/**
 * Neighbours of a trial: up to `reach` steps on every ordered axis, choices and flags unchanged, itself included. Trials that a
 * constraint leaves out or that were not run are not there. An axis with fewer than 2 × reach + 1 values has no more steps.
 */
export function createBox(rows: Rows, axes: readonly Axis[], reach: number, lookup: TrialLookup): Box {
  const ordered = axes.flatMap((axis, a) => (isOrdered(axis) && axis.size > 1 ? [a] : []));
  const widths = ordered.map((a) => Math.min(axes[a]!.size, 2 * reach + 1));
  const crossed = ordered.length > BOX_AXES;
  const full = crossed
    ? widths.reduce((sum, width) => sum + width - 1, 1)
    : widths.reduce((product, width) => product * width, 1);
  const found = new Int32Array(full);
  const at = new Uint32Array(axes.length);
  const low = new Int32Array(ordered.length);
  const high = new Int32Array(ordered.length);

  function place(row: number): void {
    for (let a = 0; a < at.length; a++) at[a] = rows.positions[a]![row]!;
    for (let k = 0; k < ordered.length; k++) {
      const here = at[ordered[k]!]!;
      low[k] = Math.max(0, here - reach);
      high[k] = Math.min(axes[ordered[k]!]!.size - 1, here + reach);
    }
  }

  function take(size: number): number {
    const row = lookup.find(at);
    if (row < 0 || rows.states[row] === PENDING) return size;
    found[size] = row;
    return size + 1;
  }

  function walk(k: number, size: number): number {
    if (k === ordered.length) return take(size);
    const axis = ordered[k]!;
    const here = at[axis]!;
    for (let p = low[k]!; p <= high[k]!; p++) {
      at[axis] = p;
      size = walk(k + 1, size);
    }
    at[axis] = here;
    return size;
  }

  function cross(): number {
    let size = take(0);
    for (let k = 0; k < ordered.length; k++) {
      const axis = ordered[k]!;
      const here = at[axis]!;
      for (let p = low[k]!; p <= high[k]!; p++) {
        if (p === here) continue;
        at[axis] = p;
        size = take(size);
      }
      at[axis] = here;
    }
    return size;
  }

  /** With a table of all trials: four loops over its cells, axes that are missing having one step of no length. */
  const { table, strides } = lookup;
  const steps = [0, 1, 2, 3].map((k) => (k < ordered.length ? strides[ordered[k]!]! : 0));
  function tabled(row: number, cells: Int32Array): number {
    let base = 0;
    for (let a = 0; a < strides.length; a++) base += rows.positions[a]![row]! * strides[a]!;
    const from = [0, 0, 0, 0];
    const to = [0, 0, 0, 0];
    for (let k = 0; k < ordered.length; k++) {
      const here = rows.positions[ordered[k]!]![row]!;
      from[k] = -Math.min(reach, here);
      to[k] = Math.min(reach, axes[ordered[k]!]!.size - 1 - here);
    }
    const [s0, s1, s2, s3] = steps as [number, number, number, number];
    let size = 0;
    for (let i = from[0]!; i <= to[0]!; i++) {
      for (let j = from[1]!; j <= to[1]!; j++) {
        for (let k = from[2]!; k <= to[2]!; k++) {
          const start = base + i * s0 + j * s1 + k * s2;
          for (let l = from[3]!; l <= to[3]!; l++) {
            const other = cells[start + l * s3]!;
            if (other >= 0 && rows.states[other] !== PENDING) found[size++] = other;
          }
        }
      }
    }
    return size;
  }

  return {
    rows: found,
    full,
    around(row) {
      if (table !== null && !crossed) return tabled(row, table);
      place(row);
      return crossed ? cross() : walk(0, 0);
    },
  };
}

/** Works through rows a piece at a time. */
export interface NeighbourhoodWork {
  /** Does up to `most` more rows. @returns whether all are done */
  step(most: number): boolean;
}

/**
 * For every row the median of its box, in which a trial that is not complete or has no such value counts as the worst there can
 * be. The score of a row is there whatever its own state.
 *
 * @param out columns of at least `count` entries
 */
export function createNeighbourhood(rows: Rows, spec: NeighbourhoodSpec, out: NeighbourhoodColumns): NeighbourhoodWork {
  const { axes, column, direction, reach, count } = spec;
  const box = createBox(
    rows,
    axes,
    reach,
    createLookup(
      rows,
      axes.map(({ size }) => size),
      count,
    ),
  );
  const values = rows.columns[column]!;
  const profit = profitColumn(rows);
  const worse = direction === 'max' ? -1 : 1;
  const worst = worse * Number.POSITIVE_INFINITY;
  const scratch = new Float64Array(box.full);
  let next = 0;

  function evaluate(row: number): void {
    const size = box.around(row);
    let gains = 0;
    for (let i = 0; i < size; i++) {
      const other = box.rows[i]!;
      const complete = rows.states[other] === COMPLETE;
      const value = values[other]!;
      scratch[i] = complete && value === value ? value : worst;
      if (profit !== null && complete && profit[other]! > 0) gains++;
    }
    if (2 * size < box.full) {
      out.score[row] = out.roughness[row] = out.profitable[row] = NaN;
      return;
    }
    const middle = medianInPlace(scratch, size, worse);
    out.score[row] = middle;
    for (let i = 0; i < size; i++) scratch[i] = middle === scratch[i] ? 0 : Math.abs(scratch[i]! - middle);
    out.roughness[row] = medianInPlace(scratch, size, 1);
    out.profitable[row] = profit === null ? NaN : gains / size;
  }

  return {
    step(most) {
      const to = Math.min(count, next + most);
      for (; next < to; next++) evaluate(next);
      return next >= count;
    },
  };
}
