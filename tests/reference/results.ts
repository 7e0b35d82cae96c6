import type { Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, EXCLUDED, PENDING } from '../../src/metrics/state.ts';
import type { Direction } from '../../src/results/direction.ts';
import type { SurfaceSpec } from '../../src/results/spec.ts';
import { CELL_UNDEFINED } from '../../src/results/surface.ts';

/** Slow, obvious twins of results/: objects, sorts and filters instead of heaps, radix passes and running sums. */

interface Entry {
  row: number;
  state: number;
  value: number;
  positions: number[];
}

function entries(rows: Rows, column: number, count: number): Entry[] {
  return Array.from({ length: count }, (_, row) => ({
    row,
    state: rows.states[row]!,
    value: rows.columns[column]![row]!,
    positions: rows.positions.map((p) => p[row]!),
  }));
}

export function naiveOrder(rows: Rows, column: number, direction: Direction, count: number): number[] {
  const all = entries(rows, column, count);
  const group = (e: Entry): number => (e.state !== COMPLETE ? 2 : Number.isNaN(e.value) ? 1 : 0);
  const ahead = (a: Entry, b: Entry): boolean => (direction === 'max' ? a.value > b.value : a.value < b.value);
  return all
    .sort((a, b) => {
      if (group(a) !== group(b)) return group(a) - group(b);
      if (group(a) === 0 && ahead(a, b)) return -1;
      if (group(a) === 0 && ahead(b, a)) return 1;
      return a.row - b.row;
    })
    .map((e) => e.row);
}

export interface NaiveCell {
  value: number;
  reason: number;
  row: number;
}

export function naiveSurface(
  rows: Rows,
  sizes: readonly number[],
  spec: SurfaceSpec,
  excluded: Uint8Array | null,
  count: number,
): NaiveCell[] {
  const width = spec.x === null ? 1 : sizes[spec.x]!;
  const height = spec.y === null ? 1 : sizes[spec.y]!;
  const folded = sizes.some((size, a) => size > 1 && a !== spec.x && a !== spec.y && spec.fixed[a] === null);
  const cells: NaiveCell[] = [];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const here = entries(rows, spec.column, count).filter(
        (e) =>
          e.state !== PENDING &&
          e.positions.every((at, a) =>
            a === spec.x ? at === x : a === spec.y ? at === y : spec.fixed[a] === null || spec.fixed[a] === at,
          ),
      );
      cells.push(naiveCell(here, spec, folded, excluded?.[y * width + x] === 1));
    }
  }
  return cells;
}

function naiveCell(here: Entry[], spec: SurfaceSpec, folded: boolean, excluded: boolean): NaiveCell {
  const valued = here.filter((e) => e.state === COMPLETE && !Number.isNaN(e.value));
  if (valued.length === 0) return emptyCell(here, excluded);
  const sign = spec.direction === 'max' ? 1 : -1;
  const ranked = [...valued].sort((a, b) => (a.value === b.value ? a.row - b.row : sign * a.value > sign * b.value ? -1 : 1));
  const worst = [...valued].sort((a, b) =>
    a.value === b.value ? a.row - b.row : sign * a.value < sign * b.value ? -1 : 1,
  )[0]!;
  const best = ranked[0]!;
  const cell = (value: number): NaiveCell => ({ value, reason: COMPLETE, row: best.row });
  if (!folded || spec.aggregate === 'best') return cell(best.value);
  switch (spec.aggregate) {
    case 'profitable': {
      const gained = valued.filter((e) => e.value > 0); // the only stored metric is one whose sign says so
      return cell(gained.length / here.filter((e) => e.state !== EXCLUDED).length);
    }
    case 'worst':
      return { value: worst.value, reason: COMPLETE, row: worst.row };
    case 'mean':
      return cell(valued.reduce((sum, e) => sum + e.value, 0) / valued.length);
    default:
      return cell(naiveMedian(valued, spec));
  }
}

/** Why no trial of a cell has a value. */
function emptyCell(here: Entry[], excluded: boolean): NaiveCell {
  const order = [EXCLUDED, CELL_UNDEFINED, 2, 3, 4, 5];
  const reasonOf = (e: Entry): number => (e.state === COMPLETE ? CELL_UNDEFINED : e.state);
  const gravest = here.reduce((most, e) => Math.max(most, order.indexOf(reasonOf(e))), -1);
  if (gravest < 0) return { value: NaN, reason: excluded ? EXCLUDED : PENDING, row: -1 };
  return { value: NaN, reason: order[gravest]!, row: here.find((e) => order.indexOf(reasonOf(e)) === gravest)!.row };
}

/** Between a finite and an infinite value, or two infinite ones, the worse of them. */
function naiveMedian(valued: Entry[], { direction }: SurfaceSpec): number {
  const sorted = valued.map((e) => e.value).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [lower, upper] = [sorted[sorted.length % 2 === 1 ? middle : middle - 1]!, sorted[middle]!];
  if (lower === upper) return lower;
  if (Number.isFinite(lower) && Number.isFinite(upper)) return (lower + upper) / 2;
  return direction === 'max' ? lower : upper;
}
