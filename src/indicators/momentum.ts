import { fullChanges, indicator, period, X, type Indicator, type Notes } from './indicator.ts';
import { tickScale } from './ticks.ts';

export const MOMENTA: readonly Indicator[] = [
  indicator('rsi', [X], [period('n')], { level: 'own' }, fullChanges),
  indicator('roc', [X], [period('n')], { level: 'own' }, fullChanges),
  indicator('change', [X], [period('n', 1)], { level: 'own' }, fullChanges),
];

export const MOMENTUM_NOTES: Readonly<Record<string, Notes>> = {
  rsi: {
    about: 'Relative strength index, 0 to 100: the share of rises in all changes.',
    formula: '100 − 100 ÷ (1 + rma(rises, n) ÷ rma(falls, n)); 100 where there is no fall',
    seeding: 'First value, at bar n, from the plain means of the first n changes.',
    source: 'Pine ta.rsi; J. W. Wilder, New Concepts in Technical Trading Systems, 1978',
  },
  roc: {
    about: 'Rate of change in percent.',
    formula: '100 × (x − x[n]) ÷ x[n]',
    seeding: 'First value at bar n.',
    source: 'Pine ta.roc',
  },
  change: {
    about: 'Difference to the value n bars back.',
    formula: 'x − x[n]',
    seeding: 'First value at bar n.',
    source: 'Pine ta.change',
  },
};

export function rsiInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  const weight = 1 / n;
  const first = from + n;
  let gain = 0;
  let loss = 0;
  for (let i = from + 1; i < to; i++) {
    // in ticks rounding noise of the prices' differences is gone; the ratio has no unit
    const change = scale > 0 ? Math.round(x[i]! * scale) - Math.round(x[i - 1]! * scale) : x[i]! - x[i - 1]!;
    const rise = change > 0 ? change : 0;
    const fall = change < 0 ? -change : 0;
    if (i <= first) {
      gain += rise;
      loss += fall;
      if (i < first) continue;
      gain /= n;
      loss /= n;
    } else {
      gain += weight * (rise - gain);
      loss += weight * (fall - loss);
    }
    out[i] = loss === 0 ? 100 : 100 - 100 / (1 + gain / loss);
  }
}

export function rocInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  for (let i = from + n; i < to; i++) {
    const now = x[i]!;
    const then = x[i - n]!;
    if (scale > 0) {
      const base = Math.round(then * scale);
      out[i] = (100 * (Math.round(now * scale) - base)) / base;
    } else out[i] = (100 * (now - then)) / then;
  }
}

export function changeInto(x: Float64Array, n: number, out: Float64Array, from: number, to: number, decimals: number): void {
  const scale = tickScale(decimals);
  for (let i = from + n; i < to; i++) {
    const now = x[i]!;
    const then = x[i - n]!;
    out[i] = scale > 0 ? (Math.round(now * scale) - Math.round(then * scale)) / scale : now - then;
  }
}
