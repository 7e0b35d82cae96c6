import type { Bars } from '../bars/buffer.ts';
import type { Plan } from '../strategy/plan.ts';
import { createBlockAverages } from './block-averages.ts';
import type { BlockSeries } from './block-series.ts';
import { ledgerLength } from './block-moments.ts';
import { bookTrades, closeBooking, createFills, type Fills } from './book-trades.ts';
import { SLIPPAGE } from './costs.ts';
import type { Course } from './course.ts';
import { COLUMN_BITS, createCrossings, type Crossings } from './crossings.ts';
import { densePlan, periodAt, type DensePlan } from '../strategy/dense-plan.ts';
import type { HeldTables } from './held-tables.ts';
import { openLedger, type Ledger } from './ledger.ts';

/** Trials of a tile, all of one choice of every axis but the two of the pairs. */
export interface TileTrials {
  readonly count: number;
  /** Values of trial k; read before the next call. */
  valuesOf(k: number): ArrayLike<number>;
  /** Positions of trial k on the two axes of the pairs. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Evaluates many pairs of moving averages at once: what `tradeProportional` gives for each, to the bit. */
export interface Tile {
  readonly dense: DensePlan;
  /**
   * @param stopped asked now and then; where it says yes the tile ends
   * @returns whether the ledgers hold every trial's account and `states` its state
   */
  run(trials: TileTrials, stopped: () => boolean): boolean;
  readonly ledgers: readonly Ledger[];
  readonly states: Int32Array;
}

/** Trials of one tile at the most; below the least, one by one is as fast. */
export const TILE_MOST = 8192;
export const TILE_LEAST = 64;
/** A tile has at most so many cells of its two axes' values per trial: where the pairs are few among many, it does not pay. */
const SPARSE = 6;
const BLOCK = 512; // bars
/** Doubles from one series to the next: more than a block by a line of the cache, else all series share its few places. */
const STRIDE = BLOCK + 8;
const EVENTS = 1 << 19;

/** Null where the plan is of another shape, or the prices are no whole ticks. */
export function createTile(plan: Plan, bars: Bars, course: Course, tables: HeldTables): Tile | null {
  const dense = densePlan(plan);
  if (dense === null || course.startBar < 1) return null;
  const { count, startBar } = course;
  const averages = createBlockAverages(bars);
  const states = new Int32Array(TILE_MOST);
  const ledgerSize = ledgerLength(course.blocks);
  const memory = new Float64Array(TILE_MOST * ledgerSize);
  const ledgers: Ledger[] = []; // views of it, made when first needed
  const account = createAccount(course, tables, dense);
  const starts = new Int32Array(TILE_MOST + 1);
  let events = new Int32Array(0);
  let sorted = new Int32Array(0);
  const values = { of: new Float64Array(0) };

  /** One series per value of the axis that occurs; null where one cannot be had in blocks. */
  function layOut(
    trials: TileTrials,
    positions: Int32Array,
    at: DensePlan['left'],
    slots: Map<number, number>,
  ): BlockSeries[] | null {
    const found: BlockSeries[] = [];
    for (let k = 0; k < trials.count; k++) {
      if (slots.has(positions[k]!)) continue;
      const of = trials.valuesOf(k);
      const average = at(of);
      const period = periodAt(plan, average, of);
      const series = period <= startBar ? averages(average, period) : null;
      if (series === null) return null;
      slots.set(positions[k]!, found.length);
      found.push(series);
    }
    return found;
  }

  function run(trials: TileTrials, stopped: () => boolean): boolean {
    const leftSlots = new Map<number, number>();
    const rightSlots = new Map<number, number>();
    const left = layOut(trials, trials.left, dense!.left, leftSlots);
    const right = left === null ? null : layOut(trials, trials.right, dense!.right, rightSlots);
    if (left === null || right === null || left.length * right.length > SPARSE * trials.count) return false;
    const series = [...left, ...right];
    const pairOf = new Int32Array(left.length * right.length).fill(-1);
    for (let k = 0; k < trials.count; k++) {
      const cell = leftSlots.get(trials.left[k]!)! * right.length + rightSlots.get(trials.right[k]!)!;
      if (pairOf[cell] !== -1) return false; // the same pair twice
      pairOf[cell] = k;
    }
    if (events.length < Math.max(EVENTS, 2 * trials.count)) {
      events = new Int32Array(Math.max(EVENTS, 2 * trials.count));
      sorted = new Int32Array(events.length);
    }
    for (let k = ledgers.length; k < trials.count; k++) {
      ledgers.push(memory.subarray(k * ledgerSize, (k + 1) * ledgerSize));
    }
    const crossings = createCrossings(left.length, right.length, pairOf, trials.count, events);
    if (values.of.length < series.length * STRIDE) values.of = new Float64Array(series.length * STRIDE);
    course.loadCosts(trials.valuesOf(0)); // the same for all of them
    account.begin(ledgers, trials.count);

    fill(series, values.of, startBar - 1, startBar);
    crossings.begin(values.of, STRIDE, 0);
    for (let from = startBar; from < count;) {
      if (stopped()) return false;
      const to = Math.min(count, from + BLOCK);
      fill(series, values.of, from, to);
      for (let column = 0; column < to - from;) {
        const next = crossings.run(values.of, STRIDE, column, to - from);
        sortByPair(crossings, trials.count, starts, sorted);
        account.take(sorted, starts, from + column);
        column = next;
      }
      from = to;
    }
    account.end(states);
    return true;
  }

  return { dense, run, ledgers, states };
}

function fill(series: readonly BlockSeries[], out: Float64Array, from: number, to: number): void {
  for (let s = 0; s < series.length; s++) series[s]!.fill(from, to, out, s * STRIDE);
}

/** Events of pair k, in the order of bars, without its number: `sorted` from `starts[k]` up to `starts[k + 1]`. */
function sortByPair({ events, count }: Crossings, pairs: number, starts: Int32Array, sorted: Int32Array): void {
  const shift = COLUMN_BITS + 1;
  const mask = (1 << shift) - 1;
  starts.fill(0, 0, pairs + 1);
  for (let k = 0; k < count; k++) {
    const pair = events[k]! >>> shift;
    starts[pair] = starts[pair]! + 1;
  }
  let sum = 0;
  for (let pair = 0; pair <= pairs; pair++) {
    sum += starts[pair]!;
    starts[pair] = sum; // the end of the pair's part; filling it from the back makes it the start
  }
  for (let k = count - 1; k >= 0; k--) {
    const event = events[k]!;
    const pair = event >>> shift;
    const at = starts[pair]! - 1;
    starts[pair] = at;
    sorted[at] = event & mask;
  }
}

interface Account {
  begin(ledgers: readonly Ledger[], count: number): void;
  /** Trades what happened from bar `bar` on, for every pair. */
  take(sorted: Int32Array, starts: Int32Array, bar: number): void;
  end(states: Int32Array): void;
}

function createAccount(course: Course, tables: HeldTables, { rules }: DensePlan): Account {
  const { count, open, close, execution, startBar, costs } = course;
  const { onOpposite, atEnd, capital } = execution;
  let slippage = 0;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const prices = delay === 1 ? open : close;
  const fills = createFills((1 << COLUMN_BITS) + 1);
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = fills;
  const reacts = [reaction(rules, -1, onOpposite), reaction(rules, 1, onOpposite)].flat(); // by direction, then side + 1
  const react = Int8Array.from(reacts);
  const side = new Int8Array(TILE_MOST); // of the open trade
  const entryBar = new Int32Array(TILE_MOST);
  const entryPrice = new Float64Array(TILE_MOST);
  const restFrom = new Int32Array(TILE_MOST);
  let accounts: readonly Ledger[] = [];
  let pairs = 0;

  function book(pair: number, trades: number, of: Fills): void {
    restFrom[pair] = bookTrades(course, tables, of, 0, trades, accounts[pair]!, restFrom[pair]!);
  }

  return {
    begin(ledgers, length) {
      slippage = costs[SLIPPAGE]!;
      accounts = ledgers;
      pairs = length;
      side.fill(0);
      restFrom.fill(startBar);
      for (let pair = 0; pair < length; pair++) {
        ledgers[pair]!.fill(0);
        openLedger(ledgers[pair]!, capital);
      }
    },
    take(sorted, starts, bar) {
      for (let pair = 0; pair < pairs; pair++) {
        const to = starts[pair + 1]!;
        let held = side[pair]!;
        let trades = 0;
        for (let k = starts[pair]!; k < to; k++) {
          const event = sorted[k]!;
          const next = react[(event & 1) * 3 + held + 1]!;
          if (next === held) continue;
          const at = bar + (event >>> 1) + delay;
          if (at >= count) break;
          const price = prices[at]!;
          if (held !== 0) {
            sides[trades] = held;
            entryBars[trades] = entryBar[pair]!;
            entryPrices[trades] = entryPrice[pair]!;
            exitBars[trades] = at;
            exitPrices[trades++] = price * (1 - held * slippage);
          }
          if (next !== 0) {
            entryBar[pair] = at;
            entryPrice[pair] = price * (1 + next * slippage);
          }
          held = next;
        }
        side[pair] = held;
        if (trades > 0) book(pair, trades, fills);
      }
    },
    end(states) {
      const closes = atEnd === 'close';
      for (let pair = 0; pair < pairs; pair++) {
        const held = side[pair]!;
        if (held !== 0) {
          sides[0] = held;
          entryBars[0] = entryBar[pair]!;
          entryPrices[0] = entryPrice[pair]!;
          exitBars[0] = closes ? count - 1 : count;
          exitPrices[0] = closes ? close[count - 1]! * (1 - held * slippage) : NaN;
          book(pair, 1, fills);
        }
        states[pair] = closeBooking(course, accounts[pair]!, restFrom[pair]!);
      }
    },
  };
}

/** The side that is held after a crossing in `direction`, by the side held before it: short, none, long. */
function reaction(rules: DensePlan['rules'], direction: -1 | 1, onOpposite: Course['execution']['onOpposite']): number[] {
  const is = (rule: number): boolean => rule === direction;
  const long = is(rules.enterLong) && !is(rules.exitLong);
  const short = is(rules.enterShort) && !is(rules.exitShort);
  const after = (held: -1 | 1): number => {
    const other = held > 0 ? short : long;
    if (!(is(held > 0 ? rules.exitLong : rules.exitShort) || (other && onOpposite !== 'ignore'))) return held;
    return other && onOpposite === 'reverse' ? -held : 0;
  };
  return [after(-1), long === short ? 0 : long ? 1 : -1, after(1)];
}
