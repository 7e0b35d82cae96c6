import { BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { createRows, openRows, rowsBytes, type Rows } from '../metrics/rows.ts';

// Where memory cannot be shared, a range of rows travels to the worker with its positions and comes back with its results.

/** Rows [from, to) alone, in memory that can be handed over. */
export function packRows(rows: Rows, from: number, to: number): ArrayBuffer {
  const shape = { rowCount: to - from, axisCount: rows.positions.length, metrics: rows.stored };
  const buffer = new ArrayBuffer(rowsBytes(shape));
  const packed = createRows(shape, () => buffer);
  packed.markets.set(rows.markets.subarray(from, to));
  for (const [a, column] of packed.positions.entries()) column.set(rows.positions[a]!.subarray(from, to));
  return buffer;
}

/** Puts `count` finished rows of a range that came back into their places from row `from` on. */
export function unpackRows(rows: Rows, from: number, count: number, buffer: ArrayBuffer): boolean {
  const opened = openRows(buffer);
  if (!opened.ok || opened.value.rowCount < count || opened.value.stored.length !== rows.stored.length) return false;
  const packed = opened.value;
  for (const [c, column] of rows.columns.entries()) column.set(packed.columns[c]!.subarray(0, count), from);
  if (rows.moments.length > 0) rows.moments.set(packed.moments.subarray(0, count * BLOCK_NUMBERS), from * BLOCK_NUMBERS);
  rows.states.set(packed.states.subarray(0, count), from);
  return true;
}
