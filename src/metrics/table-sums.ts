import type { MetricRow } from './metric.ts';

/** Metrics from sums that every trial keeps. */
export const SUM_METRICS = [
  {
    key: 'objective',
    name: 'Objective',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 3,
    formula: "the study's objective where it is an expression over metrics, such as `sharpe * min(1, trades / 100)`",
    undefinedWhen: 'the expression has no value, or the study ranks by one metric',
    source: "the study document's `objective`",
    differs: '',
  },
  {
    key: 'recoveryFactor',
    name: 'Recovery factor',
    unit: 'ratio',
    direction: 'max',
    signed: true,
    digits: 2,
    formula: 'total return ÷ −max drawdown',
    undefinedWhen: 'there is no drawdown',
    source: 'MetaTrader’s report, in fractions',
    differs: 'MetaTrader divides money by the largest fall in money. quantstats sums the returns instead of compounding them.',
  },
  {
    key: 'buyHold',
    name: 'Buy & hold',
    unit: 'fraction',
    direction: 'none',
    signed: true,
    digits: 1,
    formula: 'last close ÷ first scored close − 1: holding over the same bars, without costs',
    undefinedWhen: '',
    source: 'definition',
    differs: 'backtesting.py takes the first close after its warm-up, vectorbt the first close of the file.',
  },
] as const satisfies readonly MetricRow[];
