import { ONE_PERIOD, perRun, tickScale, type Indicator } from './indicator.ts';

/**
 * Wilder's relative strength index, 0 … 100: 100 − 100 ÷ (1 + gain ÷ loss) with Wilder means of the rises and falls between
 * closes, first ones the plain means of n changes (so the first value is at bar n). Without any fall it is 100 (Pine's ta.rsi).
 */
export const rsi: Indicator = {
  name: 'rsi',
  ...ONE_PERIOD,
  level: 'own',
  warmup: ([n = 1]) => n,
  compute: perRun(([x], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    const weight = 1 / n;
    const first = from + n;
    let gain = 0;
    let loss = 0;
    for (let i = from + 1; i < to; i++) {
      // in ticks rounding noise of the prices' differences is gone; the ratio has no unit
      const change = scale > 0 ? Math.round(x![i]! * scale) - Math.round(x![i - 1]! * scale) : x![i]! - x![i - 1]!;
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
  }),
};

/** Rate of change in percent: 100 × (x − x[n]) ÷ x[n] (Pine's ta.roc). */
export const roc: Indicator = {
  name: 'roc',
  ...ONE_PERIOD,
  level: 'own',
  warmup: ([n = 1]) => n,
  compute: perRun(([x], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    for (let i = from + n; i < to; i++) {
      const now = x![i]!;
      const then = x![i - n]!;
      if (scale > 0) {
        const base = Math.round(then * scale);
        out[i] = (100 * (Math.round(now * scale) - base)) / base;
      } else out[i] = (100 * (now - then)) / then;
    }
  }),
};

/** x − x[n], n is 1 where it is left out (Pine's ta.change). */
export const change: Indicator = {
  name: 'change',
  inputs: ['x'],
  implied: false,
  params: ['n'],
  defaults: [1],
  level: 'own',
  warmup: ([n = 1]) => n,
  compute: perRun(([x], [n = 1], out, from, to, decimals) => {
    const scale = tickScale(decimals);
    for (let i = from + n; i < to; i++) {
      const now = x![i]!;
      const then = x![i - n]!;
      out[i] = scale > 0 ? (Math.round(now * scale) - Math.round(then * scale)) / scale : now - then;
    }
  }),
};
