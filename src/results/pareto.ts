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
  const counts = (row: number, x: number, y: number): boolean =>
    rows.states[row] === COMPLETE && x === x && y === y && (mask === null || has(mask, row));
  let front: Point[] = [];
  let middle: Point | undefined; // a point that beats most rows, looked at first
  for (let row = 0; row < count; row++) {
    const x = signA * values[row]!;
    const y = signB * others[row]!;
    if (middle !== undefined && x < middle.a && y < middle.b) continue;
    if (!counts(row, x, y)) continue;
    front = admitted(front, x, y, row);
    middle = front[front.length >> 1];
  }
  return Uint32Array.from(front.flatMap((point) => point.rows));
}

/** A point of the front with the rows that stand there; both metrics so that more is better. */
interface Point {
  readonly a: number;
  readonly b: number;
  readonly rows: number[];
}

/** The front with one more row: best in `a` first, and better in `b` from point to point. The same where the row is beaten. */
function admitted(front: Point[], a: number, b: number, row: number): Point[] {
  // The first point that is worse in `a`; the one before it is the best in `b` of those that are not.
  let at = 0;
  for (let end = front.length; at < end;) {
    const middle = (at + end) >> 1;
    if (front[middle]!.a >= a) at = middle + 1;
    else end = middle;
  }
  const before = front[at - 1];
  if (before?.a === a && before.b === b) before.rows.push(row);
  if (before !== undefined && before.b >= b) return front;
  const ahead = front.slice(0, at).filter((point) => point.a > a);
  return [...ahead, { a, b, rows: [row] }, ...front.slice(at).filter((point) => point.b > b)];
}
