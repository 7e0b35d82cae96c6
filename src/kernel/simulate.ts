import { COMPLETE, NO_TRADES, RUINED } from '../metrics/state.ts';
import { wordCount } from './bit-ops.ts';
import type { Course } from './course.ts';
import {
  BEST,
  CASH,
  ENTRIES,
  FILL,
  GAIN,
  HELD,
  LOSS,
  openLedger,
  PNL,
  RETURN_SHIFT,
  RETURN_SQUARES,
  RETURNS,
  TRADES,
  UNITS,
  WINS,
  WORST_TRADE,
  type Ledger,
} from './ledger.ts';
import { holdBars, holdDays, lose, rest } from './scan.ts';
import { tapeHold, tapeRest, tapeTrade, type Tape } from './tape.ts';

/** Where a trial's four conditions start in the bits. */
export interface Signals {
  enterLong: number;
  exitLong: number;
  enterShort: number;
  exitShort: number;
}

/**
 * Trades one trial by docs/execution.md: from event to event over the packed conditions, bar by bar only while a position is held.
 * @param from first bar whose signals count
 * @param ledger its two shifts are set; everything else is written
 * @param tape written as well where there is one
 * @returns the trial's state
 */
export function simulate(
  course: Course,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  ledger: Ledger,
  tape: Tape | null = null,
): number {
  const { count, open, close, nextSample, execution } = course;
  const { onOpposite, atEnd, commission, slippage, capital, sizing, units } = execution;
  const { relative, fixed } = commission;
  const { fraction } = sizing;
  const whole = units === 'whole';
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
  const signalEnd = count - delay; // a signal on a later bar could not be filled
  const reverses = onOpposite === 'reverse';
  const heeded = onOpposite === 'ignore' ? 0 : -1; // mask of the other side's entries while in a position
  const words = wordCount(count);
  const { enterLong, exitLong, enterShort, exitShort } = signals;

  openLedger(ledger, capital);
  if (tape !== null) tape.trades = 0;
  let restFrom = course.startBar; // first bar that is not booked yet
  let bar = from; // the next bar whose signals are read
  let side = 0; // of a reversal that is due, else 0
  for (;;) {
    if (side === 0) {
      bar = nextEntry(bits, enterLong, exitLong, enterShort, exitShort, bar, words);
      if (bar < 0 || bar >= signalEnd) break;
      side = isSet(bits, enterLong, bar) & ~isSet(bits, exitLong, bar) & 1 ? 1 : -1;
    }

    // Entry.
    const entryBar = bar + delay;
    const cash = ledger[CASH]!;
    const entryPrice = fills[entryBar]! * (1 + side * slippage);
    let quantity = (cash * fraction - fixed) / (entryPrice * (1 + relative));
    if (whole) quantity = Math.floor(quantity);
    bar++;
    if (!(quantity > 0 && quantity < Infinity)) {
      side = 0;
      continue;
    }
    rest(ledger, nextSample, restFrom, entryBar);
    if (tape !== null) tapeRest(tape, restFrom, entryBar, cash);
    const held = side * quantity;
    const entryValue = quantity * entryPrice;
    const entryCost = entryValue * relative + fixed;
    const paid = cash - entryCost;
    ledger[ENTRIES] = ledger[ENTRIES]! + 1;
    ledger[CASH] = paid;
    ledger[UNITS] = held;
    ledger[FILL] = entryPrice;

    // Exit.
    const ownExit = side > 0 ? exitLong : exitShort;
    const otherEntry = side > 0 ? enterShort : enterLong;
    const otherExit = side > 0 ? exitShort : exitLong;
    const leave = nextLeave(bits, ownExit, otherEntry, otherExit, heeded, bar, words);
    const signalled = leave >= 0 && leave < signalEnd;
    const marked = !signalled && atEnd === 'mark';
    let exitBar = signalled ? leave + delay : marked ? count : count - 1;
    const ruinBar =
      nextSample === null ? holdBars(ledger, close, entryBar, exitBar) : holdDays(ledger, close, nextSample, entryBar, exitBar);
    const ruinedAtClose = ruinBar >= 0;
    if (ruinedAtClose) exitBar = ruinBar;
    ledger[HELD] = ledger[HELD]! + (exitBar - entryBar);
    if (tape !== null) tapeHold(tape, close, entryBar, exitBar, paid, held, entryPrice);
    if (marked && !ruinedAtClose) {
      ledger[CASH] = paid + held * (close[count - 1]! - entryPrice);
      restFrom = count;
      break;
    }
    const exitBase = signalled && !ruinedAtClose ? fills[exitBar]! : close[exitBar]!;
    const exitPrice = exitBase * (1 - side * slippage);
    const gross = held * (exitPrice - entryPrice);
    const exitCost = quantity * exitPrice * relative + fixed;
    const left = paid + gross - exitCost;
    const pnl = gross - entryCost - exitCost;
    const tradeReturn = pnl / entryValue;
    const shifted = tradeReturn - ledger[RETURN_SHIFT]!;
    ledger[CASH] = left;
    ledger[TRADES] = ledger[TRADES]! + 1;
    ledger[WINS] = ledger[WINS]! + Number(pnl > 0);
    ledger[GAIN] = ledger[GAIN]! + Math.max(pnl, 0);
    ledger[LOSS] = ledger[LOSS]! + Math.max(-pnl, 0);
    ledger[PNL] = ledger[PNL]! + pnl;
    ledger[RETURNS] = ledger[RETURNS]! + shifted;
    ledger[RETURN_SQUARES] = ledger[RETURN_SQUARES]! + shifted * shifted;
    ledger[BEST] = Math.max(ledger[BEST]!, tradeReturn);
    ledger[WORST_TRADE] = Math.min(ledger[WORST_TRADE]!, tradeReturn);
    if (tape !== null) {
      const k = tapeTrade(tape, side, exitBar - entryBar);
      tape.pnl[k] = pnl;
      tape.costs[k] = entryCost + exitCost;
      tape.entryValue[k] = entryValue;
      tape.exitValue[k] = quantity * exitPrice;
    }
    restFrom = exitBar;
    if (ruinedAtClose || left <= 0) {
      lose(ledger);
      if (tape !== null) tapeRest(tape, exitBar, count, 0);
      return RUINED;
    }
    if (!signalled) break;
    bar = leave;
    side = reverses && isSet(bits, otherEntry, bar) & ~isSet(bits, otherExit, bar) & 1 ? -side : 0;
    if (side === 0) bar++;
  }
  rest(ledger, nextSample, restFrom, count);
  if (tape !== null) tapeRest(tape, restFrom, count, ledger[CASH]!);
  return ledger[ENTRIES]! > 0 ? COMPLETE : NO_TRADES;
}

function isSet(bits: Uint32Array, condition: number, bar: number): number {
  return (bits[condition + (bar >>> 5)]! >>> (bar & 31)) & 1;
}

/** The first bar from `from` on at which exactly one side has an entry that its own exit does not veto, or −1. */
function nextEntry(
  bits: Uint32Array,
  enterLong: number,
  exitLong: number,
  enterShort: number,
  exitShort: number,
  from: number,
  words: number,
): number {
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const long = bits[enterLong + w]! & ~bits[exitLong + w]!;
    const short = bits[enterShort + w]! & ~bits[exitShort + w]!;
    const word = (long ^ short) & mask;
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
    mask = -1;
  }
  return -1;
}

/** The first bar from `from` on with an exit, or with a heeded entry of the other side that its own exit does not veto, or −1. */
function nextLeave(
  bits: Uint32Array,
  exit: number,
  otherEntry: number,
  otherExit: number,
  heeded: number,
  from: number,
  words: number,
): number {
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const other = bits[otherEntry + w]! & ~bits[otherExit + w]! & heeded;
    const word = (bits[exit + w]! | other) & mask;
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
    mask = -1;
  }
  return -1;
}
