import type { Notes } from './indicator.ts';

const AT_WINDOW = 'First value at bar n − 1.';

export const EXTREME_NOTES: Readonly<Record<string, Notes>> = {
  highest: {
    about: 'Highest of the last n values, the current one included; of the highs where x is left out.',
    formula: 'max(x, x[1], …, x[n − 1])',
    seeding: AT_WINDOW,
    source: 'Pine ta.highest',
  },
  lowest: {
    about: 'Lowest of the last n values, the current one included; of the lows where x is left out.',
    formula: 'min(x, x[1], …, x[n − 1])',
    seeding: AT_WINDOW,
    source: 'Pine ta.lowest',
  },
  highestbars: {
    about: 'Where the highest of the last n values is: 0 now, −1 one bar back. Of equal ones the newest counts.',
    formula: '−(bars since highest(x, n))',
    seeding: AT_WINDOW,
    source: 'Pine ta.highestbars',
  },
  lowestbars: {
    about: 'Where the lowest of the last n values is: 0 now, −1 one bar back. Of equal ones the newest counts.',
    formula: '−(bars since lowest(x, n))',
    seeding: AT_WINDOW,
    source: 'Pine ta.lowestbars',
  },
  donchian: {
    about: 'Middle of the Donchian channel, whose edges are `highest(high, n)` and `lowest(low, n)`.',
    formula: '(highest(high, n) + lowest(low, n)) ÷ 2',
    seeding: AT_WINDOW,
    source: 'R. Donchian; the current bar belongs to the channel, `donchian(n)[1]` leaves it out',
  },
  pivothigh: {
    about: 'The value of a peak, at the bar that confirms it; no value at other bars.',
    formula: 'x[right] where none of the left bars before it is higher and each of the right bars after it is lower',
    seeding: 'Earliest peak is told at bar left + right.',
    source: 'Pine ta.pivothigh; of equal peaks the newest counts',
  },
  pivotlow: {
    about: 'The value of a trough, at the bar that confirms it; no value at other bars.',
    formula: 'x[right] where none of the left bars before it is lower and each of the right bars after it is higher',
    seeding: 'Earliest trough is told at bar left + right.',
    source: 'Pine ta.pivotlow; of equal troughs the newest counts',
  },
};
