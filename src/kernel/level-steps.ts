import { sortRows } from '../core/sort-rows.ts';
import type { CompareFn } from '../language/scalar.ts';
import type { NodeId, Plan } from '../strategy/plan.ts';
import { wordCount } from './bit-ops.ts';
import { compareLevel } from './comparisons.ts';

/**
 * A series compared with one level after another, as where a threshold is an axis. With its bars sorted by value, a level divides
 * that order at a place; from the bits of the level before, only those of the bars between the two places change.
 *
 * A series is sorted when it was compared a dozen times, which takes half as long as the sort: at worst that triples the time.
 */
export interface LevelSteps {
  /** Bytes that it may hold; 0 where the Plan has nothing to step through. */
  readonly bytes: number;
  /** How often a series was sorted so far. */
  sorts(): number;
  /**
   * Writes `x fn level[0]` from word `out` on.
   * @param node the comparison
   * @param series the node of `x`
   * @param key its tuple number
   * @param fn an order
   * @param level finite
   */
  write(
    node: NodeId,
    series: NodeId,
    key: number,
    fn: CompareFn,
    x: Float64Array,
    level: Float64Array,
    bits: Uint32Array,
    out: number,
  ): void;
}

/** One comparison with one series. */
interface Watch {
  compares: number; // since it was last sorted or refused
  sorted: Sorted | null;
}

interface Sorted {
  readonly order: Uint32Array; // bars with a value, ascending
  readonly bits: Uint32Array; // of the last level
  place: number; // count of bars in front of the last level
  uses: number;
}

/** Comparisons that take as long as a sort: 20 to 25 at 2 000 to 10^6 bars. */
const PAYS = 24;
const WAITS = 12;
/** Fewer levels than this are compared with as they come: a sort would win little. */
const LEAST_LEVELS = 3 * PAYS;
const MOST_WATCHES = 1024;
/** What `sortRows` takes while it runs, per bar. */
const SORT_BYTES = 28;

/** @param cacheBytes of the evaluator: an eighth of them is taken, and sorting may take half as many more for a moment */
export function createLevelSteps(plan: Plan, axisSizes: readonly number[], bars: number, cacheBytes: number): LevelSteps {
  const { nodes } = plan;
  const levels = nodes.map((_, id) => levelsOf(plan, id, axisSizes));
  const most = Math.floor(cacheBytes / 8);
  const sortedBytes = 4 * (bars + wordCount(bars));
  const fits = sortedBytes <= most && SORT_BYTES * bars <= cacheBytes / 2;
  const bytes = fits && levels.some((count) => count > LEAST_LEVELS) ? most : 0;
  const watches = new Map<number, Watch>();
  let room = bytes;
  let sorts = 0;
  let lastId = -1;
  let last: Watch = { compares: 0, sorted: null };

  function watch(id: number): Watch {
    if (watches.size >= MOST_WATCHES) {
      const [oldest, { sorted }] = watches.entries().next().value!;
      if (sorted !== null) room += sortedBytes;
      watches.delete(oldest);
    }
    const made = { compares: 0, sorted: null };
    watches.set(id, made);
    return made;
  }

  /** Where there is no room, the oldest one that has earned its sort gives way; null where none has. */
  function sort(of: Watch, x: Float64Array): Sorted | null {
    of.compares = 0;
    for (const other of watches.values()) {
      if (room >= sortedBytes) break;
      if (other.sorted === null || other.sorted.uses < PAYS) continue;
      other.sorted = null;
      room += sortedBytes;
    }
    if (room < sortedBytes) return null;
    room -= sortedBytes;
    sorts++;
    of.sorted = {
      order: sortRows(barsWithValue(x), x, 'min'),
      bits: new Uint32Array(wordCount(bars)),
      place: Infinity,
      uses: 0,
    };
    return of.sorted;
  }

  return {
    bytes,
    sorts: () => sorts,
    write(node, series, key, fn, x, level, bits, out) {
      const id = (key * nodes.length + series) * nodes.length + node;
      if (bytes === 0 || levels[node]! <= LEAST_LEVELS || id > Number.MAX_SAFE_INTEGER) {
        return compareLevel(fn, x, 0, level, 0, bits, out, bars);
      }
      if (id !== lastId) {
        last = watches.get(id) ?? watch(id);
        lastId = id;
      }
      const sorted = last.sorted ?? (last.compares++ < WAITS ? null : sort(last, x));
      if (sorted === null) return compareLevel(fn, x, 0, level, 0, bits, out, bars);
      sorted.uses++;
      step(sorted, fn, x, level, bars);
      const from = sorted.bits;
      for (let w = 0; w < from.length; w++) bits[out + w] = from[w]!;
    },
  };
}

/** How many levels one series is compared with by an order, 0 where the node is something else. */
function levelsOf({ nodes }: Plan, id: NodeId, axisSizes: readonly number[]): number {
  const node = nodes[id]!;
  if (node.op !== 'compare' || node.fn === 'eq' || node.fn === 'ne') return 0;
  const [left, right] = [nodes[node.left]!, nodes[node.right]!];
  if ((left.type === 'number') === (right.type === 'number')) return 0;
  const [number, series] = left.type === 'number' ? [left, right] : [right, left];
  return number.deps.reduce((count, axis) => (series.deps.includes(axis) ? count : count * axisSizes[axis]!), 1);
}

function barsWithValue(x: Float64Array): Uint32Array {
  const out = new Uint32Array(x.length);
  let count = 0;
  for (let i = 0; i < x.length; i++) if (x[i] === x[i]) out[count++] = i;
  return out.subarray(0, count);
}

function step(sorted: Sorted, fn: CompareFn, x: Float64Array, level: Float64Array, bars: number): void {
  const { order, bits, place } = sorted;
  const to = placeOf(order, x, level, fn === 'le' || fn === 'gt', Math.min(place, order.length));
  sorted.place = to;
  // a bar that changes takes about three times as long as one in a row that is compared
  if (Math.abs(to - place) > bars / 4) return compareLevel(fn, x, 0, level, 0, bits, 0, bars);
  const end = Math.max(to, place);
  for (let k = Math.min(to, place); k < end; k++) {
    const bar = order[k]!;
    bits[bar >>> 5] = bits[bar >>> 5]! ^ (1 << (bar & 31));
  }
}

/** Count of bars whose value is below the level, or at most as large where `inclusive`: looked for from `near` on, in growing jumps. */
function placeOf(order: Uint32Array, x: Float64Array, level: Float64Array, inclusive: boolean, near: number): number {
  const n = order.length;
  let low = 0;
  let high = n;
  let jump = 1;
  if (near < n && isBefore(order, near, x, level, inclusive)) {
    low = near + 1;
    for (; low + jump < n; jump *= 2) {
      if (!isBefore(order, low + jump, x, level, inclusive)) {
        high = low + jump;
        break;
      }
      low += jump + 1;
    }
  } else {
    high = near;
    for (; high - jump >= 0; jump *= 2) {
      if (isBefore(order, high - jump, x, level, inclusive)) {
        low = high - jump + 1;
        break;
      }
      high -= jump;
    }
  }
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(order, middle, x, level, inclusive)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function isBefore(order: Uint32Array, k: number, x: Float64Array, level: Float64Array, inclusive: boolean): boolean {
  const value = x[order[k]!]!;
  return inclusive ? value <= level[0]! : value < level[0]!;
}
