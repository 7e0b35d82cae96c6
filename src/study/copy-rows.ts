import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { createRows, type Rows } from '../metrics/rows.ts';
import { makeMemory } from './memory.ts';

/** The first `count` rows with their results, and room for more behind them. */
export function growRows(from: Rows, count: number, rowCount: number): Outcome<Rows> {
  let to: Rows;
  try {
    to = createRows({ rowCount, axisCount: from.positions.length, metrics: from.stored }, makeMemory);
  } catch {
    return failed(fault('rows_memory', `There is no memory for ${rowCount} trials.`, 'Choose fewer trials.'));
  }
  const most = Math.min(count, rowCount);
  const copy = <Column extends Int32Array | Uint32Array | Float64Array>(column: Column, into: Column | undefined): void =>
    into?.set(column.subarray(0, most));
  copy(from.states, to.states);
  copy(from.markets, to.markets);
  from.positions.forEach((column, a) => copy(column, to.positions[a]));
  from.columns.forEach((column, k) => copy(column, to.columns[k]));
  to.moments.set(from.moments.subarray(0, most * BLOCK_NUMBERS));
  return ok(to);
}
