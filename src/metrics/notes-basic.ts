import type { MetricNotes } from './metric.ts';

export const BASIC_NOTES = {
  finalEquity: {
    formula: 'E at the last bar, after an open trade was closed or marked there; 0 after ruin',
    undefinedWhen: '',
    source: 'definition',
    differs: 'Programs that leave the last trade open do not charge the cost of closing it: that is `atEnd` "mark" here.',
  },
  totalReturn: {
    formula: 'final equity ÷ capital − 1',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  cagr: {
    formula:
      '(final equity ÷ capital)^(1 ÷ years) − 1; years is the time from the first scored bar to the last bar ÷ 365.25 days',
    undefinedWhen: 'only one bar is scored',
    source: 'compound annual growth rate over calendar time',
    differs:
      'Programs that count years as samples ÷ periods per year (empyrical, vectorbt) differ by the holidays of the data.',
  },
  volatility: {
    formula: 'std(r) × √P, std with divisor N − 1; below 1e-12 it is rounding and counts as 0',
    undefinedWhen: 'fewer than two returns',
    source: 'sample standard deviation, scaled by the square root of time',
    differs: 'backtesting.py compounds the yearly variance instead of scaling it.',
  },
  sharpe: {
    formula: 'mean(r) ÷ std(r) × √P, std with divisor N − 1, risk-free rate 0',
    undefinedWhen: 'fewer than two returns, or std is 0',
    source: 'W. F. Sharpe, "The Sharpe ratio" (1994); as empyrical and quantstats',
    differs:
      'backtesting.py divides a compounded yearly return by its own yearly volatility. vectorbt scales by 365 days, also for ' +
      'shares. Programs that leave out the return of the first bar have one return fewer.',
  },
  sortino: {
    formula:
      'mean(r) ÷ √(mean of min(r, 0)²) × √P, the mean over all N returns; a root below 1e-12 is rounding and counts as 0',
    undefinedWhen: 'there is no return, or none is negative',
    source: 'F. A. Sortino, R. van der Meer, "Downside risk" (1991); as empyrical and quantstats',
    differs: 'Programs that take the standard deviation of the negative returns alone give other numbers.',
  },
  calmar: {
    formula: 'CAGR ÷ −max drawdown, both over all scored bars',
    undefinedWhen: 'CAGR is undefined, or there is no drawdown',
    source: 'T. W. Young, "Calmar ratio: a smoother tool" (1991), over the whole range instead of 36 months',
    differs: '',
  },
  maxDrawdown: {
    formula:
      'smallest E ÷ running peak − 1 over the closes of scored bars, the peak starting at the capital; ≤ 0, and 0 where it is less than 1e-12',
    undefinedWhen: '',
    source: 'definition',
    differs: 'It is taken on every bar, also where returns are sampled by day. Some programs write it without the sign.',
  },
  trades: {
    formula: 'count of closed trades; a trade still open under `atEnd` "mark" is none',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  winRate: {
    formula: 'trades with pnl > 0 ÷ trades',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  profitFactor: {
    formula: 'sum of pnl > 0 ÷ −(sum of pnl < 0), in money; Infinity where no trade lost',
    undefinedWhen: 'no trade won and none lost',
    source: 'definition',
    differs: "backtesting.py sums the trades' returns instead of their money.",
  },
  expectancy: {
    formula: 'mean pnl of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: 'backtesting.py gives the mean return of a trade: that is the average trade here.',
  },
  avgTrade: {
    formula: "arithmetic mean of the trades' returns",
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: 'backtesting.py takes the geometric mean.',
  },
  bestTrade: {
    formula: 'largest return of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  worstTrade: {
    formula: 'smallest return of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  sqn: {
    formula: "√trades × mean ÷ std of the trades' returns, std with divisor trades − 1",
    undefinedWhen: 'fewer than two trades, or std is below 1e-12',
    source: 'system quality number, V. K. Tharp, on returns in place of multiples of risk',
    differs: "backtesting.py and backtrader take the trades' money, so that compounding weighs late trades more.",
  },
  exposure: {
    formula: 'scored bars at whose close a position is held ÷ scored bars',
    undefinedWhen: '',
    source: 'definition',
    differs: 'backtesting.py counts the bar of the exit too.',
  },
  ambiguousBars: {
    formula: 'bars that opened strictly between stop and target and touched both, so that their order is a guess (stop first)',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
} as const satisfies Readonly<Record<string, MetricNotes>>;
