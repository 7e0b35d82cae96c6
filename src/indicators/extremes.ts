import { column, fullWindow, indicator, period, series, type Indicator, type Notes, type RunCompute } from './indicator.ts';
import { borrowIndices } from './scratch.ts';
import { extremeBars, extremeInto, middleInto } from './windows.ts';

const N = [period('n')];
const [HIGH, LOW] = [series('x', 'high'), series('x', 'low')];
const SIDES = [period('left'), period('right')];
const confirmed: Indicator['warmup'] = ([left = 1, right = 1]) => left + right;

export const EXTREMES: readonly Indicator[] = [
  indicator('highest', [HIGH], N, { level: 'input' }, fullWindow),
  indicator('lowest', [LOW], N, { level: 'input' }, fullWindow),
  indicator('highestbars', [HIGH], N, { level: 'own' }, fullWindow),
  indicator('lowestbars', [LOW], N, { level: 'own' }, fullWindow),
  indicator('donchian', [column('high'), column('low')], N, { level: 'price' }, fullWindow),
  indicator('pivothigh', [HIGH], SIDES, { level: 'input', sparse: true }, confirmed),
  indicator('pivotlow', [LOW], SIDES, { level: 'input', sparse: true }, confirmed),
];

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

export const highestInto: RunCompute = ([x], [n = 1], out, from, to) => extremeInto(x!, n, 1, out, from, to);
export const lowestInto: RunCompute = ([x], [n = 1], out, from, to) => extremeInto(x!, n, -1, out, from, to);
export const donchianInto: RunCompute = ([high, low], [n = 1], out, from, to) => middleInto(high!, low!, n, out, from, to);

/** @param sign 1 for the highest, −1 for the lowest */
export function extremeBarsInto(sign: 1 | -1): RunCompute {
  return ([x], [n = 1], out, from, to) => {
    const bars = borrowIndices(to);
    extremeBars(x!, n, sign, bars, from, to);
    for (let i = from + n - 1; i < to; i++) out[i] = bars[i]! - i + 0; // + 0: no negative zero
  };
}

export function pivotInto(sign: 1 | -1): RunCompute {
  return ([x], [left = 1, right = 1], out, from, to) => {
    const bars = borrowIndices(to);
    extremeBars(x!, left + right + 1, sign, bars, from, to);
    for (let i = from + left + right; i < to; i++) if (bars[i] === i - right) out[i] = x![i - right]!;
  };
}
