import { COMPLETE, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import type { Direction } from './direction.ts';

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
  const scored = own.filter((row) => rows.states[row] === COMPLETE && !Number.isNaN(score[row]!));
  const order = new Uint32Array(own.length);
  order.set(sortRows(scored, score, direction));
  order.set(
    own.filter((row) => rows.states[row] !== COMPLETE || Number.isNaN(score[row]!)),
    scored.length,
  );
  return order;
}

/** Rows of [0, count) by their position on an axis, ties by row number; rows that are still pending come last. */
export function axisOrder(rows: Rows, axis: number, direction: Direction, count = rows.rowCount): Uint32Array {
  const positions = rows.positions[axis]!;
  let largest = 0;
  for (let row = 0; row < count; row++) largest = Math.max(largest, positions[row]!);
  const key = new Float64Array(count);
  for (let row = 0; row < count; row++) {
    const position = direction === 'max' ? largest - positions[row]! : positions[row]!;
    key[row] = rows.states[row] === PENDING ? largest + 1 : position;
  }
  return sortRows(countUp(count), key, 'min');
}

const DIGIT = 11;
const BUCKETS = 1 << DIGIT;

/**
 * Stable radix sort of row numbers by the bits of their float64 values, 11 bits at a time. No value may be NaN.
 * @returns the sorted rows, in `ranked`'s own memory or other
 */
function sortRows(ranked: Uint32Array, values: Float64Array, direction: Direction): Uint32Array {
  const n = ranked.length;
  const low = new Uint32Array(n);
  const high = new Uint32Array(n);
  const bits = new Float64Array(1);
  const words = new Uint32Array(bits.buffer);
  const flip = direction === 'max' ? 0xffffffff : 0;
  for (let i = 0; i < n; i++) {
    bits[0] = values[ranked[i]!]! + 0; // −0 + 0 is 0: the two zeros tie
    // Bits of a negative number run backwards; flipped, all compare as unsigned whole numbers.
    const mask = -(words[1]! >>> 31);
    low[i] = words[0]! ^ mask ^ flip;
    high[i] = words[1]! ^ (mask | 0x80000000) ^ flip;
  }
  let from = countUp(n);
  let to: Uint32Array = new Uint32Array(n);
  const starts = new Uint32Array(BUCKETS);
  for (const [key, shift] of [
    [low, 0],
    [low, DIGIT],
    [low, 2 * DIGIT],
    [high, 0],
    [high, DIGIT],
    [high, 2 * DIGIT],
  ] as const) {
    starts.fill(0);
    for (let i = 0; i < n; i++) starts[(key[i]! >>> shift) & (BUCKETS - 1)]!++;
    if (n > 0 && starts[(key[0]! >>> shift) & (BUCKETS - 1)] === n) continue; // all alike: nothing moves
    let sum = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const held = starts[bucket]!;
      starts[bucket] = sum;
      sum += held;
    }
    for (let i = 0; i < n; i++) {
      const at = from[i]!;
      to[starts[(key[at]! >>> shift) & (BUCKETS - 1)]!++] = at;
    }
    [from, to] = [to, from];
  }
  for (let i = 0; i < n; i++) to[i] = ranked[from[i]!]!;
  return to;
}

function countUp(count: number): Uint32Array {
  const out = new Uint32Array(count);
  for (let i = 0; i < count; i++) out[i] = i;
  return out;
}
