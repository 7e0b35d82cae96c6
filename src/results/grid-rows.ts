import type { Rows } from '../metrics/rows.ts';

const known = new WeakMap<object, boolean>();

/**
 * Whether the rows are every trial of the product of the axes, in trial order: a row's number is then its trial's. Looked at once
 * for each study, when its last row has a position.
 */
export function isWholeGrid(rows: Rows, sizes: readonly number[], count: number): boolean {
  const [first] = rows.positions;
  const total = sizes.reduce((product, size) => product * size, 1);
  if (first === undefined || count !== rows.rowCount || total !== count) return false;
  let whole = known.get(first);
  if (whole === undefined) known.set(first, (whole = inTrialOrder(rows, sizes)));
  return whole;
}

function inTrialOrder(rows: Rows, sizes: readonly number[]): boolean {
  let stride = rows.rowCount;
  return sizes.every((size, axis) => {
    stride /= size;
    const positions = rows.positions[axis]!;
    for (let row = 0; row < rows.rowCount; row++) if (positions[row] !== Math.floor(row / stride) % size) return false;
    return true;
  });
}
