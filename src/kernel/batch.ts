import { ledgerLength } from './block-moments.ts';
import { bookTrades, closeBooking, createFills, type Fills } from './book-trades.ts';
import { RELATIVE, SLIPPAGE } from './costs.ts';
import type { HeldTables } from './held-tables.ts';
import { openLedger, RETURN_SHIFT, SHIFT, type Ledger } from './ledger.ts';
import { pricesFound, priceTrades, type Finder } from './proportional.ts';
import type { RowSource } from './tile-rows.ts';

/**
 * Trials whose trades are found one after the other and booked together, a block of bars at a time: over long data the tables that
 * booking reads are many times the cache, and trial by trial almost every trade would wait for memory that no other has touched.
 * The same operations in the same order as one by one, so the same bytes.
 */
export interface Batch {
  readonly ledgers: readonly Ledger[];
  readonly states: Uint8Array;
  /**
   * Evaluates the first rows of [from, to) together.
   * @returns count of rows that `ledgers` and `states` now hold, row `from` first; negative: so many rows are to be run one by one
   */
  prepare(rows: RowSource, from: number, to: number, stopped: () => boolean): number;
}

/**
 * Finds a trial's trades, into the fills of the batch from their start on, for which its ledger is open.
 * @returns their count
 */
export type FindTrades = (positions: ArrayLike<number>, values: ArrayLike<number>, ledger: Ledger) => number;

/** Below so many bars the tables lie in the second cache, or nearly so. */
const LEAST_BARS = 1 << 15;
const MOST_TRIALS = 64;
/** Of all trials of a batch: 25 bytes each. */
const MOST_TRADES = 1 << 20;
/** Bars of a block: 88 bytes of tables and prices each, of which not all are read. */
const BLOCK = 4096;

/** @param fills that the trades of one trial are found in; null where the bars are few */
export function createBatch(finder: Finder, tables: HeldTables, axes: number, fills: Fills, find: FindTrades): Batch | null {
  const { course } = finder;
  const { count, startBar, costs, execution } = course;
  const unpriced = !pricesFound(finder);
  if (count < LEAST_BARS) return null;
  const room = Math.min(count, MOST_TRADES);
  const all = createFills(room);
  const ledgers = Array.from({ length: MOST_TRIALS }, () => new Float64Array(ledgerLength(course.blocks)));
  const states = new Uint8Array(MOST_TRIALS);
  const positions = new Uint32Array(axes);
  const values = new Float64Array(axes);
  const next = new Int32Array(MOST_TRIALS); // of a trial's trades the first that is not booked
  const ends = new Int32Array(MOST_TRIALS);
  const restFrom = new Int32Array(MOST_TRIALS);
  const relatives = new Float64Array(MOST_TRIALS);
  const slippages = new Float64Array(MOST_TRIALS);

  /** @returns how many trials there was room for */
  function findAll(rows: RowSource, from: number, most: number, stopped: () => boolean): number {
    let used = 0;
    for (let k = 0; k < most; k++) {
      if (stopped()) return 0;
      for (let axis = 0; axis < axes; axis++) {
        const position = rows.positions[axis]![from + k]!;
        positions[axis] = position;
        values[axis] = rows.valueOf(axis, position);
      }
      const ledger = ledgers[k]!;
      ledger[SHIFT] = 0;
      ledger[RETURN_SHIFT] = 0;
      openLedger(ledger, execution.capital);
      const trades = find(positions, values, ledger);
      if (used + trades > room) return k;
      copyFills(fills, trades, all, used);
      next[k] = used;
      used += trades;
      ends[k] = used;
      restFrom[k] = startBar;
      relatives[k] = costs[RELATIVE]!;
      slippages[k] = costs[SLIPPAGE]!;
    }
    return most;
  }

  function bookBlock(trials: number, before: number): void {
    for (let k = 0; k < trials; k++) {
      const first = next[k]!;
      let end = first;
      while (end < ends[k]! && all.exitBars[end]! < before) end++;
      if (end === first) continue;
      costs[RELATIVE] = relatives[k]!;
      costs[SLIPPAGE] = slippages[k]!;
      if (unpriced) priceTrades(course, all, first, end);
      restFrom[k] = bookTrades(course, tables, all, first, end, ledgers[k]!, restFrom[k]!);
      next[k] = end;
    }
  }

  return {
    ledgers,
    states,
    prepare(rows, from, to, stopped) {
      if (to - from < 2) return from - to;
      const trials = findAll(rows, from, Math.min(to - from, MOST_TRIALS), stopped);
      if (trials < 2) return -1;
      for (let bar = startBar; bar <= count; bar += BLOCK) {
        if (stopped()) return -1;
        bookBlock(trials, bar + BLOCK > count ? Infinity : bar + BLOCK);
      }
      for (let k = 0; k < trials; k++) {
        states[k] = closeBooking(course, ledgers[k]!, restFrom[k]!);
      }
      return trials;
    },
  };
}

function copyFills(from: Fills, count: number, to: Fills, at: number): void {
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = to;
  for (let k = 0; k < count; k++) {
    sides[at + k] = from.sides[k]!;
    entryBars[at + k] = from.entryBars[k]!;
    entryPrices[at + k] = from.entryPrices[k]!;
    exitBars[at + k] = from.exitBars[k]!;
    exitPrices[at + k] = from.exitPrices[k]!;
  }
}
