import type { TrialReport } from '../../src/metrics/report.ts';
import type { Row } from '../support/kernel.ts';
import type { Result, ResultFile } from './files.ts';
import type { Tally } from './tally.ts';

/**
 * Compares the metrics that have one definition, and from our equity curve those that the file defines otherwise: its returns
 * start at the second bar (here the first is 0), its growth counts bars and not days.
 */
export function compareMetrics(
  tally: Tally,
  file: ResultFile,
  what: string,
  report: TrialReport,
  row: Row,
  result: Result,
): void {
  const { plain, vectorbt } = result;
  if (plain !== undefined) comparePlain(tally, file, what, report, row, plain);
  if (vectorbt !== undefined && report.state !== 'ruined') compareVectorbt(tally, what, report, row, vectorbt);
  if (result.equityMean !== undefined) {
    tally.money(`${what} mean equity`, report.equity.reduce((sum, value) => sum + value, 0) / file.bars, result.equityMean);
  }
}

/** The metrics that are made of the closed trades and the bars that they were held. */
export function compareTradeMetrics(tally: Tally, what: string, row: Row, { plain }: Result): void {
  if (plain === undefined) return;
  const same = (key: string, actual: number): void => tally.metric(`${what} ${key}`, actual, plain[key]);
  same('winRatePct', row.winRate * 100);
  same('profitFactor', row.profitFactor);
  same('exposurePct', row.exposure * 100);
  if (plain['expectancy'] != null) tally.money(`${what} expectancy`, row.expectancy, plain['expectancy']);
}

function comparePlain(
  tally: Tally,
  file: ResultFile,
  what: string,
  report: TrialReport,
  row: Row,
  plain: Readonly<Record<string, number | null>>,
): void {
  const same = (key: string, actual: number): void => tally.metric(`${what} ${key}`, actual, plain[key]);
  same('maxDrawdownPct', -row.maxDrawdown * 100);
  const root = Math.sqrt(file.barsPerYear);
  const { mean, deviation, downside } = momentsOf(returnsOf(report.equity));
  if (deviation > 0) same('sharpe', (mean / deviation) * root);
  if (downside > 0) same('sortino', (mean / downside) * root);
  same('volatilityAnnPct', deviation * root * 100);
  const growth = growthOf(report.equity, file.barsPerYear);
  same('cagrPct', growth * 100);
  if (row.maxDrawdown < 0) same('calmar', growth / -row.maxDrawdown);
  same('maxDrawdownBars', longestFall(report.equity));
  if (report.state === 'ruined') return; // no returns after it: those programs have no more of their metrics
  // ours, from the same returns with the first one's 0
  const n = file.bars;
  const squares = deviation * deviation * (n - 2) + (n - 1) * mean * mean;
  const ours = (mean * (n - 1)) / n;
  const spread = Math.sqrt((squares - n * ours * ours) / (n - 1));
  tally.metric(`${what} volatility here`, row.volatility, spread * root);
  if (spread > 1e-12) tally.metric(`${what} Sharpe here`, row.sharpe, (ours / spread) * root);
  if (plain['sortino'] != null) tally.metric(`${what} Sortino here`, row.sortino, plain['sortino'] * Math.sqrt((n - 1) / n));
}

/** Its returns begin with a 0, a year has 365 of them, its trades include the open one. */
function compareVectorbt(
  tally: Tally,
  what: string,
  report: TrialReport,
  row: Row,
  vectorbt: Readonly<Record<string, number | null>>,
): void {
  const same = (key: string, actual: number): void => tally.metric(`${what} ${key}`, actual, vectorbt[key]);
  const root = Math.sqrt(365);
  const returns = [0, ...returnsOf(report.equity)];
  const { mean, deviation, downside } = momentsOf(returns);
  same('sharpe', (mean / deviation) * root);
  same('sortino', (mean / downside) * root);
  same('maxDrawdownPct', -row.maxDrawdown * 100);
  const gains = returns.reduce((sum, r) => sum + Math.max(r, 0), 0);
  same('omega', gains / (gains - returns.reduce((sum, r) => sum + r, 0)));
  const growth = (report.equity.at(-1)! / report.equity[0]!) ** (365 / returns.length) - 1;
  same('calmar', growth / -row.maxDrawdown);
  const pnls = report.trades.map(({ pnl }) => pnl);
  const won = pnls.filter((pnl) => pnl > 0);
  const lost = pnls.filter((pnl) => pnl < 0);
  const sum = (xs: readonly number[]): number => xs.reduce((a, b) => a + b, 0);
  same('profitFactor', sum(won) / -sum(lost));
  same('winRatePct', (won.length / pnls.length) * 100);
  same('expectancy', sum(pnls) / pnls.length);
}

/** From bar to bar, the first one's left out. */
export function returnsOf(equity: Float64Array): number[] {
  return Array.from(equity.subarray(1), (value, i) => value / equity[i]! - 1);
}

export function momentsOf(returns: readonly number[]): { mean: number; deviation: number; downside: number } {
  const mean = returns.reduce((sum, r) => sum + r, 0) / returns.length;
  const squares = returns.reduce((sum, r) => sum + (r - mean) * (r - mean), 0);
  const below = returns.reduce((sum, r) => sum + Math.min(r, 0) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (returns.length - 1)), downside: Math.sqrt(below / returns.length) };
}

function growthOf(equity: Float64Array, barsPerYear: number): number {
  return (equity.at(-1)! / equity[0]!) ** (barsPerYear / (equity.length - 1)) - 1;
}

/** Most bars since equity was last as high as ever. */
function longestFall(equity: Float64Array): number {
  let peak = -Infinity;
  let at = 0;
  let longest = 0;
  equity.forEach((value, bar) => {
    if (value >= peak) {
      peak = value;
      at = bar;
    }
    longest = Math.max(longest, bar - at);
  });
  return longest;
}
