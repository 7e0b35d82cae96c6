import { COMPLETE } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { has, type RowMask } from './brush.ts';
import type { Direction } from './direction.ts';

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
  const [values, others] = [a, b].map(({ column }) => rows.columns[column]!) as [Float64Array, Float64Array];
  const [signA, signB] = [a, b].map(({ direction }) => (direction === 'max' ? 1 : -1)) as [number, number];
  // The front so far: best in `a` first, and better in `b` from point to point; each with the rows that stand there.
  let front: { readonly a: number; readonly b: number; readonly rows: number[] }[] = [];
  let [lastA, lastB] = [NaN, NaN]; // a point of the front that beats most rows, looked at first
  for (let row = 0; row < count; row++) {
    const x = signA * values[row]!;
    const y = signB * others[row]!;
    if (x < lastA && y < lastB) continue;
    if (rows.states[row] !== COMPLETE || Number.isNaN(x) || Number.isNaN(y) || (mask !== null && !has(mask, row))) continue;
    // The first point that is worse in `a`; the one before it is the best in `b` of those that are not.
    let at = 0;
    for (let end = front.length; at < end;) {
      const middle = (at + end) >> 1;
      if (front[middle]!.a >= x) at = middle + 1;
      else end = middle;
    }
    const before = front[at - 1];
    if (before !== undefined && before.a === x && before.b === y) before.rows.push(row);
    else if (before === undefined || before.b < y) {
      const kept = front.slice(0, at).filter((point) => point.a > x);
      front = [...kept, { a: x, b: y, rows: [row] }, ...front.slice(at).filter((point) => point.b > y)];
      ({ a: lastA, b: lastB } = front[front.length >> 1]!);
    }
  }
  return Uint32Array.from(front.flatMap((point) => point.rows));
}
