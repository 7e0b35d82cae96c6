import type { Notes } from './indicator.ts';

const AT_WINDOW = 'First value at bar n − 1.';

export const OSCILLATOR_NOTES: Readonly<Record<string, Notes>> = {
  stoch: {
    about: 'Stochastic, unsmoothed: where the close lies in the range of n bars, 0 to 100. None where the range is 0.',
    formula: '100 × (x − lowest(low, n)) ÷ (highest(high, n) − lowest(low, n)); %K is an sma of it, %D one of %K',
    seeding: AT_WINDOW,
    source: 'Pine ta.stoch; `stoch(n)` is `stoch(close, high, low, n)`',
  },
  stochrsi: {
    about: 'Stochastic of the rsi, unsmoothed: where it lies in its own range, 0 to 100. None where the range is 0.',
    formula: 'r = rsi(x, nrsi); stoch(r, r, r, nstoch)',
    seeding: 'First value at bar nrsi + nstoch − 1.',
    source: 'T. Chande, S. Kroll, 1994',
  },
  willr: {
    about: 'Williams’ %R: where the close lies in the range of n bars, −100 to 0. None where the range is 0.',
    formula: '100 × (close − highest(high, n)) ÷ (highest(high, n) − lowest(low, n))',
    seeding: AT_WINDOW,
    source: 'Pine ta.wpr; L. Williams',
  },
  cci: {
    about:
      'Commodity channel index: distance from the mean in mean deviations; of hlc3 where x is left out. None where all are equal.',
    formula: '(x − sma(x, n)) ÷ (0.015 × mean(|x − sma(x, n)|))',
    seeding: AT_WINDOW,
    source: 'Pine ta.cci; D. Lambert, 1980',
  },
  uo: {
    about: 'Ultimate oscillator, 0 to 100: buying pressure over three spans. None where nothing moved.',
    formula: '100 × (4·a(short) + 2·a(middle) + a(long)) ÷ 7, a(n) = sum(close − true low, n) ÷ sum(tr, n)',
    seeding: 'First value at the bar of the longest span; bar 0 has no close before it and is left out.',
    source: 'L. Williams, 1985; TA-Lib ULTOSC',
  },
  ao: {
    about: 'Awesome oscillator: a fast mean of the bars’ middles less a slow one.',
    formula: 'sma(hl2, fast) − sma(hl2, slow)',
    seeding: 'First value at bar max(fast, slow) − 1.',
    source: 'B. Williams',
  },
  aroonup: {
    about: 'Aroon up, 0 to 100: how recent the highest high of n + 1 bars is. Of equal ones the newest counts.',
    formula: '100 × (n − bars since highest(high, n + 1)) ÷ n',
    seeding: 'First value at bar n.',
    source: 'T. Chande, 1995',
  },
  aroondown: {
    about: 'Aroon down, 0 to 100: how recent the lowest low of n + 1 bars is. Of equal ones the newest counts.',
    formula: '100 × (n − bars since lowest(low, n + 1)) ÷ n',
    seeding: 'First value at bar n.',
    source: 'T. Chande, 1995',
  },
};
