import type { MakeBuffer } from '../core/buffer.ts';
import { BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { METRICS } from '../metrics/columns.ts';
import { createRows, type Rows } from '../metrics/rows.ts';
import { COMPLETE, FAILED } from '../metrics/state.ts';
import {
  cellsFrom,
  FAILED_KEPT,
  pairsOf,
  placesOf,
  tallyBytes,
  SEGMENT_ROWS,
  type AxisPair,
  type CondensedShape,
} from './condensed-shape.ts';
import { rankDirection } from './direction.ts';
import { gravity, UNDEFINED } from './fold.ts';

/**
 * What is kept of a study whose rows do not fit into memory: its best trials, the first that failed, and for every pair of axes
 * and chosen metrics the best trial, the sum and the count of each cell. Its size does not depend on the count of trials.
 *
 * Segments of `SEGMENT_ROWS` rows are committed once, in order. Sums are made per segment and merged in that order, and of equal
 * values the lower row stays, so the bytes are the same however the study was computed. There is no median: it would need every
 * value.
 */
export interface Condensed {
  readonly shape: CondensedShape;
  /** Kept trials: [0, count) are the best ones, in any order until `sort`; then the failed ones; then the best of each cell. */
  readonly rows: Rows;
  readonly tally: Tally;
  readonly pairs: readonly AxisPair[];
  readonly count: number; // of best trials so far
  readonly failed: number; // failed trials that are kept
  committed: number; // rows of the study
  /** Takes rows [from, from + count) of the study, which lie at `at`: a segment, or the last part of one. */
  commit(rows: Rows, at: number, from: number, count: number): void;
  /** Puts the best trials in order, best first. */
  sort(): void;
}

/** Beside each kept row, by its place. */
export interface Tally {
  readonly buffer: ArrayBuffer;
  readonly numbers: Float64Array; // row number in the study, −1 while the place is empty
  readonly sums: Float64Array; // of cells, from the first cell on: values that are numbers
  readonly counts: Float64Array; // of them
  readonly reasons: Uint8Array; // as in a surface
}

export function createCondensed(shape: CondensedShape, make: MakeBuffer): Condensed {
  const { sizes, metrics } = shape;
  const rows = createRows({ rowCount: placesOf(shape), axisCount: sizes.length, metrics }, make);
  const tally = tallyOver(shape, new ArrayBuffer(tallyBytes(shape)));
  tally.numbers.fill(-1);
  return condensedOver(shape, rows, tally, { committed: 0, count: 0, failed: 0 });
}

export function tallyOver(shape: CondensedShape, buffer: ArrayBuffer): Tally {
  const places = placesOf(shape);
  const cells = places - cellsFrom(shape);
  return {
    buffer,
    numbers: new Float64Array(buffer, 0, places),
    sums: new Float64Array(buffer, places * 8, cells),
    counts: new Float64Array(buffer, (places + cells) * 8, cells),
    reasons: new Uint8Array(buffer, (places + 2 * cells) * 8, cells),
  };
}

/** How far it is. */
export interface CondensedState {
  readonly committed: number;
  readonly count: number;
  readonly failed: number;
}

export function condensedOver(shape: CondensedShape, kept: Rows, tally: Tally, state: CondensedState): Condensed {
  const pairs = pairsOf(shape);
  const signs = kept.metrics.map((metric) => (rankDirection(METRICS[metric]!.direction) === 'max' ? 1 : -1));
  const ranked = kept.columns[shape.objective]!;
  const sign = signs[shape.objective]!;
  const base = cellsFrom(shape);
  let { count, failed } = state;
  // A heap of places with the worst kept trial at its root.
  const heap = Int32Array.from({ length: shape.best }, (_, place) => place);
  for (let at = (count >> 1) - 1; at >= 0; at--) sink(at);

  const mostCells = pairs.reduce((most, { cells }) => Math.max(most, cells), 0);
  const segment = new Int32Array(SEGMENT_ROWS); // cell of each row
  const touched = new Int32Array(SEGMENT_ROWS);
  const leads = new Int32Array(mostCells).fill(-1); // row of the segment that leads in a cell
  const sums = new Float64Array(mostCells);
  const counts = new Uint32Array(mostCells);
  const reasons = new Uint8Array(mostCells);

  function ahead(a: number, b: number): boolean {
    const x = sign * ranked[a]!;
    const y = sign * ranked[b]!;
    return x > y || (x === y && tally.numbers[a]! < tally.numbers[b]!);
  }

  function sink(from: number): void {
    let at = from;
    const place = heap[at]!;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= count) break;
      if (child + 1 < count && ahead(heap[child]!, heap[child + 1]!)) child++;
      if (!ahead(place, heap[child]!)) break;
      heap[at] = heap[child]!;
      at = child;
    }
    heap[at] = place;
  }

  function rise(from: number): void {
    let at = from;
    const place = heap[at]!;
    while (at > 0 && ahead(heap[(at - 1) >> 1]!, place)) {
      heap[at] = heap[(at - 1) >> 1]!;
      at = (at - 1) >> 1;
    }
    heap[at] = place;
  }

  function copy(rows: Rows, from: number, place: number, number: number): void {
    for (let a = 0; a < kept.positions.length; a++) kept.positions[a]![place] = rows.positions[a]![from]!;
    for (let k = 0; k < kept.columns.length; k++) kept.columns[k]![place] = rows.columns[k]![from]!;
    if (kept.moments.length > 0) {
      kept.moments.set(rows.moments.subarray(from * BLOCK_NUMBERS, (from + 1) * BLOCK_NUMBERS), place * BLOCK_NUMBERS);
    }
    kept.markets[place] = rows.markets[from]!;
    kept.states[place] = rows.states[from]!;
    tally.numbers[place] = number;
  }

  function takeBest(rows: Rows, at: number, from: number, length: number): void {
    const values = rows.columns[shape.objective]!;
    for (let k = 0; k < length; k++) {
      const value = values[at + k]!;
      const state = rows.states[at + k]!;
      if (state === FAILED && failed < FAILED_KEPT) copy(rows, at + k, shape.best + failed++, from + k);
      if (state !== COMPLETE || Number.isNaN(value)) continue;
      if (count < shape.best) {
        copy(rows, at + k, heap[count]!, from + k);
        rise(count++);
      } else if (count > 0 && sign * value > sign * ranked[heap[0]!]!) {
        copy(rows, at + k, heap[0]!, from + k);
        sink(0);
      }
    }
  }

  /** The segment alone. @returns how many cells it touches */
  function gather(rows: Rows, at: number, length: number, column: number): number {
    const values = rows.columns[column]!;
    const { states } = rows;
    const better = signs[column]!;
    let some = 0;
    for (let k = 0; k < length; k++) {
      const cell = segment[k]!;
      const value = values[at + k]!;
      const state = states[at + k]!;
      const lead = leads[cell]!;
      if (lead < 0) touched[some++] = cell;
      if (state === COMPLETE && value === value) {
        if (counts[cell] === 0 || better * value > better * values[at + lead]!) leads[cell] = k;
        sums[cell]! += value;
        counts[cell]!++;
      } else if (counts[cell] === 0) {
        const reason = state === COMPLETE ? UNDEFINED : state;
        if (lead >= 0 && gravity(reason) <= gravity(reasons[cell]!)) continue;
        reasons[cell] = reason;
        leads[cell] = k;
      }
    }
    return some;
  }

  function merge(rows: Rows, at: number, from: number, some: number, column: number, first: number): void {
    const values = rows.columns[column]!;
    const best = kept.columns[column]!;
    const better = signs[column]!;
    for (let k = 0; k < some; k++) {
      const cell = touched[k]!;
      const lead = leads[cell]!;
      const place = first + cell;
      const held = tally.reasons[place - base]!;
      const has = counts[cell]! > 0;
      const wins = has
        ? held !== COMPLETE || better * values[at + lead]! > better * best[place]!
        : held !== COMPLETE && gravity(reasons[cell]!) > gravity(held);
      if (wins) {
        copy(rows, at + lead, place, from + lead);
        tally.reasons[place - base] = has ? COMPLETE : reasons[cell]!;
      }
      tally.sums[place - base]! += sums[cell]!;
      tally.counts[place - base]! += counts[cell]!;
      leads[cell] = -1;
      sums[cell] = 0;
      counts[cell] = 0;
      reasons[cell] = 0;
    }
  }

  const condensed = {
    shape,
    rows: kept,
    tally,
    pairs,
    committed: state.committed,
    get count() {
      return count;
    },
    get failed() {
      return failed;
    },
    commit(rows: Rows, at: number, from: number, length: number) {
      takeBest(rows, at, from, length);
      for (const { a, b, cells, first } of pairs) {
        const across = rows.positions[a]!;
        const up = b === null ? null : rows.positions[b]!;
        const width = shape.sizes[a]!;
        for (let k = 0; k < length; k++) segment[k] = across[at + k]! + (up === null ? 0 : up[at + k]! * width);
        for (const [k, column] of shape.surfaces.entries()) {
          const some = gather(rows, at, length, column);
          merge(rows, at, from, some, column, first + k * cells);
        }
      }
      condensed.committed = from + length;
    },
    sort() {
      const order = Array.from({ length: count }, (_, place) => place).sort((a, b) => (ahead(a, b) ? -1 : 1));
      for (const column of [kept.states, kept.markets, ...kept.positions, ...kept.columns, tally.numbers]) {
        column.set(order.map((place) => column[place]!));
      }
      if (kept.moments.length > 0) {
        const of = (place: number): Float64Array => kept.moments.subarray(place * BLOCK_NUMBERS, (place + 1) * BLOCK_NUMBERS);
        kept.moments.set(order.flatMap((place) => [...of(place)]));
      }
      for (let place = 0; place < shape.best; place++) heap[place] = place;
      heap.subarray(0, count).reverse(); // the worst at the root
    },
  };
  return condensed;
}
