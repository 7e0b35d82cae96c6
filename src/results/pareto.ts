import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { has, type RowMask } from './brush.ts';
import type { Direction } from './direction.ts';
import { fullOrder } from './ranking.ts';

/** A metric and which end of it is wanted. */
export interface Aim {
  readonly column: number;
  readonly direction: Direction;
}

/**
 * Rows that no other row beats in one metric without losing in the other, best in `a` first; equal rows all belong. Rows without
 * both values are left out.
 *
 * @param mask rows that are looked at; null: all
 */
export function paretoFront(rows: Rows, a: Aim, b: Aim, count = rows.rowCount, mask: RowMask | null = null): Uint32Array {
  const values = rows.columns[a.column]!;
  const others = rows.columns[b.column]!;
  const sign = b.direction === 'max' ? 1 : -1;
  const order = fullOrder(rows, a.column, a.direction, count);
  const counts = (row: number): boolean => (mask === null || has(mask, row)) && !Number.isNaN(others[row]!);
  const end = rankedCount(rows, values, order);
  const front: number[] = [];
  let reached = Number.NaN; // best of b so far
  for (let at = 0; at < end;) {
    // Rows that are equal in a stand together; of them the best in b may belong.
    const from = at;
    let best = Number.NaN;
    for (; at < end && values[order[at]!] === values[order[from]!]; at++) {
      const row = order[at]!;
      if (counts(row) && !(sign * others[row]! <= best)) best = sign * others[row]!;
    }
    if (Number.isNaN(best) || best <= reached) continue;
    reached = best;
    front.push(...order.subarray(from, at).filter((row) => counts(row) && sign * others[row]! === best));
  }
  return Uint32Array.from(front);
}

/** Rows without a value stand last; this many stand before them. */
function rankedCount(rows: Rows, values: Float64Array, order: Uint32Array): number {
  const first = order.findIndex((row) => rows.states[row] !== COMPLETE || Number.isNaN(values[row]!));
  return first < 0 ? order.length : first;
}
