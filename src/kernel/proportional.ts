import { wordCount } from './bit-ops.ts';
import { bookTrades, closeBooking, type Fills } from './book-trades.ts';
import { SLIPPAGE } from './costs.ts';
import type { Course } from './course.ts';
import type { GuardHits } from './guard-hits.ts';
import { guardedFills } from './guarded-fills.ts';
import { heldFills, type HeldExits } from './held-fills.ts';
import type { HeldTables } from './held-tables.ts';
import { CASH, openLedger, type Ledger } from './ledger.ts';
import type { Timer } from './timer.ts';
import type { Signals } from './simulate.ts';

/** How the trades of a study are found, whose equity and costs are in proportion. */
export interface Finder {
  readonly course: Course;
  readonly guard: GuardHits | null; // the orders of a plan that has some
  readonly held: HeldExits | null; // exits that read the position
  readonly timer: Timer | null;
  readonly place: number; // of `timer` that the search counts for
}

/**
 * Trades one trial with all its equity and costs in proportion: what `simulate` does, with a fixed amount of work per long trade.
 * The ledger's shifts must be 0. Where `leftPath` says so afterwards, its result is void.
 */
export function tradeProportional(
  finder: Finder,
  tables: HeldTables,
  fills: Fills,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  ledger: Ledger,
): number {
  const { course } = finder;
  openLedger(ledger, course.execution.capital);
  const trades = findTrades(finder, fills, bits, signals, from, ledger);
  if (!pricesFound(finder)) priceTrades(course, fills, 0, trades);
  const restFrom = bookTrades(course, tables, fills, 0, trades, ledger, course.startBar);
  return closeBooking(course, ledger, restFrom);
}

/** @returns count of trades, which `fills` holds from its start on; without prices unless `pricesFound` says so */
export function findTrades(
  { course, guard, held, timer, place }: Finder,
  fills: Fills,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  ledger: Ledger,
): number {
  const { enterLong, exitLong, enterShort } = signals;
  timer?.enter(place);
  const trades =
    guard !== null
      ? guardedFills(course, guard, bits, enterLong, exitLong, from, fills, ledger)
      : held !== null
        ? heldFills(course, held, bits, signals, from, fills)
        : enterShort === NEVER
          ? fillsOfLongs(course, bits, signals, from, fills)
          : fillsOfBoth(course, bits, signals, from, fills);
  timer?.leave();
  return trades;
}

/** Whether `findTrades` writes prices too, where a trade's end depends on them; `priceTrades` writes them otherwise. */
export function pricesFound({ guard, held }: Finder): boolean {
  return guard !== null || held !== null;
}

/** Where the condition that is never true stands in the evaluator's bits. */
const NEVER = 0;

/** Equity outside of this range may have left the doubles on its way, which `simulate` sees bar by bar. */
const LEAST_CASH = 1e-200;
const MOST_CASH = 1e200;

/** Whether the trial that `tradeProportional` just ran must be run bar by bar. */
export function leftPath(ledger: Ledger): boolean {
  const cash = ledger[CASH]!;
  return !(cash > LEAST_CASH && cash < MOST_CASH);
}

/** The price of an exit at a signal until `priceTrades` writes it; of an exit whose price is 0, the same comes out. */
const UNPRICED = 0;

/** Prices of trades [first, end) that signals begin and end; of a last one that did not end at a signal they are there. */
export function priceTrades({ open, close, execution, costs }: Course, trades: Fills, first: number, end: number): void {
  const slippage = costs[SLIPPAGE]!;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = trades;
  const fills = execution.fill === 'nextOpen' ? open : close;
  for (let k = first; k < end; k++) {
    const side = sides[k]!;
    entryPrices[k] = fills[entryBars[k]!]! * (1 + side * slippage);
    if (exitPrices[k] === UNPRICED) exitPrices[k] = fills[exitBars[k]!]! * (1 - side * slippage);
  }
}

/**
 * Finds the trades: entry signals while flat that the exit does not veto, exit signals while in a trade. An entry is where both of
 * its conditions are.
 */
function fillsOfLongs(
  course: Course,
  bits: Uint32Array,
  { enterLong, alsoLong, exitLong }: Signals,
  from: number,
  out: Fills,
): number {
  const { count, execution } = course;
  const { sides, entryBars, exitBars, exitPrices } = out;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const signalEnd = count - delay; // a signal on a later bar could not be filled
  const words = wordCount(count);
  let w = from >>> 5;
  let mask = -1 << (from & 31);
  for (let trades = 0; ; trades++) {
    // Two loops that read no more than they must: most words hold no signal.
    let word = bits[enterLong + w]! & bits[alsoLong + w]! & ~bits[exitLong + w]! & mask;
    while (word === 0) {
      if (++w >= words) return trades;
      word = bits[enterLong + w]! & bits[alsoLong + w]! & ~bits[exitLong + w]!;
    }
    let bit = 31 - Math.clz32(word & -word);
    const entry = (w << 5) + bit + delay;
    if (entry >= signalEnd + delay) return trades;
    sides[trades] = 1;
    entryBars[trades] = entry;
    word = bits[exitLong + w]! & (-2 << bit);
    while (word === 0) {
      if (++w >= words) return closeLast(course, 1, trades, out);
      word = bits[exitLong + w]!;
    }
    bit = 31 - Math.clz32(word & -word);
    const exit = (w << 5) + bit + delay;
    if (exit >= signalEnd + delay) return closeLast(course, 1, trades, out);
    exitBars[trades] = exit;
    exitPrices[trades] = UNPRICED;
    mask = -2 << bit;
  }
}

/** The trade that is open at the last bar. */
function closeLast({ count, close, execution, costs }: Course, side: number, trades: number, out: Fills): number {
  if (execution.atEnd === 'close') {
    out.exitBars[trades] = count - 1;
    out.exitPrices[trades] = close[count - 1]! * (1 - side * costs[SLIPPAGE]!);
  } else {
    out.exitBars[trades] = count;
    out.exitPrices[trades] = NaN;
  }
  return trades + 1;
}

/** As `fillsOfLongs`, for both sides. */
function fillsOfBoth(course: Course, bits: Uint32Array, signals: Signals, from: number, out: Fills): number {
  const { count, execution } = course;
  const { onOpposite } = execution;
  const { sides, entryBars, exitBars, exitPrices } = out;
  const { enterLong, exitLong, enterShort, exitShort } = signals;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const signalEnd = count - delay;
  const reverses = onOpposite === 'reverse';
  const heeded = onOpposite === 'ignore' ? 0 : -1;
  const words = wordCount(count);
  let trades = 0;
  let side = 0;
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const leaveLong = bits[exitLong + w]!;
    const leaveShort = bits[exitShort + w]!;
    const long = bits[enterLong + w]! & ~leaveLong;
    const short = bits[enterShort + w]! & ~leaveShort;
    for (;;) {
      const due = side === 0 ? long ^ short : side > 0 ? leaveLong | (short & heeded) : leaveShort | (long & heeded);
      const word = due & mask;
      if (word === 0) break;
      const bit = 31 - Math.clz32(word & -word);
      const bar = (w << 5) + bit;
      if (bar >= signalEnd) break;
      const fill = bar + delay;
      const other = side > 0 ? short : long;
      let next = ((long >>> bit) & 1) === 1 ? 1 : -1;
      if (side !== 0) {
        exitBars[trades] = fill;
        exitPrices[trades] = UNPRICED;
        trades++;
        next = reverses && ((other >>> bit) & 1) === 1 ? -side : 0;
      }
      if (next !== 0) {
        sides[trades] = next;
        entryBars[trades] = fill;
      }
      side = next;
      mask = bit === 31 ? 0 : -2 << bit;
    }
    mask = -1;
  }
  return side === 0 ? trades : closeLast(course, side, trades, out);
}
