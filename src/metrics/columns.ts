/**
 * The metric columns: the one place where a metric's key, unit, direction and formula stand. Rows store them in this order; the
 * page shows the formula behind the column's name; docs/metrics.md is written from this table.
 *
 * Words of the formulas: E is equity at the close of a scored bar, in the account's currency; `capital` is E before the first
 * scored bar; r are the sampled simple returns E ÷ previous sampled E − 1, the first one from the capital, flat samples counted
 * as 0; N is their number; P is `periodsPerYear`; a trade is a closed round trip, its pnl net of both commissions, its return
 * pnl ÷ (quantity × entry price).
 */
export interface Metric {
  readonly key: string;
  readonly name: string; // as on the page
  readonly unit: 'fraction' | 'money' | 'count' | 'ratio'; // a fraction of 0.01 is shown as 1 %
  readonly direction: 'max' | 'min' | 'none'; // which end is better; none: neither is
  readonly signed: boolean; // a value and its opposite mean opposite things: draw around zero
  readonly digits: number; // decimals to show; of the percentage where the unit is a fraction
  readonly formula: string;
  readonly undefinedWhen: string; // when the value is NaN; '' where it never is, for a trial that could trade
  readonly source: string;
  readonly differs: string; // where a well-known program of the same name gives another number; '' where none does
}

const TABLE = [
  {
    key: 'finalEquity',
    name: 'Final equity',
    unit: 'money',
    direction: 'max',
    signed: false,
    digits: 2,
    formula: 'E at the last bar, after an open trade was closed or marked there; 0 after ruin',
    undefinedWhen: '',
    source: 'definition',
    differs: 'Programs that leave the last trade open do not charge the cost of closing it: that is `atEnd` "mark" here.',
  },
  {
    key: 'totalReturn',
    name: 'Total return',
    unit: 'fraction',
    direction: 'max',
    signed: true,
    digits: 1,
    formula: 'final equity ÷ capital − 1',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  {
    key: 'cagr',
    name: 'CAGR',
    unit: 'fraction',
    direction: 'max',
    signed: true,
    digits: 1,
    formula:
      '(final equity ÷ capital)^(1 ÷ years) − 1; years is the time from the first scored bar to the last bar ÷ 365.25 days',
    undefinedWhen: 'only one bar is scored',
    source: 'compound annual growth rate over calendar time',
    differs:
      'Programs that count years as samples ÷ periods per year (empyrical, vectorbt) differ by the holidays of the data.',
  },
  {
    key: 'volatility',
    name: 'Volatility',
    unit: 'fraction',
    direction: 'min',
    signed: false,
    digits: 1,
    formula: 'std(r) × √P, std with divisor N − 1; below 1e-12 it is rounding and counts as 0',
    undefinedWhen: 'fewer than two returns',
    source: 'sample standard deviation, scaled by the square root of time',
    differs: 'backtesting.py compounds the yearly variance instead of scaling it.',
  },
  {
    key: 'sharpe',
    name: 'Sharpe',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: 'mean(r) ÷ std(r) × √P, std with divisor N − 1, risk-free rate 0',
    undefinedWhen: 'fewer than two returns, or std is 0',
    source: 'W. F. Sharpe, "The Sharpe ratio" (1994); as empyrical and quantstats',
    differs:
      'backtesting.py divides a compounded yearly return by its own yearly volatility. vectorbt scales by 365 days, also for ' +
      'shares. Programs that leave out the return of the first bar have one return fewer.',
  },
  {
    key: 'sortino',
    name: 'Sortino',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: 'mean(r) ÷ √(mean of min(r, 0)²) × √P, the mean over all N returns',
    undefinedWhen: 'there is no return, or none is negative',
    source: 'F. A. Sortino, R. van der Meer, "Downside risk" (1991); as empyrical and quantstats',
    differs: 'Programs that take the standard deviation of the negative returns alone give other numbers.',
  },
  {
    key: 'calmar',
    name: 'Calmar',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: 'CAGR ÷ −max drawdown, both over all scored bars',
    undefinedWhen: 'CAGR is undefined, or there is no drawdown',
    source: 'T. W. Young, "Calmar ratio: a smoother tool" (1991), over the whole range instead of 36 months',
    differs: '',
  },
  {
    key: 'maxDrawdown',
    name: 'Max drawdown',
    unit: 'fraction',
    direction: 'max',
    signed: false,
    digits: 1,
    formula: 'smallest E ÷ running peak − 1 over the closes of scored bars, the peak starting at the capital; ≤ 0',
    undefinedWhen: '',
    source: 'definition',
    differs: 'It is taken on every bar, also where returns are sampled by day. Some programs write it without the sign.',
  },
  {
    key: 'trades',
    name: 'Trades',
    unit: 'count',
    direction: 'none',
    signed: false,
    digits: 0,
    formula: 'count of closed trades; a trade still open under `atEnd` "mark" is none',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  {
    key: 'winRate',
    name: 'Win rate',
    unit: 'fraction',
    direction: 'max',
    signed: false,
    digits: 1,
    formula: 'trades with pnl > 0 ÷ trades',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  {
    key: 'profitFactor',
    name: 'Profit factor',
    unit: 'ratio',
    direction: 'max',
    signed: false,
    digits: 2,
    formula: 'sum of pnl > 0 ÷ −(sum of pnl < 0), in money; Infinity where no trade lost',
    undefinedWhen: 'no trade won and none lost',
    source: 'definition',
    differs: "backtesting.py sums the trades' returns instead of their money.",
  },
  {
    key: 'expectancy',
    name: 'Expectancy',
    unit: 'money',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: 'mean pnl of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: 'backtesting.py gives the mean return of a trade: that is the average trade here.',
  },
  {
    key: 'avgTrade',
    name: 'Average trade',
    unit: 'fraction',
    direction: 'max',
    signed: true,
    digits: 1,
    formula: "arithmetic mean of the trades' returns",
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: 'backtesting.py takes the geometric mean.',
  },
  {
    key: 'bestTrade',
    name: 'Best trade',
    unit: 'fraction',
    direction: 'max',
    signed: true,
    digits: 1,
    formula: 'largest return of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  {
    key: 'worstTrade',
    name: 'Worst trade',
    unit: 'fraction',
    direction: 'max',
    signed: true,
    digits: 1,
    formula: 'smallest return of a trade',
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: '',
  },
  {
    key: 'sqn',
    name: 'SQN',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: "√trades × mean ÷ std of the trades' returns, std with divisor trades − 1",
    undefinedWhen: 'fewer than two trades, or std is below 1e-12',
    source: 'system quality number, V. K. Tharp, on returns in place of multiples of risk',
    differs: "backtesting.py and backtrader take the trades' money, so that compounding weighs late trades more.",
  },
  {
    key: 'exposure',
    name: 'Exposure',
    unit: 'fraction',
    direction: 'none',
    signed: false,
    digits: 1,
    formula: 'scored bars at whose close a position is held ÷ scored bars',
    undefinedWhen: '',
    source: 'definition',
    differs: 'backtesting.py counts the bar of the exit too.',
  },
  {
    key: 'ambiguousBars',
    name: 'Ambiguous bars',
    unit: 'count',
    direction: 'min',
    signed: false,
    digits: 0,
    formula: 'bars that opened strictly between stop and target and touched both, so that their order is a guess (stop first)',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
] as const satisfies readonly Metric[];

export type MetricKey = (typeof TABLE)[number]['key'];

export const METRICS: readonly (Metric & { readonly key: MetricKey })[] = TABLE;

export const METRIC_KEYS: readonly MetricKey[] = TABLE.map((metric) => metric.key);

/** @returns the column of a key in METRICS, −1 where there is none */
export function metricIndex(key: string): number {
  return METRIC_KEYS.indexOf(key as MetricKey);
}
