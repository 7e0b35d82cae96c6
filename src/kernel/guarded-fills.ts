import { wordCount } from './bit-ops.ts';
import type { Fills } from './book-trades.ts';
import { SLIPPAGE } from './costs.ts';
import type { Course } from './course.ts';
import { rankOf, type GuardHits } from './guard-hits.ts';
import { ENTRY, LEVEL } from './hits.ts';
import { AMBIGUOUS, type Ledger } from './ledger.ts';

/**
 * Finds the trades of a long-only trial with a stop and a target, by the rules of walkTrade: a signal's exit at the open goes before
 * the orders of its bar, one at the close after them; of both levels inside one bar the execution says which comes first.
 */
export function guardedFills(
  course: Course,
  guard: GuardHits,
  bits: Uint32Array,
  enter: number,
  exit: number,
  from: number,
  out: Fills,
  ledger: Ledger,
): number {
  const { stop, target, ranks } = guard;
  const { count, open, close, execution, costs } = course;
  const { insideBar } = execution;
  const slippage = costs[SLIPPAGE]!;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = out;
  const delay = execution.fill === 'nextOpen' ? 1 : 0;
  const fills = delay === 1 ? open : close;
  const signalEnd = count - delay;
  const words = wordCount(count);
  let ambiguous = 0;
  let trades = 0;
  let leave = -1; // first exit signal behind the entry, `count` where none can be filled
  let bar = from;
  for (;;) {
    const signalBar = nextSet(bits, enter, exit, bar, words);
    if (signalBar < 0 || signalBar >= signalEnd) break;
    const entryBar = signalBar + delay;
    const entryPrice = fills[entryBar]! * (1 + slippage);
    if (leave <= signalBar) {
      leave = nextSet(bits, exit, NEVER, signalBar + 1, words);
      if (leave < 0 || leave >= signalEnd) leave = count;
    }
    sides[trades] = 1;
    entryBars[trades] = entryBar;
    entryPrices[trades] = entryPrice;

    const live = entryBar + 1 - delay;
    const before = leave < count ? leave + 1 : count; // fills at the open and at the close alike: signal bar included
    const place = ranks === null ? entryBar : rankOf(ranks, bits, enter, signalBar);
    let stopBar = -1;
    if (stop !== null) {
      stop.prices[ENTRY] = entryPrice;
      stop.raise(signalBar);
      stopBar = stop.first(place, live, before);
    }
    let targetBar = -1;
    if (target !== null) {
      target.prices[ENTRY] = entryPrice;
      target.raise(signalBar);
      targetBar = target.first(place, live, stopBar < 0 ? before : stopBar + 1);
    }
    if (stopBar < 0 && targetBar < 0) {
      if (leave === count) {
        const closes = execution.atEnd === 'close';
        exitBars[trades] = closes ? count - 1 : count;
        exitPrices[trades++] = closes ? close[count - 1]! * (1 - slippage) : NaN;
        break;
      }
      exitBars[trades] = leave + delay;
      exitPrices[trades++] = fills[leave + delay]! * (1 - slippage);
      bar = leave + 1;
      continue;
    }
    const end = targetBar >= 0 ? targetBar : stopBar; // a target that is found comes no later than the stop
    LEVELS[0] = NaN;
    LEVELS[1] = NaN;
    if (stop !== null) LEVELS[0] = stop.prices[LEVEL]!;
    if (target !== null) LEVELS[1] = target.prices[LEVEL]!;
    const stopLevel = LEVELS[0];
    const limit = LEVELS[1];
    const opened = open[end]!;
    let stopped = stopBar === end;
    if (stopped && targetBar === end && opened > stopLevel) {
      const between = opened < limit;
      ambiguous += Number(between);
      stopped = insideBar === 'pessimistic' || (between && insideBar === 'nearest' && !(limit - opened < opened - stopLevel));
    }
    exitBars[trades] = end;
    exitPrices[trades++] = stopped
      ? (opened < stopLevel ? opened : stopLevel) * (1 - slippage)
      : opened > limit
        ? opened
        : limit;
    bar = end;
  }
  ledger[AMBIGUOUS] = ambiguous;
  return trades;
}

/** Of one trade: stop and target. A double that is a NaN on one way is put on the heap on the other; here it is not. */
const LEVELS = new Float64Array(2);

/** The condition that is never true. */
const NEVER = 0;

/** The first bar from `from` on at which a condition holds and another one does not, or −1. */
function nextSet(bits: Uint32Array, condition: number, without: number, from: number, words: number): number {
  let mask = -1 << (from & 31);
  for (let w = from >>> 5; w < words; w++) {
    const word = bits[condition + w]! & ~bits[without + w]! & mask;
    if (word !== 0) return (w << 5) + 31 - Math.clz32(word & -word);
    mask = -1;
  }
  return -1;
}
