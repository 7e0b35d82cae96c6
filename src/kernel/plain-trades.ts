import type { Bars } from '../bars/buffer.ts';
import type { Trade } from '../metrics/report.ts';
import type { Execution } from '../strategy/execution.ts';

/** A trial's four conditions, 1 where true; null where the strategy has no such rule. */
export interface PlainSignals {
  readonly enterLong: Uint8Array | null;
  readonly exitLong: Uint8Array | null;
  readonly enterShort: Uint8Array | null;
  readonly exitShort: Uint8Array | null;
}

export interface PlainRun {
  readonly equity: Float64Array; // at the close of each scored bar
  readonly position: Int8Array; // −1, 0, 1 held at that close
  readonly trades: readonly Trade[];
  readonly ruined: boolean;
}

interface Position {
  readonly side: 1 | -1;
  readonly quantity: number;
  readonly entryBar: number;
  readonly entryPrice: number;
  readonly entryCost: number;
}

interface Decision {
  readonly leave: Trade['reason'] | null;
  readonly enter: 1 | -1 | 0;
}

/** Trades bar by bar, with an object per position and per trade: docs/execution.md in the order of its sentences. */
export function tradePlainly(
  bars: Bars,
  execution: Execution,
  signals: PlainSignals,
  startBar: number,
  from: number,
): PlainRun {
  const { count, open, close, time } = bars;
  const { commission, slippage, sizing, units, onOpposite } = execution;
  const equity = new Float64Array(count - startBar);
  const position = new Int8Array(count - startBar);
  const trades: Trade[] = [];
  let cash = execution.capital; // while a position is held: after the entry's commission, before its price moved
  let held: Position | null = null;
  let ruined = false;

  const costOf = (quantity: number, price: number): number => quantity * price * commission.relative + commission.fixed;
  const worth = (of: Position, price: number): number => of.side * of.quantity * (price - of.entryPrice);

  function enter(side: 1 | -1, bar: number, price: number): void {
    const entryPrice = price * (1 + side * slippage);
    const affordable = (cash * sizing.fraction - commission.fixed) / (entryPrice * (1 + commission.relative));
    const quantity = units === 'whole' ? Math.floor(affordable) : affordable;
    if (!(quantity > 0) || quantity === Infinity) return;
    const entryCost = costOf(quantity, entryPrice);
    held = { side, quantity, entryBar: bar, entryPrice, entryCost };
    cash -= entryCost;
  }

  function record(
    of: Position,
    exitBar: number,
    exitPrice: number,
    exitCost: number,
    reason: Trade['reason'],
    still: boolean,
  ): void {
    const pnl = worth(of, exitPrice) - of.entryCost - exitCost;
    trades.push({
      side: of.side > 0 ? 'long' : 'short',
      entryBar: of.entryBar,
      exitBar,
      entryTime: time[of.entryBar]!,
      exitTime: time[exitBar]!,
      entryPrice: of.entryPrice,
      exitPrice,
      quantity: of.quantity,
      pnl,
      returnFraction: pnl / (of.quantity * of.entryPrice),
      reason,
      open: still,
      flagged: reason === 'end' && !still,
    });
  }

  function leave(of: Position, bar: number, price: number, reason: Trade['reason']): void {
    const exitPrice = price * (1 - of.side * slippage);
    const exitCost = costOf(of.quantity, exitPrice);
    record(of, bar, exitPrice, exitCost, reason, false);
    cash = cash + worth(of, exitPrice) - exitCost;
    held = null;
    if (cash <= 0) ruined = true;
  }

  function decide(bar: number): Decision {
    const is = (signal: Uint8Array | null): boolean => bar >= from && signal?.[bar] === 1;
    const long = is(signals.enterLong) && !is(signals.exitLong);
    const short = is(signals.enterShort) && !is(signals.exitShort);
    if (held === null) return { leave: null, enter: long === short ? 0 : long ? 1 : -1 };
    const other = held.side > 0 ? short : long;
    const turn = other && onOpposite === 'reverse' ? (held.side > 0 ? -1 : 1) : 0;
    if (is(held.side > 0 ? signals.exitLong : signals.exitShort)) return { leave: 'signal', enter: turn };
    return other && onOpposite !== 'ignore' ? { leave: 'opposite', enter: turn } : { leave: null, enter: 0 };
  }

  function fill(decision: Decision, bar: number, price: number): void {
    if (held !== null && decision.leave !== null) leave(held, bar, price, decision.leave);
    if (!ruined && decision.enter !== 0) enter(decision.enter, bar, price);
  }

  // read through functions: the compiler does not see that a fill changes them
  const holding = (): Position | null => held;
  const isRuined = (): boolean => ruined;

  let due: Decision | null = null;
  for (let bar = startBar; bar < count; bar++) {
    if (due !== null) fill(due, bar, open[bar]!);
    if (!isRuined() && execution.fill === 'close') fill(decide(bar), bar, close[bar]!);
    const last = holding();
    if (last !== null && bar === count - 1 && execution.atEnd === 'close') leave(last, bar, close[bar]!, 'end');
    const still = holding();
    const value = still === null ? cash : cash + worth(still, close[bar]!);
    if (still !== null && value <= 0) {
      leave(still, bar, close[bar]!, 'ruin');
      ruined = true;
    }
    if (isRuined()) break;
    equity[bar - startBar] = value;
    position[bar - startBar] = still === null ? 0 : still.side;
    due = execution.fill === 'nextOpen' ? decide(bar) : null;
  }
  const unclosed = holding();
  if (unclosed !== null) record(unclosed, count - 1, close[count - 1]!, 0, 'end', true);
  return { equity, position, trades, ruined };
}
