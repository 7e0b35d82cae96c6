import fc from 'fast-check';
import { expect, test } from 'vitest';
import { computationOf } from '../../src/indicators/computations.ts';
import { TWINS } from '../reference/indicators/index.ts';
import { compute, known, someTicks } from '../support/indicators.ts';

const DECIMALS = 2;
const LONG = process.env['LONG'] !== undefined;

test('averages of whole ticks are the correctly rounded quotient, so equal averages of unequal periods are equal', () => {
  fc.assert(
    fc.property(someTicks, fc.integer({ min: 1, max: 6 }), (ticks, n) => {
      const x = ticks.map(({ close }) => close / 100);
      for (const [name, weight] of [
        ['sma', () => 1],
        ['wma', (k: number) => k + 1],
      ] as const) {
        const result = compute(name, [x], [n], DECIMALS);
        const weights = Array.from({ length: n }, (_, k) => weight(k));
        result.forEach((value, bar) => {
          if (bar < n - 1) return;
          const total = weights.reduce((all, w, k) => all + w * ticks[bar + 1 - n + k]!.close, 0);
          expect(value).toBe(total / (weights.reduce((a, b) => a + b) * 100));
        });
      }
    }),
  );
  const wave = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1.1 : 1.3));
  const [two, forty] = [2, 40].map((n) => compute('sma', [wave], [n], 1));
  expect(two!.slice(60)).toEqual(forty!.slice(60));
});

test('a flat stretch of any number is averaged exactly, right after wild values', () => {
  const flat = 0.1 + 0.2;
  const x = [...Array.from({ length: 50 }, (_, i) => 1e9 * Math.sqrt(i)), ...Array.from({ length: 50 }, () => flat)];
  for (const name of ['sma', 'wma']) expect(new Set(compute(name, [x], [7]).slice(56))).toEqual(new Set([flat]));
  expect(new Set(compute('stdev', [x], [7]).slice(56))).toEqual(new Set([0]));
});

test('sums of ticks that outgrow exact integers go on without a jump', () => {
  const x = Array.from({ length: 100 }, (_, i) => (i < 50 ? 1000 : 9e8) + (i % 7) * 1e-7);
  for (const name of ['sma', 'wma']) {
    const expected = TWINS[name]!([x], [10]);
    compute(name, [x], [10], 7).forEach((value, bar) => {
      if (bar >= 9) expect(Math.abs(value - expected[bar]!)).toBeLessThanOrEqual(1e-9 * expected[bar]!);
    });
  }
});

test('the variance of whole ticks is that of whole numbers, on both sides of where it is measured anew', () => {
  for (const [n, jump] of [
    [2, 0],
    [20, 0],
    [700, 0],
    [20, 4e6], // squares outgrow exact integers around the jump
  ] as const) {
    const ticks = Array.from({ length: 3000 }, (_, i) => 10_000 + ((i * 7919) % 641) + (i > 1500 ? jump : 0));
    const x = ticks.map((tick) => tick / 100);
    const result = compute('variance', [x], [n], DECIMALS);
    let sum = 0n;
    let square = 0n;
    result.forEach((value, bar) => {
      const [enters, leaves] = [BigInt(ticks[bar]!), bar < n ? 0n : BigInt(ticks[bar - n]!)];
      sum += enters - leaves;
      square += enters * enters - leaves * leaves;
      if (bar < n - 1) return expect(value).toBeNaN();
      const expected = Number(BigInt(n) * square - sum * sum) / (n * 100) ** 2;
      if (jump === 0) expect(value).toBe(expected);
      else expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-12 * expected);
    });
  }
});

/** What reads no more than its window, with periods of some length. */
const WINDOWED: Readonly<Record<string, readonly number[]>> = {
  sma: [50],
  wma: [50],
  hma: [50],
  vwma: [50],
  alma: [50, 0.85, 6],
  linreg: [50, 0],
  sum: [50],
  variance: [50],
  stdev: [50],
  bbupper: [50, 2],
  zscore: [50],
  slope: [50],
  rsquared: [50],
  correlation: [50],
  cci: [50],
  cmo: [50],
  mfi: [50],
  cmf: [50],
  chop: [50],
  vortexplus: [50],
  uo: [7, 14, 28],
  median: [50],
  percentrank: [50],
};
const TAIL = 1000;

test(`running sums do not drift over ${LONG ? '10^7' : '10^5'} bars`, () => {
  const bars = LONG ? 10_000_000 : 100_000;
  const columns = walk(bars);
  let worst = { name: '', error: 0 };
  for (const [name, params] of Object.entries(WINDOWED)) {
    const indicator = known(name);
    const inputs = indicator.inputs.map(({ column, name: input }) => columns[input === 'y' ? 'open' : (column ?? 'close')]!);
    const out = new Float64Array(bars);
    const from = bars - TAIL - indicator.warmup(params);
    const fresh = new Float64Array(bars - from);
    computationOf(name)(inputs, params, out, { decimals: -1 });
    computationOf(name)(
      inputs.map((input) => input.slice(from)),
      params,
      fresh,
      { decimals: -1 },
    );
    const [last, again] = [out.subarray(bars - TAIL), fresh.subarray(fresh.length - TAIL)];
    const scale = again.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    const error = last.reduce((most, value, k) => Math.max(most, Math.abs(value - again[k]!)), 0) / scale;
    expect(error, name).toBeLessThan(1e-11);
    if (error > worst.error) worst = { name, error };
  }
  if (LONG) console.log(`after 10^7 bars ${worst.name} is furthest from a fresh start: ${worst.error.toExponential(1)}`);
}, 900_000);

/** Prices that are no short decimals, from 100 up and down again, and volume. */
function walk(bars: number): Record<string, Float64Array> {
  const made = () => new Float64Array(bars);
  const [open, high, low, close, volume, hlc3] = [made(), made(), made(), made(), made(), made()];
  let state = 1;
  const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  let price = 100;
  for (let i = 0; i < bars; i++) {
    open[i] = price;
    price *= 1 + (random() - 0.5) / 50 + (price < 50 ? 0.001 : price > 5000 ? -0.001 : 0);
    close[i] = price;
    high[i] = Math.max(open[i]!, price) * (1 + random() / 100);
    low[i] = Math.min(open[i]!, price) * (1 - random() / 100);
    volume[i] = 1 + 1e6 * random();
    hlc3[i] = (high[i]! + low[i]! + price) / 3;
  }
  return { open, high, low, close, volume, hlc3 };
}
