import type { Rows } from '../metrics/rows.ts';

/**
 * Row of the trial at these axis positions among rows [0, count), −1 if it was not asked.
 *
 * @param ordered rows lie in trial order, as the grid asks them: found by bisection instead of a scan
 */
export function rowOf(rows: Rows, positions: ArrayLike<number>, count = rows.rowCount, ordered = true): number {
  if (!ordered) {
    for (let row = 0; row < count; row++) if (compare(rows, row, positions) === 0) return row;
    return -1;
  }
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(rows, middle, positions) < 0) low = middle + 1;
    else high = middle;
  }
  return low < count && compare(rows, low, positions) === 0 ? low : -1;
}

/** Axis positions of a row, in axis order. */
export function positionsOfRow(rows: Rows, row: number): number[] {
  return rows.positions.map((column) => column[row]!);
}

/** < 0 where the row's trial index is smaller: the first axis varies slowest. */
function compare(rows: Rows, row: number, positions: ArrayLike<number>): number {
  for (let axis = 0; axis < rows.positions.length; axis++) {
    const difference = rows.positions[axis]![row]! - positions[axis]!;
    if (difference !== 0) return difference;
  }
  return 0;
}
