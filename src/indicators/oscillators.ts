import { smaInto } from './averages.ts';
import { column, fullChanges, fullWindow, indicator, period, series, X, type Indicator, type RunCompute } from './indicator.ts';
import { rsiInto } from './momentum.ts';
import { borrowDoubles, borrowIndices } from './scratch.ts';
import { tickScale, wholeTicks } from './ticks.ts';
import { extremeBars, extremeInto, sumInto } from './windows.ts';

const OWN = { level: 'own' } as const;
const [HIGH, LOW, CLOSE] = [column('high'), column('low'), column('close')];
const SPANS = [period('short', 7), period('middle', 14), period('long', 28)];

export const OSCILLATORS: readonly Indicator[] = [
  indicator('stoch', [series('x', 'close'), series('high', 'high'), series('low', 'low')], [period('n')], OWN, fullWindow),
  indicator('stochrsi', [X], [period('nrsi', 14), period('nstoch', 14, 2)], OWN, ([rsi = 1, stoch = 1]) => rsi + stoch - 1),
  indicator('willr', [HIGH, LOW, CLOSE], [period('n')], OWN, fullWindow),
  indicator('cci', [series('x', 'hlc3')], [period('n', null, 2)], OWN, fullWindow),
  indicator('uo', [HIGH, LOW, CLOSE], SPANS, OWN, (params) => Math.max(...params)),
  indicator('ao', [HIGH, LOW], [period('fast', 5), period('slow', 34)], OWN, ([a = 1, b = 1]) => Math.max(a, b) - 1),
  indicator('aroonup', [HIGH], [period('n')], OWN, fullChanges),
  indicator('aroondown', [LOW], [period('n')], OWN, fullChanges),
];

function placeInRange(
  x: Float64Array,
  high: Float64Array,
  low: Float64Array,
  n: number,
  base: number,
  out: Float64Array,
  from: number,
  to: number,
): void {
  const [tops, bottoms] = [borrowDoubles(to), borrowDoubles(to)];
  extremeInto(high, n, 1, tops, from, to);
  extremeInto(low, n, -1, bottoms, from, to);
  for (let i = from + n - 1; i < to; i++) {
    const [top, bottom] = [tops[i]!, bottoms[i]!];
    out[i] = (100 * (x[i]! - (base === 0 ? bottom : top))) / (top - bottom);
  }
}

export const stochInto: RunCompute = ([x, high, low], [n = 1], out, from, to) =>
  placeInRange(x!, high!, low!, n, 0, out, from, to);

export const willrInto: RunCompute = ([high, low, close], [n = 1], out, from, to) =>
  placeInRange(close!, high!, low!, n, 100, out, from, to);

export const stochrsiInto: RunCompute = ([x], [nrsi = 14, nstoch = 14], out, from, to, decimals) => {
  const index = borrowDoubles(to);
  rsiInto(x!, nrsi, index, from, to, decimals);
  placeInRange(index, index, index, nstoch, 0, out, from + nrsi, to);
};

/** The mean deviation has no running form: n steps per bar. */
export const cciInto: RunCompute = ([x], [n = 2], out, from, to, decimals) => {
  const means = borrowDoubles(to);
  smaInto(x!, n, means, from, to, decimals);
  for (let i = from + n - 1; i < to; i++) {
    const mean = means[i]!;
    let deviation = 0;
    for (let j = i - n + 1; j <= i; j++) deviation += Math.abs(x![j]! - mean);
    out[i] = (x![i]! - mean) / ((0.015 * deviation) / n);
  }
};

export const uoInto: RunCompute = ([high, low, close], params, out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const at = (x: Float64Array, i: number): number => (scale > 0 ? wholeTicks(x[i]! * scale) : x[i]!);
  const [pressures, ranges, bought, moved] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  for (let i = from + 1; i < to; i++) {
    const before = at(close!, i - 1);
    const bottom = Math.min(at(low!, i), before);
    pressures[i] = at(close!, i) - bottom;
    ranges[i] = Math.max(at(high!, i), before) - bottom;
  }
  const first = from + Math.max(...params);
  const ticks = scale > 0 ? 0 : -1;
  out.fill(0, first, to);
  for (let k = 0; k < 3; k++) {
    sumInto(pressures, params[k]!, bought, from + 1, to, ticks);
    sumInto(ranges, params[k]!, moved, from + 1, to, ticks);
    const weight = k === 0 ? 4 : k === 1 ? 2 : 1;
    for (let i = first; i < to; i++) out[i] = out[i]! + (weight * bought[i]!) / moved[i]!;
  }
  for (let i = first; i < to; i++) out[i] = (100 * out[i]!) / 7;
};

export const aoInto: RunCompute = ([high, low], [fast = 5, slow = 34], out, from, to, decimals) => {
  const scale = tickScale(decimals);
  const [middles, slower, faster] = [borrowDoubles(to), borrowDoubles(to), borrowDoubles(to)];
  for (let i = from; i < to; i++)
    middles[i] = scale > 0 ? wholeTicks(high![i]! * scale) + wholeTicks(low![i]! * scale) : high![i]! + low![i]!;
  const ticks = scale > 0 ? 0 : -1;
  smaInto(middles, fast, faster, from, to, ticks);
  smaInto(middles, slow, slower, from, to, ticks);
  const unit = scale > 0 ? 2 * scale : 2;
  for (let i = from + Math.max(fast, slow) - 1; i < to; i++) out[i] = (faster[i]! - slower[i]!) / unit;
};

/** @param sign 1 for the highest of its input, −1 for the lowest */
export function aroonInto(sign: 1 | -1): RunCompute {
  return ([x], [n = 1], out, from, to) => {
    const bars = borrowIndices(to);
    extremeBars(x!, n + 1, sign, bars, from, to);
    for (let i = from + n; i < to; i++) out[i] = (100 * (n - (i - bars[i]!))) / n;
  };
}
