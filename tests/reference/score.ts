import type { Execution } from '../../src/strategy/execution.ts';
import { curveTwin, tradeTwin } from './report-metrics.ts';
import type { TwinMarket, TwinScoring, TwinTrade } from './twin.ts';

/** Every metric of the twin from its definition. */
const average = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0) / xs.length;

/** Sample standard deviation; noise below 1e-12 is 0. */
function deviation(xs: readonly number[]): number {
  if (xs.length < 2) return NaN;
  const centre = average(xs);
  const value = Math.sqrt(xs.reduce((a, x) => a + (x - centre) * (x - centre), 0) / (xs.length - 1));
  return value < 1e-12 ? 0 : value;
}

const ratio = (above: number, below: number): number => (below >= 1e-12 ? above / below : NaN);

export function score(
  market: TwinMarket,
  execution: Execution,
  scoring: TwinScoring,
  equity: readonly number[],
  sides: readonly number[],
  all: readonly TwinTrade[],
): Record<string, number> {
  const { capital } = execution;
  const { startBar } = scoring;
  const bars = equity.length;
  const isSample = (_: number, i: number): boolean =>
    scoring.returns === 'bar' || i === bars - 1 || market.date[startBar + i] !== market.date[startBar + i + 1];
  const sampled = equity.filter(isSample);
  const held = Array.from({ length: bars }, (_, i) => market.close[startBar + i]!);
  const benchmark = held.filter(isSample).map((value, i, closes) => value / (i === 0 ? held[0]! : closes[i - 1]!) - 1);
  const returns = sampled.map((value, i) => {
    const before = i === 0 ? capital : sampled[i - 1]!;
    return before === 0 ? 0 : value / before - 1;
  });
  const root = Math.sqrt(scoring.periodsPerYear);
  const last = equity[bars - 1]!;
  const days = (market.time[startBar + bars - 1]! - market.time[startBar]!) / 86_400_000;
  const cagr = days > 0 ? (last / capital) ** (365.25 / days) - 1 : NaN;
  let peak = capital;
  let drawdown = 0;
  for (const value of equity) {
    if (value > peak) peak = value;
    if (value < peak * (1 - 1e-12)) drawdown = Math.min(drawdown, value / peak - 1);
  }
  const trades = all.filter((trade) => !trade.open);
  const rates = trades.map((trade) => trade.pnl / (trade.quantity * trade.entryPrice));
  const won = trades.filter((trade) => trade.pnl > 0).reduce((sum, trade) => sum + trade.pnl, 0);
  const lost = trades.filter((trade) => trade.pnl < 0).reduce((sum, trade) => sum - trade.pnl, 0);
  return {
    finalEquity: last,
    totalReturn: last / capital - 1,
    cagr,
    volatility: deviation(returns) * root,
    sharpe: ratio(average(returns), deviation(returns)) * root,
    sortino: ratio(average(returns), Math.sqrt(average(returns.map((r) => (r < 0 ? r * r : 0))))) * root,
    calmar: ratio(cagr, -drawdown),
    maxDrawdown: drawdown,
    trades: trades.length,
    winRate: trades.filter((trade) => trade.pnl > 0).length / trades.length,
    profitFactor: won / lost,
    expectancy: average(trades.map((trade) => trade.pnl)),
    avgTrade: average(rates),
    bestTrade: rates.length > 0 ? Math.max(...rates) : NaN,
    worstTrade: rates.length > 0 ? Math.min(...rates) : NaN,
    sqn: ratio(Math.sqrt(rates.length) * average(rates), deviation(rates)),
    exposure: sides.filter((side) => side !== 0).length / bars,
    ambiguousBars: all.filter((trade) => trade.ambiguous).length,
    recoveryFactor: ratio(last / capital - 1, -drawdown),
    buyHold: market.close[startBar + bars - 1]! / market.close[startBar]! - 1,
    objective: NaN,
    ...tradeTwin(trades),
    ...curveTwin(capital, equity, returns, benchmark, scoring.periodsPerYear),
    turnover:
      days > 0
        ? trades.reduce((sum, { quantity, entryPrice, exitPrice }) => sum + quantity * (entryPrice + exitPrice), 0) /
          average(equity) /
          (days / 365.25)
        : NaN,
  };
}
