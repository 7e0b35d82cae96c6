import { column, fullWindow, indicator, period, type Indicator, type Notes } from './indicator.ts';
import { tickScale } from './ticks.ts';

const RANGE = [column('high'), column('low'), column('close')];

export const RANGES: readonly Indicator[] = [
  indicator('tr', RANGE, [], { level: 'own' }, () => 0),
  indicator('atr', RANGE, [period('n')], { level: 'own' }, fullWindow),
];

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
};

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
  const h = scale > 0 ? Math.round(high[i]! * scale) : high[i]!;
  const l = scale > 0 ? Math.round(low[i]! * scale) : low[i]!;
  if (i === from) return h - l;
  const before = scale > 0 ? Math.round(close[i - 1]! * scale) : close[i - 1]!;
  return Math.max(h - l, Math.abs(h - before), Math.abs(l - before));
}
