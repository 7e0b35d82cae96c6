import type { Notes } from './indicator.ts';

export const ORDER_NOTES: Readonly<Record<string, Notes>> = {
  median: {
    about: 'Median of the last n values; the mean of the two in the middle where n is even.',
    formula: 'the middle of x, x[1], …, x[n − 1] in order',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.median',
  },
  percentrank: {
    about: 'Share of the n values before that are not above the current one, in percent.',
    formula: '100 × count(x[k] ≤ x, k = 1 … n) ÷ n',
    seeding: 'First value at bar n.',
    source: 'Pine ta.percentrank',
  },
  sum: {
    about: 'Sum of the last n values.',
    formula: 'x + x[1] + … + x[n − 1]',
    seeding: 'First value at bar n − 1.',
    source: 'Pine math.sum',
  },
  cum: {
    about: 'Sum of all values up to this bar; bars without a value add nothing.',
    formula: 'c = c[1] + x',
    seeding: 'Starts with the first value.',
    source: 'Pine ta.cum',
  },
  nz: {
    about: 'The value, or a number where there is none.',
    formula: 'x where it is finite, else replacement',
    seeding: 'Has a value at every bar.',
    source: 'Pine nz',
  },
  fixnan: {
    about: 'The value, or the last one before where there is none.',
    formula: 'x where it is finite, else the value one bar back',
    seeding: 'Starts with the first value of x.',
    source: 'Pine fixnan',
  },
  barssince: {
    about: 'How many bars ago the condition was last true: 0 where it is true now.',
    formula: 'count of bars since condition',
    seeding: 'No value before the condition was true for the first time.',
    source: 'Pine ta.barssince',
  },
  valuewhen: {
    about: 'The value of x at the bar where the condition was last true, or n times before that.',
    formula: 'x at the (n + 1)th newest bar where condition is true',
    seeding: 'No value before the condition was true n + 1 times.',
    source: 'Pine ta.valuewhen',
  },
};
