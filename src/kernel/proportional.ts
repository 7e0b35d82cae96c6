import { COMPLETE, NO_TRADES } from '../metrics/state.ts';
import { wordCount } from './bit-ops.ts';
import { bookTrades, type Fills } from './book-trades.ts';
import { SLIPPAGE } from './costs.ts';
import type { Course } from './course.ts';
import { guardedFills, type GuardHits } from './guarded-fills.ts';
import { heldFills, type HeldExits } from './held-fills.ts';
import type { HeldTables } from './held-tables.ts';
import { CASH, ENTRIES, openLedger, type Ledger } from './ledger.ts';
import { rest } from './scan.ts';
import type { Timer } from './timer.ts';
import type { Signals } from './simulate.ts';

/**
 * Trades one trial with all its equity and costs in proportion: what `simulate` does, with a fixed amount of work per long trade.
 * The ledger's shifts must be 0; `guard` holds the orders of a plan that has some, `held` the exits that read the position. Where
 * `leftPath` says so afterwards, its result is void.
 *
 * @param place of `timer` that the search for the trades counts for
 */
export function tradeProportional(
  course: Course,
  tables: HeldTables,
  guard: GuardHits | null,
  held: HeldExits | null,
  fills: Fills,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  ledger: Ledger,
  timer: Timer | null,
  place: number,
): number {
  openLedger(ledger, course.execution.capital);
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
  const restFrom = bookTrades(course, tables, fills, trades, ledger, course.startBar);
  rest(course, ledger, restFrom, course.count);
  return ledger[ENTRIES]! > 0 ? COMPLETE : NO_TRADES;
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
  const { count, open, close, execution, costs } = course;
  const slippage = costs[SLIPPAGE]!;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = out;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
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
    entryPrices[trades] = fills[entry]! * (1 + slippage);
    word = bits[exitLong + w]! & (-2 << bit);
    while (word === 0) {
      if (++w >= words) return closeLast(course, 1, trades, out);
      word = bits[exitLong + w]!;
    }
    bit = 31 - Math.clz32(word & -word);
    const exit = (w << 5) + bit + delay;
    if (exit >= signalEnd + delay) return closeLast(course, 1, trades, out);
    exitBars[trades] = exit;
    exitPrices[trades] = fills[exit]! * (1 - slippage);
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
  const { count, open, close, execution, costs } = course;
  const { onOpposite } = execution;
  const slippage = costs[SLIPPAGE]!;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = out;
  const { enterLong, exitLong, enterShort, exitShort } = signals;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
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
      const price = fills[fill]!;
      const other = side > 0 ? short : long;
      let next = ((long >>> bit) & 1) === 1 ? 1 : -1;
      if (side !== 0) {
        exitBars[trades] = fill;
        exitPrices[trades] = price * (1 - side * slippage);
        trades++;
        next = reverses && ((other >>> bit) & 1) === 1 ? -side : 0;
      }
      if (next !== 0) {
        sides[trades] = next;
        entryBars[trades] = fill;
        entryPrices[trades] = price * (1 + next * slippage);
      }
      side = next;
      mask = bit === 31 ? 0 : -2 << bit;
    }
    mask = -1;
  }
  return side === 0 ? trades : closeLast(course, side, trades, out);
}
