import { pow } from '../core/maths.ts';
import { evaluateScalar, type ScalarExpr } from '../language/scalar.ts';
import { METRIC_KEYS, type ColumnKey } from '../metrics/columns.ts';
import type { Trade } from '../metrics/report.ts';
import { plainCurveMetrics } from './plain-curve.ts';
import { breakEven, plainTradeMetrics, tradedValue } from './plain-ledger.ts';
import { deviationOf, meanOf, square, sumOf } from './plain-numbers.ts';
import { YEAR_MS } from '../metrics/resolve.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';

/** What the metrics of an opened trial are computed from. */
export interface ScoredRun {
  readonly capital: number;
  readonly equity: Float64Array; // at the close of each scored bar
  readonly drawdown: Float64Array;
  readonly position: Int8Array;
  readonly trades: readonly Trade[];
  readonly time: Float64Array; // of the scored bars, UTC ms
  readonly localDate: Int32Array; // of the scored bars
  readonly close: Float64Array; // of the scored bars
  /** Total return of the trial under another relative commission. */
  readonly returnAt: (relative: number) => number;
  readonly proposedBreakEven: number; // checked, NaN where there is none
}

/** Every metric from the equity curve and the list of trades, with means taken before spreads. Formulas: metrics/columns. */
export function plainMetrics(
  run: ScoredRun,
  scoring: ResolvedScoring,
  objective: ScalarExpr | null,
): Record<ColumnKey, number> {
  const { capital, equity, drawdown, position, time } = run;
  const bars = equity.length;
  const finalEquity = equity[bars - 1]!;
  const years = (time[bars - 1]! - time[0]!) / YEAR_MS;
  const cagr = years > 0 ? pow(finalEquity / capital, 1 / years) - 1 : NaN;
  const deepest = drawdown.reduce((least, value) => Math.min(least, value), 0);
  const maxDrawdown = deepest > -1e-12 ? 0 : deepest;

  const returns = sampledReturns(capital, equity, run.localDate, scoring.returns);
  const benchmark = sampledReturns(run.close[0]!, run.close, run.localDate, scoring.returns);
  const perYear = Math.sqrt(scoring.periodsPerYear);
  const deviation = deviationOf(returns);
  const downside = Math.sqrt(meanOf(returns.map((r) => square(Math.min(r, 0)))));

  const closed = run.trades.filter((trade) => !trade.open);
  const pnls = closed.map((trade) => trade.pnl);
  const tradeReturns = closed.map((trade) => trade.returnFraction);
  const wins = pnls.filter((pnl) => pnl > 0);
  const losses = pnls.filter((pnl) => pnl < 0);
  const tradeDeviation = deviationOf(tradeReturns);
  const metrics = {
    finalEquity,
    totalReturn: finalEquity / capital - 1,
    cagr,
    volatility: deviation * perYear,
    sharpe: deviation > 0 ? (meanOf(returns) / deviation) * perYear : NaN,
    sortino: downside >= 1e-12 ? (meanOf(returns) / downside) * perYear : NaN,
    calmar: maxDrawdown < 0 ? cagr / -maxDrawdown : NaN,
    maxDrawdown,
    trades: closed.length,
    winRate: wins.length / closed.length,
    // 0 − keeps the sign of a sum of nothing: without losses the factor is +∞, not −∞.
    profitFactor: sumOf(wins) / (0 - sumOf(losses)),
    expectancy: meanOf(pnls),
    avgTrade: meanOf(tradeReturns),
    // not by one call with every trade as an argument: a hundred thousand of them overflow a thread's stack
    bestTrade: closed.length > 0 ? tradeReturns.reduce((most, value) => Math.max(most, value)) : NaN,
    worstTrade: closed.length > 0 ? tradeReturns.reduce((least, value) => Math.min(least, value)) : NaN,
    sqn: tradeDeviation > 0 ? (Math.sqrt(closed.length) * meanOf(tradeReturns)) / tradeDeviation : NaN,
    exposure: position.reduce((held, side) => held + Math.abs(side), 0) / bars,
    ambiguousBars: run.trades.filter((trade) => trade.ambiguous).length,
    recoveryFactor: maxDrawdown < 0 ? (finalEquity / capital - 1) / -maxDrawdown : NaN,
    buyHold: run.close[bars - 1]! / run.close[0]! - 1,
    objective: NaN,
    ...plainTradeMetrics(closed),
    ...plainCurveMetrics({ capital, equity, drawdown, returns, benchmark, periodsPerYear: scoring.periodsPerYear }),
    turnover: years > 0 ? tradedValue(closed) / (equity.reduce((sum, value) => sum + value, 0) / bars) / years : NaN,
    breakEvenCost: breakEven(run.returnAt, run.proposedBreakEven),
  };
  if (objective === null) return metrics;
  const inOrder = METRIC_KEYS.map((key) => metrics[key]);
  return { ...metrics, objective: evaluateScalar(objective, inOrder) };
}

function sampledReturns(start: number, values: Float64Array, localDate: Int32Array, by: 'bar' | 'day'): number[] {
  const returns: number[] = [];
  let last = start;
  values.forEach((value, bar) => {
    if (by === 'day' && bar + 1 < values.length && localDate[bar] === localDate[bar + 1]) return;
    returns.push(last > 0 ? value / last - 1 : 0); // nothing moves after ruin
    last = value;
  });
  return returns;
}
