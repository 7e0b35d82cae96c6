import type { Notes } from './indicator.ts';

export const REGRESSION_NOTES: Readonly<Record<string, Notes>> = {
  slope: {
    about: 'Slope of the line fitted to the last n values, per bar.',
    formula: '(n·Σk·x − Σk·Σx) ÷ (n·Σk² − (Σk)²), k counting bars',
    seeding: 'First value at bar n − 1.',
    source: 'Least squares; TA-Lib LINEARREG_SLOPE',
  },
  rsquared: {
    about: 'How well a line fits the last n values: 0 not at all, 1 exactly. None where they are all equal.',
    formula: 'correlation of x with the count of bars, squared',
    seeding: 'First value at bar n − 1.',
    source: 'Coefficient of determination',
  },
  correlation: {
    about: 'Correlation of two series over the last n bars, −1 to 1. None where one of them is flat.',
    formula: '(n·Σxy − Σx·Σy) ÷ √((n·Σx² − (Σx)²)·(n·Σy² − (Σy)²))',
    seeding: 'First value at bar n − 1.',
    source: 'Pine ta.correlation',
  },
};
