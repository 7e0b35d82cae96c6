import type { Bars } from '../../src/bars/buffer.ts';
import type { Execution } from '../../src/strategy/execution.ts';

/** Bits of a bar's code. */
export const ENTER_LONG = 1;
export const EXIT_LONG = 2;
export const ENTER_SHORT = 4;
export const EXIT_SHORT = 8;

/** What the loop below finds; the names are those of the metrics. */
export interface PlainFigures {
  readonly finalEquity: number;
  readonly sharpe: number;
  readonly sortino: number;
  readonly maxDrawdown: number;
  readonly trades: number;
  readonly winRate: number;
  readonly profitFactor: number;
  readonly sqn: number;
  readonly exposure: number;
}

/** Stop and target as fractions of the entry price; 0: none. */
export interface PlainOrders {
  readonly stop: number;
  readonly target: number;
}

/**
 * The plain way to backtest one trial of a sweep, which the kernel's speed is measured against: series and conditions are there
 * already, one loop goes over all bars and keeps every figure as it goes. All equity, fills at the next open, reversals.
 */
export function plainLoop(
  bars: Bars,
  execution: Execution,
  scoring: { readonly startBar: number; readonly returns: 'bar' | 'day'; readonly periodsPerYear: number },
  codes: Uint8Array,
  { stop, target }: PlainOrders,
): PlainFigures {
  const { count, open, high, low, close, localDate } = bars;
  const { startBar, periodsPerYear } = scoring;
  const { relative } = execution.commission;
  const { slippage, capital } = execution;
  const daily = scoring.returns === 'day';
  let cash = capital;
  let side = 0;
  let units = 0; // signed
  let entryPrice = 0;
  let entryValue = 0;
  let entryCost = 0;
  let stopAt = 0;
  let targetAt = 0;
  let last = capital;
  let peak = capital;
  let drawdown = 0;
  let sum = 0;
  let squares = 0;
  let down = 0;
  let samples = 0;
  let held = 0;
  let trades = 0;
  let wins = 0;
  let gain = 0;
  let loss = 0;
  let returns = 0;
  let returnSquares = 0;

  for (let i = startBar; i < count; i++) {
    const code = i > startBar ? codes[i - 1]! : 0;
    let exit = 0;
    let enters = 0;
    if (code !== 0) {
      const long = (code & (ENTER_LONG | EXIT_LONG)) === ENTER_LONG;
      const short = (code & (ENTER_SHORT | EXIT_SHORT)) === ENTER_SHORT;
      if (side !== 0 && (side > 0 ? (code & EXIT_LONG) !== 0 || short : (code & EXIT_SHORT) !== 0 || long)) {
        exit = open[i]! * (1 - side * slippage);
      }
      if (long !== short && (side === 0 || exit > 0)) enters = long ? 1 : -1;
    }
    for (;;) {
      if (exit > 0) {
        const gross = units * (exit - entryPrice);
        const exitCost = side * units * exit * relative;
        const pnl = gross - entryCost - exitCost;
        cash += gross - exitCost;
        trades++;
        if (pnl > 0) {
          wins++;
          gain += pnl;
        } else loss -= pnl;
        returns += pnl / entryValue;
        returnSquares += (pnl / entryValue) * (pnl / entryValue);
        side = 0;
        units = 0;
        exit = 0;
      }
      if (enters !== 0) {
        side = enters;
        entryPrice = open[i]! * (1 + side * slippage);
        const quantity = cash / (entryPrice * (1 + relative));
        entryValue = quantity * entryPrice;
        entryCost = entryValue * relative;
        cash -= entryCost;
        units = side * quantity;
        stopAt = entryPrice * (1 - stop);
        targetAt = entryPrice * (1 + target);
        enters = 0;
      }
      if (side === 0) break;
      if (stop > 0 && low[i]! <= stopAt) exit = Math.min(open[i]!, stopAt) * (1 - slippage);
      else if (target > 0 && high[i]! >= targetAt) exit = Math.max(open[i]!, targetAt);
      else if (i === count - 1) exit = close[i]! * (1 - side * slippage);
      if (exit === 0) break;
    }
    const equity = cash + units * (close[i]! - entryPrice);
    held += side !== 0 ? 1 : 0;
    if (equity > peak) peak = equity;
    else if (equity / peak - 1 < drawdown) drawdown = equity / peak - 1;
    if (daily && i + 1 < count && localDate[i] === localDate[i + 1]) continue;
    const r = equity / last - 1;
    sum += r;
    squares += r * r;
    if (r < 0) down += r * r;
    samples++;
    last = equity;
  }
  const mean = sum / samples;
  const deviation = Math.sqrt((squares - sum * mean) / (samples - 1));
  const average = returns / trades;
  const scale = Math.sqrt(periodsPerYear);
  return {
    finalEquity: cash,
    sharpe: (mean / deviation) * scale,
    sortino: (mean / Math.sqrt(down / samples)) * scale,
    maxDrawdown: drawdown,
    trades,
    winRate: wins / trades,
    profitFactor: gain / loss,
    sqn: (Math.sqrt(trades) * average) / Math.sqrt((returnSquares - returns * average) / (trades - 1)),
    exposure: held / (count - startBar),
  };
}
