import { COMPLETE, NO_TRADES, RUINED } from '../metrics/state.ts';
import { wordCount } from './bit-ops.ts';
import { bookExit } from './book-exit.ts';
import { FIXED, MINIMUM, PER_UNIT, RELATIVE, SLIPPAGE, SPREAD } from './costs.ts';
import type { Course } from './course.ts';
import { sizeEntry, type Sizer } from './entry.ts';
import { raiseGuard, type Guard } from './guard.ts';
import type { HeldProgram } from './held.ts';
import { holdToSignal } from './hold.ts';
import {
  BORROWED,
  CASH,
  ENTRIES,
  ENTRY_COST,
  EXIT_BAR,
  EXIT_COST,
  EXIT_PRICE,
  EXIT_REASON,
  FILL,
  FUNDING,
  HELD_EXIT,
  LEAVE_BAR,
  openLedger,
  QUANTITY,
  TRADE_PNL,
  UNITS,
  type Ledger,
} from './ledger.ts';
import { END, MARGIN, OPEN, OPPOSITE, RUIN, SIGNAL } from './reasons.ts';
import { isSet, nextEntry, nextLeave } from './next-signal.ts';
import { lose, rest } from './scan.ts';
import { tapeHold, tapeRest, tapeTrade, type Tape } from './tape.ts';
import { walkTrade } from './walk.ts';

/** Where a trial's four conditions start in the bits. */
export interface Signals {
  enterLong: number;
  alsoLong: number; // of an entry in two halves the other one; only `tradeProportional` reads it
  exitLong: number;
  enterShort: number;
  exitShort: number;
}

/** What a Plan and its execution add to the signals; loaded for the trial under way. */
export interface TradeRules {
  readonly walks: boolean; // every bar of a trade is carried out
  readonly sizer: Sizer;
  readonly long: Guard;
  readonly short: Guard;
  readonly heldLong: HeldProgram | null; // exits that read the position
  readonly heldShort: HeldProgram | null;
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
  rules: TradeRules,
  from: number,
  ledger: Ledger,
  tape: Tape | null = null,
): number {
  const { count, open, close, execution, costs } = course;
  const { onOpposite, capital } = execution;
  const { walks, sizer } = rules;
  const relative = costs[RELATIVE]!;
  const perUnit = costs[PER_UNIT]!;
  const minimum = costs[MINIMUM]!;
  const fixed = costs[FIXED]!;
  const slippage = costs[SLIPPAGE]!;
  const spread = costs[SPREAD]!;
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
  // The next signal that ends a position of each side, as far as it was looked for: trades that orders end do not look again.
  let leaveLong = -1;
  let leaveShort = -1;
  for (;;) {
    if (side === 0) {
      bar = nextEntry(bits, enterLong, exitLong, enterShort, exitShort, bar, words);
      if (bar < 0 || bar >= signalEnd) break;
      side = isSet(bits, enterLong, bar) & ~isSet(bits, exitLong, bar) & 1 ? 1 : -1;
    }

    // Entry.
    const signalBar = bar;
    const entryBar = bar + delay;
    const price = fills[entryBar]!;
    const entryPrice = price * (price < 0 ? 1 - side * slippage : 1 + side * slippage) + side * spread;
    const guard = side > 0 ? rules.long : rules.short;
    ledger[FILL] = entryPrice;
    raiseGuard(guard, side, signalBar, entryBar, entryPrice);
    sizeEntry(sizer, costs, guard, ledger, side, signalBar);
    const quantity = ledger[QUANTITY]!;
    bar++;
    if (!(quantity > 0 && quantity < Infinity)) {
      side = 0;
      continue;
    }
    rest(course, ledger, restFrom, entryBar);
    const cash = ledger[CASH]!;
    if (tape !== null) tapeRest(tape, restFrom, entryBar, cash);
    const entryValue = quantity * entryPrice;
    const entryCost = Math.max(entryValue * relative + quantity * perUnit, minimum) + fixed;
    ledger[ENTRIES] = ledger[ENTRIES]! + 1;
    ledger[CASH] = cash - entryCost;
    ledger[ENTRY_COST] = entryCost;
    ledger[UNITS] = side * quantity;
    ledger[BORROWED] = side > 0 ? Math.max(0, entryValue + entryCost - cash) : 0;

    // Exit.
    const ownExit = side > 0 ? exitLong : exitShort;
    const otherEntry = side > 0 ? enterShort : enterLong;
    const otherExit = side > 0 ? exitShort : exitLong;
    let leave = side > 0 ? leaveLong : leaveShort;
    if (leave < bar) {
      leave = nextLeave(bits, ownExit, otherEntry, otherExit, heeded, bar, words);
      if (leave < 0 || leave >= signalEnd) leave = count;
      if (side > 0) leaveLong = leave;
      else leaveShort = leave;
    }
    if (walks) {
      const held = side > 0 ? rules.heldLong : rules.heldShort;
      walkTrade(course, bits, guard, held, ledger, entryBar, leave < count ? leave : -1, tape);
    } else {
      holdToSignal(course, ledger, entryBar, leave);
      if (tape !== null) tapeHold(tape, close, entryBar, ledger[EXIT_BAR]!, ledger[CASH], ledger[UNITS], entryPrice);
    }
    let reason = ledger[EXIT_REASON]!;
    leave = ledger[LEAVE_BAR]!;
    if (reason === SIGNAL && ledger[HELD_EXIT] === 0 && isSet(bits, ownExit, leave) === 0) reason = OPPOSITE;
    bookExit(course, ledger, side, entryBar);
    restFrom = ledger[EXIT_BAR]!;
    if (tape !== null && reason !== OPEN) {
      const k = tapeTrade(tape, side, restFrom - entryBar);
      tape.pnl[k] = ledger[TRADE_PNL]!;
      tape.costs[k] = entryCost + ledger[EXIT_COST]! + ledger[FUNDING]!;
      tape.entryValue[k] = entryValue;
      tape.exitValue[k] = quantity * ledger[EXIT_PRICE]!;
    }
    if (reason === OPEN) break;
    if (reason === RUIN || ledger[CASH] <= 0) {
      lose(course, ledger, restFrom);
      if (tape !== null) tapeRest(tape, restFrom, count, 0);
      return RUINED;
    }
    if (reason === END) break;
    if (reason === SIGNAL || reason === OPPOSITE) {
      bar = leave;
      side = reverses && isSet(bits, otherEntry, bar) & ~isSet(bits, otherExit, bar) & 1 ? -side : 0;
      if (side === 0) bar++;
    } else {
      // at its close the bar of the exit finds no position; with fills at the close a margin call comes after its signals
      bar = restFrom + Number(reason === MARGIN && delay === 0);
      side = 0;
    }
  }
  rest(course, ledger, restFrom, count);
  if (tape !== null) tapeRest(tape, restFrom, count, ledger[CASH]!);
  return ledger[ENTRIES]! > 0 ? COMPLETE : NO_TRADES;
}
