import type { MetricRow } from './metric.ts';

/** Metrics from the list of trades. */
export const TRADE_METRICS = [
  {
    key: 'winStreak',
    name: 'Longest winning streak',
    unit: 'count',
    direction: 'max',
    signed: false,
    digits: 0,
  },
  {
    key: 'lossStreak',
    name: 'Longest losing streak',
    unit: 'count',
    direction: 'min',
    signed: false,
    digits: 0,
  },
  {
    key: 'avgTradeBars',
    name: 'Average bars in trade',
    unit: 'count',
    direction: 'none',
    signed: false,
    digits: 1,
  },
  {
    key: 'costShare',
    name: 'Costs of gross profit',
    unit: 'fraction',
    direction: 'min',
    signed: false,
    digits: 1,
  },
  {
    key: 'longTrades',
    name: 'Long trades',
    unit: 'count',
    direction: 'none',
    signed: false,
    digits: 0,
  },
  {
    key: 'longPnl',
    name: 'Long profit',
    unit: 'money',
    direction: 'max',
    signed: true,
    digits: 2,
  },
  {
    key: 'longWinRate',
    name: 'Long win rate',
    unit: 'fraction',
    direction: 'max',
    signed: false,
    digits: 1,
  },
  {
    key: 'shortTrades',
    name: 'Short trades',
    unit: 'count',
    direction: 'none',
    signed: false,
    digits: 0,
  },
  {
    key: 'shortPnl',
    name: 'Short profit',
    unit: 'money',
    direction: 'max',
    signed: true,
    digits: 2,
  },
  {
    key: 'shortWinRate',
    name: 'Short win rate',
    unit: 'fraction',
    direction: 'max',
    signed: false,
    digits: 1,
  },
] as const satisfies readonly MetricRow[];

/** Metrics that need the trial again under other costs. */
export const RERUN_METRICS = [
  {
    key: 'breakEvenCost',
    name: 'Break-even cost',
    unit: 'fraction',
    direction: 'max',
    signed: false,
    digits: 2,
  },
] as const satisfies readonly MetricRow[];
