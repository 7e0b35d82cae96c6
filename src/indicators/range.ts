import { log } from '../core/maths.ts';
import { emaInto } from './averages.ts';
import {
  column,
  factor,
  fullChanges,
  fullWindow,
  indicator,
  period,
  series,
  type Indicator,
  type RunCompute,
} from './indicator.ts';
import { borrowDoubles } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';
import { extremeInto, sumInto } from './windows.ts';

const RANGE = [column('high'), column('low'), column('close')];
const CHANNEL = [series('x', 'close'), ...RANGE];

export const RANGES: readonly Indicator[] = [
  indicator('tr', RANGE, [], { level: 'own' }, () => 0),
  indicator('atr', RANGE, [period('n')], { level: 'own' }, fullWindow),
  indicator('natr', RANGE, [period('n')], { level: 'own' }, fullWindow),
  indicator('kcupper', CHANNEL, [period('n'), factor('mult', 2)], { level: 'input' }, fullWindow),
  indicator('kclower', CHANNEL, [period('n'), factor('mult', 2)], { level: 'input' }, fullWindow),
  indicator('chop', RANGE, [period('n', null, 2)], { level: 'own' }, fullChanges),
];

export function trInto(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
): void {
  const scale = tickScale(decimals);
  const unit = scale > 0 ? scale : 1;
  for (let i = from; i < to; i++) out[i] = trueRange(high, low, close, i, from, scale) / unit;
}

export function atrInto(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  n: number,
  out: Float64Array,
  from: number,
  to: number,
  decimals: number,
): void {
  const scale = tickScale(decimals);
  const unit = scale > 0 ? scale : 1;
  const weight = 1 / n;
  const first = from + n - 1;
  let sum = 0;
  let value = 0;
  for (let i = from; i < to; i++) {
    const range = trueRange(high, low, close, i, from, scale);
    if (i < first) sum += range;
    else if (i === first) value = (sum + range) / n;
    else value += weight * (range - value);
    if (i >= first) out[i] = value / unit;
  }
}

/** In ticks where scale > 0, else in units of price. */
function trueRange(high: Float64Array, low: Float64Array, close: Float64Array, i: number, from: number, scale: number): number {
  const h = scale > 0 ? wholeTicks(high[i]! * scale) : high[i]!;
  const l = scale > 0 ? wholeTicks(low[i]! * scale) : low[i]!;
  if (i === from) return h - l;
  const before = scale > 0 ? wholeTicks(close[i - 1]! * scale) : close[i - 1]!;
  return Math.max(h - l, Math.abs(h - before), Math.abs(l - before));
}

export const natrInto: RunCompute = ([high, low, close], [n = 1], out, from, to, decimals) => {
  atrInto(high!, low!, close!, n, out, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) out[i] = (100 * out[i]!) / close![i]!;
};

/** @param side 1 for the upper line, −1 for the lower */
export function keltnerInto(side: 1 | -1): RunCompute {
  return ([x, high, low, close], [n = 1, mult = 2], out, from, to, decimals) => {
    const [ranges, spans] = [borrowDoubles(to), borrowDoubles(to)];
    trInto(high!, low!, close!, ranges, from, to, decimals);
    emaInto(ranges, n, spans, from, to, -1);
    emaInto(x!, n, out, from, to, decimals);
    for (let i = from + n - 1; i < to; i++) out[i] = out[i]! + side * mult * spans[i]!;
  };
}

export const chopInto: RunCompute = ([high, low, close], [n = 2], out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const at = (x: Float64Array, i: number): number => (scale > 0 ? wholeTicks(x[i]! * scale) : x[i]!);
  const [tops, bottoms, ranges] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  for (let i = from + 1; i < to; i++) {
    const before = at(close!, i - 1);
    tops[i] = Math.max(at(high!, i), before);
    bottoms[i] = Math.min(at(low!, i), before);
    ranges[i] = tops[i]! - bottoms[i]!;
  }
  const [tallest, lowest] = [borrowDoubles(to), borrowDoubles(to)];
  extremeInto(tops, n, 1, tallest, from + 1, to);
  extremeInto(bottoms, n, -1, lowest, from + 1, to);
  sumInto(ranges, n, out, from + 1, to, scale > 0 ? 0 : -1);
  const whole = log(n);
  for (let i = from + n; i < to; i++) out[i] = (100 * log(out[i]! / (tallest[i]! - lowest[i]!))) / whole;
};
