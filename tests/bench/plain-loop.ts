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
  let [cash, side, quantity, entryPrice, entryValue, entryCost] = [capital, 0, 0, 0, 0, 0];
  let [stopAt, targetAt] = [0, 0];
  let [last, peak, drawdown] = [capital, capital, 0];
  let [sum, squares, down, samples, held] = [0, 0, 0, 0, 0];
  let [trades, wins, gain, loss, returns, returnSquares] = [0, 0, 0, 0, 0, 0];

  for (let i = startBar; i < count; i++) {
    const code = i > startBar ? codes[i - 1]! : 0;
    for (let turn = 0; turn < 2; turn++) {
      const long = (code & (ENTER_LONG | EXIT_LONG)) === ENTER_LONG;
      const short = (code & (ENTER_SHORT | EXIT_SHORT)) === ENTER_SHORT;
      let exit = 0;
      if (side !== 0) {
        const signal = side > 0 ? (code & EXIT_LONG) !== 0 || short : (code & EXIT_SHORT) !== 0 || long;
        if (turn === 0 && signal) exit = open[i]! * (1 - side * slippage);
        else if (turn === 1 && stop > 0 && low[i]! <= stopAt) exit = Math.min(open[i]!, stopAt) * (1 - slippage);
        else if (turn === 1 && target > 0 && high[i]! >= targetAt) exit = Math.max(open[i]!, targetAt);
        else if (turn === 1 && i === count - 1) exit = close[i]! * (1 - side * slippage);
      }
      if (exit > 0) {
        const gross = side * quantity * (exit - entryPrice);
        const exitCost = quantity * exit * relative;
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
      }
      if (turn === 0 && side === 0 && long !== short) {
        side = long ? 1 : -1;
        entryPrice = open[i]! * (1 + side * slippage);
        quantity = cash / (entryPrice * (1 + relative));
        entryValue = quantity * entryPrice;
        entryCost = entryValue * relative;
        cash -= entryCost;
        stopAt = entryPrice * (1 - stop);
        targetAt = entryPrice * (1 + target);
      }
    }
    const equity = side === 0 ? cash : cash + side * quantity * (close[i]! - entryPrice);
    if (side !== 0) held++;
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
