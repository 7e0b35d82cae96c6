import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TWINS } from '../reference/indicators/index.ts';
import { compute, someTicks } from '../support/indicators.ts';

const DECIMALS = 2;

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
