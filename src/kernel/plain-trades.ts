import type { Bars } from '../bars/buffer.ts';
import { dayNumber } from '../bars/calendar.ts';
import type { Trade } from '../metrics/report.ts';
import type { Execution } from '../strategy/execution.ts';
import type { HeldTerm } from '../strategy/plan.ts';
import { protect, stopLevel, touchOf, type PlainOrders, type Protection } from './plain-orders.ts';
import { commissionOf, marketFill, unitsOf, type PlainSize } from './plain-sizing.ts';
import { tickOf } from './tick.ts';

/** A trial's rules at single bars; null where the strategy has no such rule. */
export interface PlainStrategy {
  readonly enterLong: Uint8Array | null; // 1 where true
  readonly exitLong: Uint8Array | null;
  readonly enterShort: Uint8Array | null;
  readonly exitShort: Uint8Array | null;
  /** The exit that reads the position, at the close of a bar. */
  readonly exitHeld: (side: 1 | -1, bar: number, terms: Readonly<Record<HeldTerm, number>>) => boolean;
  readonly orders: { readonly long: PlainOrders; readonly short: PlainOrders };
  readonly sizeAt: (signalBar: number) => PlainSize;
}

export interface PlainRun {
  readonly equity: Float64Array; // at the close of each scored bar
  readonly position: Int8Array; // −1, 0, 1 held at that close
  readonly stops: Float64Array; // price of the stop that stood through the bar, NaN without one
  readonly targets: Float64Array;
  readonly trades: readonly Trade[];
  readonly ruined: boolean;
}

interface Position {
  readonly side: 1 | -1;
  readonly quantity: number;
  readonly entryBar: number;
  readonly firstBar: number; // first bar that is held from its open on
  readonly entryPrice: number;
  readonly entryCost: number;
  readonly borrowed: number; // money beyond the equity that a long position took
  readonly protection: Protection;
  funding: number; // paid so far
  extreme: number; // best price up to the bar before, the entry's to begin with
  highest: number; // of the bars held up to now
  lowest: number;
}

interface Decision {
  readonly leave: Trade['reason'] | null;
  readonly enter: 1 | -1 | 0;
  readonly bar: number; // whose signals it follows
}

/** Where in its bar a trade ended. */
type When = 'open' | 'inside' | 'close';

/**
 * Trades bar by bar, with an object per position and per trade: docs/execution.md in the order of its sentences.
 *
 * @param from first bar whose signals count
 * @param recorded false leaves the list of trades empty, for runs of which only the equity is asked
 */
export function tradePlainly(
  bars: Bars,
  execution: Execution,
  strategy: PlainStrategy,
  startBar: number,
  from: number,
  recorded = true,
): PlainRun {
  const { count, open, close, high, low, time } = bars;
  const { onOpposite, sides, funding, maintenance } = execution;
  const atClose = execution.fill === 'close';
  const tick = tickOf(bars, execution);
  const equity = new Float64Array(count - startBar);
  const position = new Int8Array(count - startBar);
  const stops = new Float64Array(count - startBar).fill(NaN);
  const targets = new Float64Array(count - startBar).fill(NaN);
  const trades: Trade[] = [];
  let cash = execution.capital; // while a position is held: after the entry's commission, before its price moved
  let held: Position | null = null;
  let ruined = false;

  const worth = (of: Position, price: number): number => of.side * of.quantity * (price - of.entryPrice);

  function enter(side: 1 | -1, bar: number, price: number, signalBar: number): void {
    const entryPrice = marketFill(execution, tick, price, side);
    const orders = side > 0 ? strategy.orders.long : strategy.orders.short;
    const protection = protect(orders, side, signalBar, bar, entryPrice);
    const initial = stopLevel({ ...protection, breakEvens: [] }, side, entryPrice, entryPrice);
    const gap = initial === null ? NaN : side * (entryPrice - initial.price);
    const quantity = unitsOf(execution, strategy.sizeAt(signalBar), cash, entryPrice, gap);
    if (!(quantity > 0) || quantity === Infinity) return;
    const entryCost = commissionOf(execution, quantity, entryPrice);
    held = {
      side,
      quantity,
      entryBar: bar,
      firstBar: atClose ? bar + 1 : bar,
      entryPrice,
      entryCost,
      borrowed: side > 0 ? Math.max(0, quantity * entryPrice + entryCost - cash) : 0,
      protection,
      funding: 0,
      extreme: entryPrice,
      highest: -Infinity,
      lowest: Infinity,
    };
    cash -= entryCost;
  }

  function record(of: Position, bar: number, price: number, cost: number, reason: Trade['reason'], when: When | null): void {
    if (!recorded) return;
    const pnl = worth(of, price) - of.entryCost - cost - of.funding;
    // an exit at the open or inside the bar comes before the position lives through that bar
    const [rise, fall] = [Math.max(price, of.highest), Math.min(price, of.lowest)].map((at) => at / of.entryPrice - 1) as [
      number,
      number,
    ];
    trades.push({
      side: of.side > 0 ? 'long' : 'short',
      entryBar: of.entryBar,
      exitBar: bar,
      entryTime: time[of.entryBar]!,
      exitTime: time[bar]!,
      entryPrice: of.entryPrice,
      exitPrice: price,
      quantity: of.quantity,
      pnl,
      returnFraction: pnl / (of.quantity * of.entryPrice),
      costs: of.entryCost + cost + of.funding,
      mae: Math.min(0, of.side > 0 ? fall : -rise),
      mfe: Math.max(0, of.side > 0 ? rise : -fall),
      reason,
      open: when === null,
      flagged: reason === 'end' && when !== null,
      ambiguous: false,
    });
  }

  function leave(of: Position, bar: number, exitPrice: number, reason: Trade['reason'], when: When): void {
    const exitCost = commissionOf(execution, of.quantity, exitPrice);
    record(of, bar, exitPrice, exitCost, reason, when);
    cash = cash + worth(of, exitPrice) - exitCost;
    held = null;
    if (cash <= 0) ruined = true;
  }

  function leaveMarket(of: Position, bar: number, price: number, reason: Trade['reason'], when: When): void {
    leave(of, bar, marketFill(execution, tick, price, -of.side), reason, when);
  }

  function decide(bar: number): Decision {
    const is = (signal: Uint8Array | null): boolean => bar >= from && signal?.[bar] === 1;
    const long = sides !== 'short' && is(strategy.enterLong) && !is(strategy.exitLong);
    const short = sides !== 'long' && is(strategy.enterShort) && !is(strategy.exitShort);
    if (held === null) return { leave: null, enter: long === short ? 0 : long ? 1 : -1, bar };
    const { side, entryBar, entryPrice, highest, lowest } = held;
    const other = side > 0 ? short : long;
    const turn = other && onOpposite === 'reverse' ? (side > 0 ? -1 : 1) : 0;
    const terms = {
      bars_held: bar - entryBar,
      entry_price: entryPrice,
      max_since_entry: highest,
      min_since_entry: lowest,
      open_profit: side * (close[bar]! / entryPrice - 1),
    };
    if (is(side > 0 ? strategy.exitLong : strategy.exitShort) || strategy.exitHeld(side, bar, terms)) {
      return { leave: 'signal', enter: turn, bar };
    }
    return other && onOpposite !== 'ignore' ? { leave: 'opposite', enter: turn, bar } : { leave: null, enter: 0, bar };
  }

  function fill(decision: Decision, bar: number, price: number): void {
    if (held !== null && decision.leave !== null) leaveMarket(held, bar, price, decision.leave, atClose ? 'close' : 'open');
    if (!ruined && decision.enter !== 0) enter(decision.enter, bar, price, decision.bar);
  }

  /** For the nights since the bar before: of a short its value at that bar's close, of a long what it borrowed. */
  function payNights(of: Position, bar: number): void {
    const base = of.side > 0 ? of.borrowed * funding.leverage : of.quantity * Math.abs(close[bar - 1]!) * funding.short;
    if (base === 0 || bars.localDate[bar] === bars.localDate[bar - 1]) return;
    const nights = dayOf(bars.localDate[bar]!) - dayOf(bars.localDate[bar - 1]!);
    if (!(nights > 0)) return;
    of.funding += base * nights;
    cash -= base * nights;
  }

  /** Stops and targets, and what the bar adds to the position's extremes. */
  function liveThrough(of: Position, bar: number): void {
    const stop = stopLevel(of.protection, of.side, of.entryPrice, of.extreme);
    stops[bar - startBar] = stop?.price ?? NaN;
    targets[bar - startBar] = of.protection.target ?? NaN;
    const touch = touchOf(bars, execution, bar, of.side, stop, of.protection.target);
    if (touch !== null) {
      if (touch.reason === 'target') leave(of, bar, touch.price, 'target', 'inside');
      else leaveMarket(of, bar, touch.price, touch.reason, 'inside');
      if (touch.ambiguous && recorded) trades.push({ ...trades.pop()!, ambiguous: true });
      return;
    }
    of.highest = Math.max(of.highest, high[bar]!);
    of.lowest = Math.min(of.lowest, low[bar]!);
    of.extreme = of.side > 0 ? Math.max(of.extreme, high[bar]!) : Math.min(of.extreme, low[bar]!);
  }

  // read through functions: the compiler does not see that a fill changes them
  const holding = (): Position | null => held;
  const isRuined = (): boolean => ruined;

  let due: Decision | null = null;
  for (let bar = startBar; bar < count; bar++) {
    const before = holding();
    if (before !== null) payNights(before, bar);
    if (due !== null) fill(due, bar, open[bar]!);
    const timed = holding();
    if (timed !== null && timed.protection.timeBar === bar) leaveMarket(timed, bar, open[bar]!, 'time', 'open');
    const live = holding();
    if (live !== null) liveThrough(live, bar);
    if (!isRuined() && atClose) fill(decide(bar), bar, close[bar]!);
    const last = holding();
    if (last !== null && bar === count - 1 && execution.atEnd === 'close') leaveMarket(last, bar, close[bar]!, 'end', 'close');
    const still = holding();
    const value = still === null ? cash : cash + worth(still, close[bar]!);
    if (still !== null && value <= 0) {
      leaveMarket(still, bar, close[bar]!, 'ruin', 'close');
      ruined = true;
    } else if (still !== null && value < maintenance * still.quantity * Math.abs(close[bar]!)) {
      leaveMarket(still, bar, close[bar]!, 'margin', 'close');
    }
    if (isRuined()) break;
    const kept = holding();
    equity[bar - startBar] = kept === null ? cash : value;
    position[bar - startBar] = kept === null ? 0 : kept.side;
    due = atClose ? null : decide(bar);
  }
  const unclosed = holding();
  if (unclosed !== null) record(unclosed, count - 1, close[count - 1]!, 0, 'end', null);
  return { equity, position, stops, targets, trades, ruined };
}

/** Day number of a yyyymmdd. */
function dayOf(date: number): number {
  return dayNumber(Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100);
}
