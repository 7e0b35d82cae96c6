import type { MetricNotes } from './metric.ts';

export const CURVE_NOTES = {
  avgDrawdown: {
    formula:
      'mean over the drawdowns of their smallest E ÷ peak − 1; a drawdown is the scored bars from a peak, or from the capital, ' +
      'until E is within 1e-12 of the peak again or the data ends; ≤ 0',
    undefinedWhen: 'there is no drawdown',
    source: 'as backtesting.py, which starts at the first E',
    differs: 'Programs that average the drawdown of every bar give another number.',
  },
  maxDrawdownBars: {
    formula: 'most bars from the last bar at a peak to the bar at which E is at that peak again, or to the last bar',
    undefinedWhen: '',
    source: 'as backtesting.py, in bars',
    differs: 'Programs that count days of the calendar include the days without a bar.',
  },
  avgDrawdownBars: {
    formula: 'mean length of the drawdowns, counted as for the longest one',
    undefinedWhen: 'there is no drawdown',
    source: 'as backtesting.py, in bars',
    differs: '',
  },
  ulcerIndex: {
    formula: '√(mean of (E ÷ running peak − 1)² over the scored bars), the peak starting at the capital',
    undefinedWhen: '',
    source: 'P. G. Martin, B. McCann, "The investor’s guide to Fidelity funds" (1989), on equity',
    differs: 'Martin writes percent. quantstats divides by one bar less.',
  },
  tailRatio: {
    formula: '|95 % quantile of r| ÷ |5 % quantile of r|, by linear interpolation between order statistics',
    undefinedWhen: 'the 5 % quantile is 0 (below 1e-12)',
    source: 'as empyrical',
    differs: '',
  },
  var95: {
    formula: '5 % quantile of r, by linear interpolation between order statistics; of one sample, not scaled to a year',
    undefinedWhen: '',
    source: 'historical value at risk, as empyrical',
    differs: 'quantstats takes the quantile of a normal distribution with the mean and deviation of r.',
  },
  cvar95: {
    formula: 'mean of the ⌊0.05 × (N − 1)⌋ + 1 smallest r',
    undefinedWhen: '',
    source: 'conditional value at risk, as empyrical',
    differs: 'quantstats averages the r below its normal value at risk.',
  },
  omega: {
    formula: 'Σ max(r, 0) ÷ −Σ min(r, 0), the threshold being 0; sums below 1e-12 count as 0; Infinity where no r is negative',
    undefinedWhen: 'every r is 0',
    source: 'C. Keating, W. F. Shadwick, "A universal performance measure" (2002)',
    differs: 'empyrical has no value where no r is negative.',
  },
  turnover: {
    formula:
      'sum of quantity × fill price over the entries and exits of the trades ÷ mean E of the scored bars ÷ years, years as for CAGR',
    undefinedWhen: 'only one bar is scored',
    source: 'definition',
    differs: 'Reports of funds count the smaller of purchases and sales: about half of this.',
  },
  alpha: {
    formula: '(mean(r) − beta × mean(b)) × P, the risk-free rate being 0; b as for beta',
    undefinedWhen: 'beta is undefined',
    source: 'M. C. Jensen, "The performance of mutual funds" (1968)',
    differs: 'empyrical compounds the yearly alpha instead of multiplying it.',
  },
  beta: {
    formula:
      'covariance of r and b ÷ variance of b; b are the simple returns of the close at the same samples, the first one from the ' +
      'first scored close',
    undefinedWhen: 'fewer than two returns, or the deviation of b is below 1e-12',
    source: 'slope of the regression of r on b',
    differs: '',
  },
} as const satisfies Readonly<Record<string, MetricNotes>>;
