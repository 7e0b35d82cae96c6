import { column, fullWindow, indicator, period, series, type Indicator, type RunCompute } from './indicator.ts';
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
