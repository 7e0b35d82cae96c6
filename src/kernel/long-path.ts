import type { Bars } from '../bars/buffer.ts';
import { COMPLETE, NO_TRADES } from '../metrics/state.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import { wordCount } from './bit-ops.ts';
import { bookTrades, type Fills } from './book-trades.ts';
import type { Course } from './course.ts';
import type { HeldTables } from './held-tables.ts';
import { CASH, ENTRIES, openLedger, type Ledger } from './ledger.ts';
import { rest } from './scan.ts';
import type { Signals } from './simulate.ts';

/**
 * Trades one trial that only goes long, with all its equity and costs in proportion: what `simulate` does, with a fixed amount of
 * work per trade. The ledger's shifts must be 0.
 */
export function tradeLong(
  course: Course,
  tables: HeldTables,
  fills: Fills,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  ledger: Ledger,
): number {
  openLedger(ledger, course.execution.capital);
  const trades = fillsOf(course, bits, signals.enterLong, signals.exitLong, from, fills);
  const restFrom = bookTrades(course, tables, fills, trades, ledger, course.startBar);
  rest(ledger, course.nextSample, restFrom, course.count);
  return ledger[ENTRIES]! > 0 ? COMPLETE : NO_TRADES;
}

/** Equity outside of this range may have left the doubles on its way, which `simulate` sees bar by bar. */
const LEAST_CASH = 1e-200;
const MOST_CASH = 1e200;

/** Whether the trial that `tradeLong` just ran must be run bar by bar. */
export function leftPath(ledger: Ledger): boolean {
  const cash = ledger[CASH]!;
  return !(cash > LEAST_CASH && cash < MOST_CASH);
}

/** Whether equity is proportional to the price in every trade of a study, and cannot be ruined. */
export function isProportional(plan: Plan, execution: Execution, { open, close, count }: Bars, startBar: number): boolean {
  if (plan.rules.enterShort !== null || execution.sizing.fraction !== 1) return false;
  if (execution.commission.fixed !== 0 || execution.units !== 'fractional') return false;
  for (let i = startBar; i < count; i++) if (!(open[i]! > 0 && close[i]! > 0)) return false;
  return true;
}

/** Finds the trades: entry signals while flat that the exit does not veto, exit signals while in a trade. */
function fillsOf(course: Course, bits: Uint32Array, enter: number, exit: number, from: number, out: Fills): number {
  const { count, open, close, execution } = course;
  const { slippage, atEnd } = execution;
  const { entryBars, entryPrices, exitBars, exitPrices } = out;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
  const signalEnd = count - delay; // a signal on a later bar could not be filled
  const words = wordCount(count);
  let trades = 0;
  let flat = -1; // all ones while flat
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const leave = bits[exit + w]!;
    const come = bits[enter + w]! & ~leave;
    for (;;) {
      const word = ((come & flat) | (leave & ~flat)) & mask;
      if (word === 0) break;
      const bit = 31 - Math.clz32(word & -word);
      const bar = (w << 5) + bit;
      if (bar >= signalEnd) break;
      const fill = bar + delay;
      if (flat !== 0) {
        entryBars[trades] = fill;
        entryPrices[trades] = fills[fill]! * (1 + slippage);
      } else {
        exitBars[trades] = fill;
        exitPrices[trades] = fills[fill]! * (1 - slippage);
        trades++;
      }
      flat = ~flat;
      if (bit === 31) {
        mask = 0;
        break;
      }
      mask = -2 << bit;
    }
    mask = -1;
  }
  if (flat !== 0) return trades;
  const closes = atEnd === 'close';
  exitBars[trades] = closes ? count - 1 : count;
  exitPrices[trades] = closes ? close[count - 1]! * (1 - slippage) : NaN;
  return trades + 1;
}
