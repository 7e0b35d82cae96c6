import type { Notes } from './indicator.ts';

export const MOMENTUM_NOTES: Readonly<Record<string, Notes>> = {
  rsi: {
    about: 'Relative strength index, 0 to 100: the share of rises in all changes.',
    formula: '100 − 100 ÷ (1 + rma(rises, n) ÷ rma(falls, n)); 100 where there is no fall',
    seeding: 'First value, at bar n, from the plain means of the first n changes.',
    source: 'Pine ta.rsi; J. W. Wilder, New Concepts in Technical Trading Systems, 1978',
  },
  roc: {
    about: 'Rate of change in percent.',
    formula: '100 × (x − x[n]) ÷ x[n]',
    seeding: 'First value at bar n.',
    source: 'Pine ta.roc',
  },
  change: {
    about: 'Difference to the value n bars back.',
    formula: 'x − x[n]',
    seeding: 'First value at bar n.',
    source: 'Pine ta.change',
  },
  mom: {
    about: 'Momentum: the difference to the value n bars back.',
    formula: 'x − x[n]',
    seeding: 'First value at bar n.',
    source: 'Pine ta.mom',
  },
  macd: {
    about: 'Moving average convergence divergence: a fast average less a slow one.',
    formula: 'ema(x, fast) − ema(x, slow)',
    seeding: 'Each average starts with its own plain mean; first value at bar max(fast, slow) − 1.',
    source: 'Pine ta.macd; G. Appel',
  },
  macdsignal: {
    about: 'Signal line of the macd: its average.',
    formula: 'ema(macd(x, fast, slow), signal)',
    seeding: 'Starts with the plain mean of the first values of macd; first value at bar max(fast, slow) + signal − 2.',
    source: 'Pine ta.macd; G. Appel',
  },
  macdhist: {
    about: 'Histogram of the macd: how far it lies above its signal line.',
    formula: 'macd(x, fast, slow) − macdsignal(x, fast, slow, signal)',
    seeding: 'As macdsignal.',
    source: 'Pine ta.macd; T. Aspray',
  },
  ppo: {
    about: 'Percentage price oscillator: the macd in percent of the slow average.',
    formula: '100 × (ema(x, fast) − ema(x, slow)) ÷ ema(x, slow)',
    seeding: 'As macd.',
    source: 'G. Appel',
  },
  cmo: {
    about: 'Chande momentum oscillator, −100 to 100: rises less falls, as a share of both. None where nothing moved.',
    formula: '100 × (sum(rises, n) − sum(falls, n)) ÷ (sum(rises, n) + sum(falls, n))',
    seeding: 'First value at bar n. Plain sums; TA-Lib smooths them and computes another indicator.',
    source: 'Pine ta.cmo; T. Chande, The New Technical Trader, 1994',
  },
  dpo: {
    about: 'Detrended price oscillator: a value half a cycle back less the mean.',
    formula: 'x[⌊n ÷ 2⌋ + 1] − sma(x, n)',
    seeding: 'First value at bar n − 1, later where n is 1 or 2.',
    source: 'S. B. Achelis, Technical Analysis from A to Z, without its shift into the past',
  },
  trix: {
    about: 'Change of a triple exponential average, in percent per bar.',
    formula: '100 × (e3 − e3[1]) ÷ e3[1], e3 = ema(ema(ema(x, n), n), n)',
    seeding:
      'All three averages start with a plain mean; first value at bar 3(n − 1) + 1. TradingView’s script takes log(x) and 10000.',
    source: 'J. Hutson, 1983',
  },
  tsi: {
    about: 'True strength index, −1 to 1: smoothed changes as a share of smoothed moves. None where nothing moved.',
    formula: 'ema(ema(change(x), long), short) ÷ ema(ema(|change(x)|, long), short)',
    seeding: 'All averages start with a plain mean; first value at bar short + long − 1.',
    source: 'Pine ta.tsi; W. Blau, 1991',
  },
};
