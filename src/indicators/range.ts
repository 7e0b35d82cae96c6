import { perRun, tickScale, type Indicator } from './indicator.ts';

/** True range: max(high − low, |high − close[1]|, |low − close[1]|); high − low on the first bar (Pine's ta.tr(true)). */
export const tr: Indicator = {
  name: 'tr',
  inputs: ['high', 'low', 'close'],
  implied: true,
  params: [],
  defaults: [],
  level: 'own',
  warmup: () => 0,
  compute: perRun(([high, low, close], _, out, from, to, decimals) => {
    const scale = tickScale(decimals);
    const unit = scale > 0 ? scale : 1;
    for (let i = from; i < to; i++) out[i] = trueRange(high!, low!, close!, i, from, scale) / unit;
  }),
};

/** Average true range: Wilder's mean of the true range, the first value the mean of n of them, at bar n − 1 (Pine's ta.atr). */
export const atr: Indicator = {
  name: 'atr',
  inputs: ['high', 'low', 'close'],
  implied: true,
  params: ['n'],
  defaults: [],
  level: 'own',
  warmup: ([n = 1]) => n - 1,
  compute: perRun(([high, low, close], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    const unit = scale > 0 ? scale : 1;
    const weight = 1 / n;
    const first = from + n - 1;
    let sum = 0;
    let value = 0;
    for (let i = from; i < to; i++) {
      const range = trueRange(high!, low!, close!, i, from, scale);
      if (i < first) sum += range;
      else if (i === first) value = (sum + range) / n;
      else value += weight * (range - value);
      if (i >= first) out[i] = value / unit;
    }
  }),
};

/** In ticks where scale > 0, else in units of price. */
function trueRange(high: Float64Array, low: Float64Array, close: Float64Array, i: number, from: number, scale: number): number {
  const h = scale > 0 ? Math.round(high[i]! * scale) : high[i]!;
  const l = scale > 0 ? Math.round(low[i]! * scale) : low[i]!;
  if (i === from) return h - l;
  const before = scale > 0 ? Math.round(close[i - 1]! * scale) : close[i - 1]!;
  return Math.max(h - l, Math.abs(h - before), Math.abs(l - before));
}
