import { wordCount } from './bit-ops.ts';
import type { Fills } from './book-trades.ts';
import { SLIPPAGE } from './costs.ts';
import type { Course } from './course.ts';
import { beginHeld, nextHeld, NEXT, type HeldProgram } from './held.ts';
import { isSet, nextEntry, nextLeave } from './next-signal.ts';
import type { Signals } from './simulate.ts';

/** Exits that read the position, of each side. */
export interface HeldExits {
  readonly heldLong: HeldProgram | null;
  readonly heldShort: HeldProgram | null;
}

/**
 * Finds the trades of a trial that signals and exits which read the position end, in the order of `simulate`. Such an exit needs the
 * entry's bar and price and nothing of the account, so it is known before the trade is booked.
 */
export function heldFills(
  course: Course,
  { heldLong, heldShort }: HeldExits,
  bits: Uint32Array,
  signals: Signals,
  from: number,
  out: Fills,
): number {
  const { count, open, close, execution, costs } = course;
  const { onOpposite, atEnd } = execution;
  const { enterLong, exitLong, enterShort, exitShort } = signals;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = out;
  const slippage = costs[SLIPPAGE]!;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
  const signalEnd = count - delay;
  const heeded = onOpposite === 'ignore' ? 0 : -1;
  const words = wordCount(count);
  let trades = 0;
  let side = 0; // of a reversal that is due, else 0
  let leaveLong = -1; // as in `simulate`
  let leaveShort = -1;
  let bar = from;
  for (;;) {
    if (side === 0) {
      bar = nextEntry(bits, enterLong, exitLong, enterShort, exitShort, bar, words);
      if (bar < 0 || bar >= signalEnd) break;
      side = isSet(bits, enterLong, bar) & ~isSet(bits, exitLong, bar) & 1 ? 1 : -1;
    }
    const entryBar = bar + delay;
    const entryPrice = fills[entryBar]! * (1 + side * slippage);
    sides[trades] = side;
    entryBars[trades] = entryBar;
    entryPrices[trades] = entryPrice;
    bar++;

    const otherEntry = side > 0 ? enterShort : enterLong;
    const otherExit = side > 0 ? exitShort : exitLong;
    let leave = side > 0 ? leaveLong : leaveShort;
    if (leave < bar) {
      leave = nextLeave(bits, side > 0 ? exitLong : exitShort, otherEntry, otherExit, heeded, bar, words);
      if (leave < 0 || leave >= signalEnd) leave = count;
      if (side > 0) leaveLong = leave;
      else leaveShort = leave;
    }
    const held = side > 0 ? heldLong : heldShort;
    if (held !== null) {
      const end = Math.min(leave + 1, signalEnd);
      beginHeld(held, side, entryPrice, entryBar, entryBar + 1 - delay);
      let found = -1;
      while (found < 0 && held.trade[NEXT]! < end) found = nextHeld(held, course, bits, end);
      if (found >= 0) leave = found;
    }
    if (leave === count) {
      const closes = atEnd === 'close';
      exitBars[trades] = closes ? count - 1 : count;
      exitPrices[trades++] = closes ? close[count - 1]! * (1 - side * slippage) : NaN;
      break;
    }
    exitBars[trades] = leave + delay;
    exitPrices[trades++] = fills[leave + delay]! * (1 - side * slippage);
    bar = leave;
    const reverses = onOpposite === 'reverse' && (isSet(bits, otherEntry, bar) & ~isSet(bits, otherExit, bar) & 1) === 1;
    side = reverses ? -side : 0;
    if (side === 0) bar++;
  }
  return trades;
}
