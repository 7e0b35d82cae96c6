import type { Notes } from './indicator.ts';

export const RANGE_NOTES: Readonly<Record<string, Notes>> = {
  tr: {
    about: 'True range: the bar’s range, a gap from the close before included.',
    formula: 'max(high − low, |high − close[1]|, |low − close[1]|)',
    seeding: 'high − low on the first bar.',
    source: 'Pine ta.tr(true)',
  },
  atr: {
    about: 'Average true range: Wilder’s mean of the true range.',
    formula: 'rma(tr, n)',
    seeding: 'First value, at bar n − 1, is the mean of the first n true ranges, bar 0 included.',
    source: 'Pine ta.atr; J. W. Wilder, New Concepts in Technical Trading Systems, 1978',
  },
  natr: {
    about: 'Average true range in percent of the close.',
    formula: '100 × atr(n) ÷ close',
    seeding: 'As atr.',
    source: 'TA-Lib NATR',
  },
  kcupper: {
    about: 'Upper line of the Keltner channel; around the close where x is left out.',
    formula: 'ema(x, n) + mult·ema(tr, n)',
    seeding: 'Both averages start with a plain mean at bar n − 1, the true range of bar 0 included.',
    source: 'Pine ta.kc',
  },
  kclower: {
    about: 'Lower line of the Keltner channel; around the close where x is left out.',
    formula: 'ema(x, n) − mult·ema(tr, n)',
    seeding: 'Both averages start with a plain mean at bar n − 1, the true range of bar 0 included.',
    source: 'Pine ta.kc',
  },
  chop: {
    about: 'Choppiness index: near 100 where prices go nowhere, near 0 in a straight trend.',
    formula: '100 × log(sum(tr, n) ÷ (highest true high − lowest true low of n bars)) ÷ log(n)',
    seeding: 'First value at bar n, because bar 0 has no true range. TradingView’s script takes plain highs and lows.',
    source: 'E. W. Dreiss; a true high is max(high, close[1]), a true low min(low, close[1])',
  },
};
