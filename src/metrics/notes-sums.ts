import type { MetricNotes } from './metric.ts';

export const SUM_NOTES = {
  objective: {
    formula: "the study's objective where it is an expression over metrics, such as `sharpe * min(1, trades / 100)`",
    undefinedWhen: 'the expression has no value, or the study ranks by one metric',
    source: "the study document's `objective`",
    differs: '',
  },
  recoveryFactor: {
    formula: 'total return ÷ −max drawdown',
    undefinedWhen: 'there is no drawdown',
    source: 'MetaTrader’s report, in fractions',
    differs: 'MetaTrader divides money by the largest fall in money. quantstats sums the returns instead of compounding them.',
  },
  buyHold: {
    formula: 'last close ÷ first scored close − 1: holding over the same bars, without costs',
    undefinedWhen: '',
    source: 'definition',
    differs: 'backtesting.py takes the first close after its warm-up, vectorbt the first close of the file.',
  },
} as const satisfies Readonly<Record<string, MetricNotes>>;
