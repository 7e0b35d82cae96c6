import { blockAt, closePart, openPart } from './block-moments.ts';
import type { Course } from './course.ts';
import { HALF_SPREAD, LEVERAGE_FUNDING, MAINTENANCE, SHORT_FUNDING } from './costs.ts';
import { ARM, STOP, TARGET, TIME_BAR, TRAIL_COUNT, trailLevel, type Guard } from './guard.ts';
import { beginHeld, nextHeld, NEXT, type HeldProgram } from './held.ts';
import {
  AMBIGUOUS,
  BORROWED,
  CASH,
  DOWN,
  EXIT_BAR,
  EXIT_BASE,
  EXIT_REASON,
  FILL,
  FLOOR,
  FUNDING,
  HELD_EXIT,
  LAST,
  LEAVE_BAR,
  MOVED,
  PEAK,
  SHIFT,
  SQUARES,
  SUM,
  TRADE_AMBIGUOUS,
  UNITS,
  WORST,
  type Ledger,
} from './ledger.ts';
import { BREAK_EVEN, END, MARGIN, OPEN, RUIN, SIGNAL, STOPPED, TARGETED, TIME, TRAILED } from './reasons.ts';
import type { Tape } from './tape.ts';

const PESSIMISTIC = 0;
const OPTIMISTIC = 1;

/**
 * Holds a position bar by bar from its entry to its end: nights, exits at the open, stops and targets, exits at the close, the
 * account at the close; docs/execution.md in the order of a bar. The trade is booked by the caller, from the ledger's EXIT_…
 *
 * @param leave first bar whose signals end the trade, −1 if none does
 * @param tape receives the equity at the closes, where there is one
 */
export function walkTrade(
  course: Course,
  bits: Uint32Array,
  guard: Guard,
  held: HeldProgram | null,
  ledger: Ledger,
  entryBar: number,
  leave: number,
  tape: Tape | null,
): void {
  const { count, startBar, open, high, low, close, nextSample, blocks, nights, execution, costs } = course;
  const { levels } = guard;
  const units = ledger[UNITS]!;
  const fill = ledger[FILL]!;
  const shift = ledger[SHIFT]!;
  const side = units > 0 ? 1 : -1;
  const best = side > 0 ? high : low;
  const worst = side > 0 ? low : high;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const closes = execution.atEnd === 'close';
  const order = execution.insideBar === 'pessimistic' ? PESSIMISTIC : execution.insideBar === 'optimistic' ? OPTIMISTIC : 2;
  const halfSpread = costs[HALF_SPREAD]!;
  const nightly = side > 0 ? ledger[BORROWED]! * costs[LEVERAGE_FUNDING]! : 0;
  const shortRate = costs[SHORT_FUNDING]!;
  const maintenance = costs[MAINTENANCE]! * Math.abs(units);
  const stop = levels[STOP]!;
  const target = levels[TARGET]!;
  const limit = target + halfSpread; // times the side, as both are
  const arm = levels[ARM]!;
  const timeBar = levels[TIME_BAR]!;
  const hasTrail = levels[TRAIL_COUNT]! > 0;
  const liveFrom = entryBar + 1 - delay;
  const entryLevel = side * fill;

  let cash = ledger[CASH]!;
  let last = ledger[LAST]!;
  let peak = ledger[PEAK]!;
  let deepest = ledger[WORST]!;
  let floor = ledger[FLOOR]!;
  let sum = ledger[SUM]!;
  let squares = ledger[SQUARES]!;
  let down = ledger[DOWN]!;
  let moved = ledger[MOVED]!;
  let blockEnd = blocks === null ? -1 : blocks.ends[blockAt(blocks, nextSample, entryBar)]!;
  if (blocks !== null) openPart(ledger);
  let funding = 0;
  let extreme = entryLevel; // best price up to the bar before, times the side
  let signalBar = leave;
  let exitFill = leave < 0 ? count : leave + delay;
  let reason = OPEN;
  let base = 0;
  let ambiguous = 0;
  let leaves = false; // by the exit that reads the position
  // The exit that reads the position is asked at closes before the signal's own exit, if it can still be filled.
  const heldEnd = Math.min(exitFill + 1, count) - delay;
  let heldBar = -1;
  if (held !== null) beginHeld(held, side, fill, entryBar, liveFrom);
  let i = entryBar;
  for (; i < count; i++) {
    if (nights !== null && i > entryBar && nights[i]! > 0) {
      const charge = (side > 0 ? nightly : -units * Math.abs(close[i - 1]!) * shortRate) * nights[i]!;
      cash -= charge;
      funding += charge;
    }

    // Exits at the open.
    if (delay === 1 && i === exitFill) {
      reason = SIGNAL;
      base = open[i]!;
      break;
    }
    if (i === timeBar) {
      reason = TIME;
      base = open[i]!;
      break;
    }

    // Stops and targets.
    if (i >= liveFrom) {
      let level = stop;
      let kind = STOPPED;
      if (extreme >= arm && entryLevel > level) {
        level = entryLevel;
        kind = BREAK_EVEN;
      }
      if (hasTrail) {
        const trail = trailLevel(guard, side, side * extreme);
        if (trail > level) {
          level = trail;
          kind = TRAILED;
        }
      }
      const stopped = side * worst[i]! <= level;
      const reached = side * best[i]! >= limit;
      if (stopped || reached) {
        const opened = side * open[i]!;
        let first = stopped;
        if (stopped && reached && opened > level) {
          ambiguous = Number(opened < limit);
          first = order === PESSIMISTIC || (order !== OPTIMISTIC && ambiguous === 1 && !(limit - opened < opened - level));
        }
        reason = first ? kind : TARGETED;
        if (first) base = side * (opened < level ? opened : level);
        else base = opened > limit ? open[i]! - side * halfSpread : side * target;
        break;
      }
      extreme = Math.max(extreme, side * best[i]!);
    }

    // Exits at the close.
    const price = close[i]!;
    if (held !== null && i >= liveFrom && i < heldEnd) {
      if (i === held.trade[NEXT]) heldBar = nextHeld(held, course, bits, heldEnd);
      leaves = i === heldBar;
    }
    if (delay === 0 && (leaves || i === exitFill)) {
      signalBar = i;
      reason = SIGNAL;
      base = price;
      break;
    }
    if (closes && i === count - 1) {
      reason = END;
      base = price;
      break;
    }

    // The account at the close.
    const equity = cash + units * (price - fill);
    if (equity <= 0) {
      reason = RUIN;
      base = price;
      break;
    }
    if (equity < maintenance * Math.abs(price)) {
      reason = MARGIN;
      base = price;
      break;
    }
    if (equity > peak) {
      peak = equity;
      floor = deepest * peak;
    } else if (equity < floor) {
      deepest = equity / peak;
      floor = equity;
    }
    if (nextSample === null || nextSample[i] === i) {
      const r = equity / last - 1;
      const shifted = r - shift;
      const loss = Math.min(r, 0);
      sum += shifted;
      squares += shifted * shifted;
      down += loss * loss;
      last = equity;
      moved++;
      if (i + 1 === blockEnd) {
        ledger[SUM] = sum;
        ledger[SQUARES] = squares;
        ledger[MOVED] = moved;
        closePart(ledger, blocks!.of[i]!);
        blockEnd = i + 1 < count ? blocks!.ends[blockAt(blocks!, nextSample, i + 1)]! : -1;
      }
    }
    if (tape !== null) tape.equity[i - startBar] = equity;
    if (leaves) {
      signalBar = i;
      exitFill = i + 1;
    }
  }

  ledger[CASH] = cash;
  ledger[LAST] = last;
  ledger[PEAK] = peak;
  ledger[WORST] = deepest;
  ledger[FLOOR] = floor;
  ledger[SUM] = sum;
  ledger[SQUARES] = squares;
  ledger[DOWN] = down;
  ledger[MOVED] = moved;
  if (blocks !== null && i > entryBar) closePart(ledger, blocks.of[i - 1]!);
  ledger[FUNDING] = funding;
  ledger[AMBIGUOUS] = ledger[AMBIGUOUS]! + ambiguous;
  ledger[TRADE_AMBIGUOUS] = ambiguous;
  ledger[EXIT_BAR] = i;
  ledger[EXIT_REASON] = reason;
  ledger[EXIT_BASE] = base;
  ledger[LEAVE_BAR] = signalBar;
  ledger[HELD_EXIT] = Number(leaves);
}
