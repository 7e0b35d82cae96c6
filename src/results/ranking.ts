import { COMPLETE, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Direction } from './direction.ts';
import { sortRows } from '../core/sort-rows.ts';

/** The best rows so far, kept while a study runs. */
export interface Ranking {
  /**
   * Takes finished rows [from, to). Rows that are not complete or not a number are passed over; a row taken twice counts once.
   * O(rows) for rows that do not reach the list, O(log capacity) for the others.
   */
  update(from: number, to: number): void;
  /** Row numbers, best first; a new array. Ties by row number. */
  top(): Int32Array;
  /** The best row, −1 while there is none. */
  best(): number;
}

/** @param capacity how many rows the list holds */
export function createRanking(rows: Rows, column: number, direction: Direction, capacity = 500): Ranking {
  const values = rows.columns[column]!;
  const { states } = rows;
  const listed = new Uint8Array(Math.ceil(rows.rowCount / 8));
  // A heap with the worst listed row at its root: most rows lose against it and cost one comparison.
  const heap = new Int32Array(capacity);
  let size = 0;
  let best = -1;
  const sign = direction === 'max' ? 1 : -1;

  function ahead(a: number, b: number): boolean {
    const x = sign * values[a]!;
    const y = sign * values[b]!;
    return x > y || (x === y && a < b);
  }

  function sink(at: number): void {
    const row = heap[at]!;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= size) break;
      if (child + 1 < size && ahead(heap[child]!, heap[child + 1]!)) child++;
      if (!ahead(row, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = row;
  }

  function rise(at: number): void {
    const row = heap[at]!;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!ahead(heap[parent]!, row)) break;
      heap[at] = heap[parent]!;
      at = parent;
    }
    heap[at] = row;
  }

  function update(from: number, to: number): void {
    for (let row = from; row < to; row++) {
      if (states[row] !== COMPLETE || Number.isNaN(values[row]!)) continue;
      if (size === capacity && !ahead(row, heap[0]!)) continue;
      if ((listed[row >> 3]! & (1 << (row & 7))) !== 0) continue;
      listed[row >> 3]! |= 1 << (row & 7);
      if (best < 0 || ahead(row, best)) best = row;
      if (size < capacity) {
        heap[size] = row;
        rise(size++);
      } else {
        const out = heap[0]!;
        listed[out >> 3]! &= ~(1 << (out & 7));
        heap[0] = row;
        sink(0);
      }
    }
  }

  function top(): Int32Array {
    return heap.slice(0, size).sort((a, b) => (ahead(a, b) ? -1 : 1));
  }

  return { update, top, best: () => best };
}

/**
 * Every row of [0, count), best first: values in order, then complete rows whose value is not a number, then the rows that are
 * not complete; within each, ties by row number. The same groups under both directions. ±Infinity are values.
 */
export function fullOrder(rows: Rows, column: number, direction: Direction, count = rows.rowCount): Uint32Array {
  const values = rows.columns[column]!;
  const { states } = rows;
  const ranked = new Uint32Array(count);
  let size = 0;
  for (let row = 0; row < count; row++) {
    if (states[row] === COMPLETE && !Number.isNaN(values[row]!)) ranked[size++] = row;
  }
  ranked.set(sortRows(ranked.subarray(0, size), values, direction));
  for (let row = 0; row < count; row++) {
    if (states[row] === COMPLETE && Number.isNaN(values[row]!)) ranked[size++] = row;
  }
  for (let row = 0; row < count; row++) {
    if (states[row] !== COMPLETE) ranked[size++] = row;
  }
  return ranked;
}

/**
 * Every row by its neighbourhood's score, best first; ties by the row's own value, then by row number. Complete rows without a
 * score follow by their own value, then the rows that are not complete.
 *
 * @param own the rows by their own values, from `fullOrder` in the same direction
 */
export function robustOrder(rows: Rows, own: Uint32Array, direction: Direction, score: Float64Array): Uint32Array {
  const { states } = rows;
  const order = new Uint32Array(own.length);
  const rest = new Uint32Array(own.length);
  let scored = 0;
  let others = 0;
  for (let i = 0; i < own.length; i++) {
    const row = own[i]!;
    if (states[row] === COMPLETE && !Number.isNaN(score[row]!)) order[scored++] = row;
    else rest[others++] = row;
  }
  order.set(sortRows(order.subarray(0, scored), score, direction));
  order.set(rest.subarray(0, others), scored);
  return order;
}

/** Rows of [0, count) by their position on an axis, ties by row number; rows that are still pending come last. */
export function axisOrder(rows: Rows, axis: number, direction: Direction, count = rows.rowCount): Uint32Array {
  const { states } = rows;
  const positions = rows.positions[axis]!;
  let largest = 0;
  for (let row = 0; row < count; row++) largest = Math.max(largest, positions[row]!);
  const placeOf = (row: number): number => {
    if (states[row] === PENDING) return largest + 1;
    return direction === 'max' ? largest - positions[row]! : positions[row]!;
  };
  const next = new Uint32Array(largest + 3); // where the next row of each place goes
  for (let row = 0; row < count; row++) next[placeOf(row) + 1]!++;
  for (let place = 1; place < next.length; place++) next[place]! += next[place - 1]!;
  const order = new Uint32Array(count);
  for (let row = 0; row < count; row++) order[next[placeOf(row)]!++] = row;
  return order;
}
