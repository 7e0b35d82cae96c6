import type { MetricNotes } from './metric.ts';

export const TRADE_NOTES = {
  winStreak: {
    formula: 'most trades in a row with pnl > 0, in the order of their exits',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  lossStreak: {
    formula: 'most trades in a row with pnl < 0, in the order of their exits; a trade with pnl 0 ends either streak',
    undefinedWhen: '',
    source: 'definition',
    differs: 'Programs that count a pnl of 0 as a loss find longer streaks.',
  },
  avgTradeBars: {
    formula: "mean of exit bar − entry bar over the trades, of the fills' bars",
    undefinedWhen: 'there is no trade',
    source: 'definition',
    differs: 'Programs that count both the bar of the entry and that of the exit give one more.',
  },
  costShare: {
    formula:
      'costs of all trades ÷ sum of pnl + costs over the trades where that is above 1e-12 of the entry value; costs are commissions and what holding ' +
      'costs, slippage is part of the fill prices',
    undefinedWhen: 'no trade gains before costs',
    source: 'definition',
    differs: '',
  },
  longTrades: {
    formula: 'count of closed long trades',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  longPnl: {
    formula: 'sum of pnl over the long trades',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  longWinRate: {
    formula: 'long trades with pnl > 0 ÷ long trades',
    undefinedWhen: 'there is no long trade',
    source: 'definition',
    differs: '',
  },
  shortTrades: {
    formula: 'count of closed short trades',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  shortPnl: {
    formula: 'sum of pnl over the short trades',
    undefinedWhen: '',
    source: 'definition',
    differs: '',
  },
  shortWinRate: {
    formula: 'short trades with pnl > 0 ÷ short trades',
    undefinedWhen: 'there is no short trade',
    source: 'definition',
    differs: '',
  },
  breakEvenCost: {
    formula:
      'the relative commission at which the total return is 0, every other setting kept: the trial is run again at 40 halvings of ' +
      '0 … 1, the middle of the last interval is taken',
    undefinedWhen: 'the total return without a relative commission is below 1e-12',
    source: 'H. Bessembinder, K. Chan, "Market efficiency and the returns to technical analysis" (1998): break-even cost',
    differs: 'The usual estimate, gain before costs ÷ traded value, leaves out that smaller equity trades less.',
  },
} as const satisfies Readonly<Record<string, MetricNotes>>;
