import type { Rows } from '../metrics/rows.ts';

/** Finds the row of a trial by its axis positions, in constant time and whatever the order of rows. */
export interface TrialLookup {
  /** @returns the row, −1 if the trial was not asked */
  find(positions: ArrayLike<number>): number;
  /** Where the space is small enough: the row of every trial index, −1 for none; else null. */
  readonly table: Int32Array | null;
  /** By how much a step on an axis changes the trial index. */
  readonly strides: readonly number[];
}

const MOST_CELLS = 2 ** 27; // of the table
const SPARSE = 8; // at most so many cells of the table per row

/** @param sizes of the study's axes */
export function createLookup(rows: Rows, sizes: readonly number[], count = rows.rowCount): TrialLookup {
  const strides = sizes.map((_, a) => sizes.slice(a + 1).reduce((product, size) => product * size, 1));
  const cells = sizes.reduce((product, size) => product * size, 1);
  if (cells > MOST_CELLS || cells > Math.max(65_536, SPARSE * count)) return hashed(rows, strides, count);
  const table = new Int32Array(cells).fill(-1);
  for (let row = 0; row < count; row++) table[indexOf(rows, row, strides)] = row;
  return {
    strides,
    table,
    find(positions) {
      let index = 0;
      for (let a = 0; a < strides.length; a++) index += positions[a]! * strides[a]!;
      return table[index] ?? -1;
    },
  };
}

function indexOf(rows: Rows, row: number, strides: readonly number[]): number {
  let index = 0;
  for (let a = 0; a < strides.length; a++) index += rows.positions[a]![row]! * strides[a]!;
  return index;
}

/** Open addressing over the rows' positions, at most half full. */
function hashed(rows: Rows, strides: readonly number[], count: number): TrialLookup {
  const { positions: columns } = rows;
  let size = 16;
  while (size < 2 * count) size *= 2;
  const slots = new Int32Array(size).fill(-1);
  const axes = columns.length;

  function equal(row: number, positions: ArrayLike<number>): boolean {
    for (let a = 0; a < axes; a++) if (columns[a]![row] !== positions[a]) return false;
    return true;
  }

  function slotOf(positions: ArrayLike<number>): number {
    let hash = 0;
    for (let a = 0; a < axes; a++) hash = Math.imul(hash ^ positions[a]!, 0x9e3779b1) ^ (hash >>> 15);
    let slot = (hash ^ (hash >>> 16)) & (size - 1);
    while (slots[slot] !== -1 && !equal(slots[slot]!, positions)) slot = (slot + 1) & (size - 1);
    return slot;
  }

  const scratch = new Uint32Array(axes);
  for (let row = 0; row < count; row++) {
    for (let a = 0; a < axes; a++) scratch[a] = columns[a]![row]!;
    slots[slotOf(scratch)] = row;
  }
  return { strides, table: null, find: (positions) => slots[slotOf(positions)]! };
}
