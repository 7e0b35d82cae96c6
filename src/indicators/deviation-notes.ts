import type { Notes } from './indicator.ts';

const AT_WINDOW = 'First value at bar n − 1.';

export const DEVIATION_NOTES: Readonly<Record<string, Notes>> = {
  stdev: {
    about: 'Standard deviation of the last n values, the population form.',
    formula: '√(Σ(x − mean)² ÷ n)',
    seeding: AT_WINDOW,
    source: 'Pine ta.stdev',
  },
  variance: {
    about: 'Variance of the last n values, the population form.',
    formula: 'Σ(x − mean)² ÷ n',
    seeding: AT_WINDOW,
    source: 'Pine ta.variance',
  },
  zscore: {
    about: 'How many standard deviations the value lies above the mean of the last n. None where they are all equal.',
    formula: '(x − sma(x, n)) ÷ stdev(x, n)',
    seeding: AT_WINDOW,
    source: 'Standard score, population form',
  },
  bbupper: {
    about: 'Upper Bollinger band.',
    formula: 'sma(x, n) + mult·stdev(x, n)',
    seeding: AT_WINDOW,
    source: 'Pine ta.bb; J. Bollinger',
  },
  bblower: {
    about: 'Lower Bollinger band.',
    formula: 'sma(x, n) − mult·stdev(x, n)',
    seeding: AT_WINDOW,
    source: 'Pine ta.bb; J. Bollinger',
  },
  bbwidth: {
    about: 'Width of the Bollinger bands as a fraction of their middle.',
    formula: '2·mult·stdev(x, n) ÷ sma(x, n); Pine’s newer ta.bbw is a hundred times it',
    seeding: AT_WINDOW,
    source: 'J. Bollinger',
  },
  percentb: {
    about: 'Where the value lies between the Bollinger bands: 0 at the lower, 1 at the upper. None where they meet.',
    formula: '(x − bblower) ÷ (bbupper − bblower)',
    seeding: AT_WINDOW,
    source: 'J. Bollinger, %b',
  },
};
