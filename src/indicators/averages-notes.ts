import type { Notes } from './indicator.ts';

export const AVERAGE_NOTES: Readonly<Record<string, Notes>> = {
  sma: {
    about: 'Simple moving average: the mean of the last n values.',
    formula: '(x + x[1] + … + x[n − 1]) ÷ n',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.sma',
  },
  ema: {
    about: 'Exponential moving average: newer values weigh more, none is ever forgotten.',
    formula: 'e = e[1] + 2 ÷ (n + 1) × (x − e[1])',
    seeding: 'First value, at bar n − 1, is the mean of the first n values.',
    source: 'Pine ta.ema',
  },
  rma: {
    about: 'Wilder’s moving average, the exponential one inside rsi and atr.',
    formula: 'e = e[1] + (x − e[1]) ÷ n',
    seeding: 'First value, at bar n − 1, is the mean of the first n values.',
    source: 'Pine ta.rma',
  },
  wma: {
    about: 'Linearly weighted moving average: the newest value weighs n, the oldest 1.',
    formula: '(n·x + (n − 1)·x[1] + … + 1·x[n − 1]) ÷ (n (n + 1) ÷ 2)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.wma',
  },
  hma: {
    about: 'Hull moving average: smooth, and close behind the prices.',
    formula: 'wma(2·wma(x, ⌊n ÷ 2⌋) − wma(x, n), ⌊√n⌋)',
    seeding: 'First value at bar n + ⌊√n⌋ − 2.',
    source: 'Pine ta.hma; A. Hull',
  },
  dema: {
    about: 'Double exponential moving average: less lag than ema.',
    formula: '2·ema(x, n) − ema(ema(x, n), n)',
    seeding: 'Both averages start with a plain mean; first value at bar 2(n − 1).',
    source: 'P. G. Mulloy, 1994; TA-Lib DEMA',
  },
  tema: {
    about: 'Triple exponential moving average: less lag than dema.',
    formula: '3·e1 − 3·e2 + e3, each the ema of the one before',
    seeding: 'All three averages start with a plain mean; first value at bar 3(n − 1).',
    source: 'P. G. Mulloy, 1994; TA-Lib TEMA',
  },
  kama: {
    about: 'Kaufman’s adaptive moving average: fast in a trend, slow in noise.',
    formula:
      'k = k[1] + s²·(x − k[1]), s between 2 ÷ (slow + 1) and 2 ÷ (fast + 1) by |x − x[n]| ÷ Σ|changes| (0 where nothing moved)',
    seeding: 'First value, at bar n, steps from x[1].',
    source: 'P. J. Kaufman, Trading Systems and Methods; TA-Lib KAMA',
  },
  vwma: {
    about: 'Volume-weighted moving average.',
    formula: 'sum(x·volume, n) ÷ sum(volume, n)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.vwma',
  },
  alma: {
    about: 'Arnaud Legoux moving average: weights in the shape of a bell.',
    formula: 'weights exp(−(k − offset·(n − 1))² ÷ (2·(n ÷ sigma)²)), k = 0 the oldest value',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.alma',
  },
  zlema: {
    about: 'Zero-lag moving average: the ema of a series that is pushed ahead by its own lag.',
    formula: 'ema(x + (x − x[lag]), n), lag = ⌊(n − 1) ÷ 2⌋',
    seeding: 'The ema starts with a plain mean; first value at bar n − 1 + lag.',
    source: 'J. Ehlers, R. Way, 2010',
  },
  linreg: {
    about: 'Linear regression: where the line fitted to the last n values ends, or was offset bars ago.',
    formula: 'intercept + slope·(n − 1 − offset)',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.linreg',
  },
};
