import { describe, expect, test } from 'vitest';
import { rowsBytes } from '../../src/metrics/rows.ts';
import { estimate } from '../../src/study/estimate.ts';
import { fractionToPercent, isShare, percentToFraction, rangeAround } from '../../src/study/setting-text.ts';
import { SETTINGS } from '../../src/strategy/settings.ts';
import { parseRange } from '../../src/space/range.ts';
import { rangeFields, spellRange } from '../../src/study/space-form.svelte.ts';
import { axisValue } from '../../src/space/axis.ts';
import { agrees, sameBytes } from '../../src/study/verify.ts';

describe('percent fields', () => {
  test.each([
    ['0.1', 0.001],
    ['0.02', 0.0002],
    ['12.5', 0.125],
    ['0', 0],
    ['7', 0.07],
    ['1e-3', 0.00001],
  ])('%s %% is %d, without rounding noise', (text, fraction) => {
    expect(percentToFraction(text)).toBe(fraction);
    expect(percentToFraction(fractionToPercent(fraction))).toBe(fraction);
  });
});

test('a setting that becomes an axis begins with a sound range that holds its number', () => {
  for (const { path, holds } of SETTINGS) {
    for (const value of [0, 0.001, 1, 14, 1000].filter(holds)) {
      const spelling = rangeAround(path, value);
      const read = parseRange({ kind: 'list', name: 'x', size: 1, values: [0], fallback: 0 }, spelling);
      if (!read.ok) throw new Error(`${path} from ${value}: ${spelling}`);
      const values = Array.from({ length: read.value.size }, (_, k) => axisValue(read.value, k));
      expect(values.length, `${path} from ${value}: ${spelling}`).toBeGreaterThan(1);
      expect(values.every(holds), `${path} from ${value}: ${spelling}`).toBe(true);
      if (isShare(path))
        expect(
          values.some((x) => Math.abs(x - value) < 1e-9),
          `${path} from ${value}: ${spelling}`,
        ).toBe(true);
    }
  }
});

describe('range fields', () => {
  test('split a range and join it again', () => {
    expect(rangeFields('5..50 by 1')).toEqual({ low: '5', high: '50', step: '1' });
    expect(rangeFields('-0.5..0.5 by 0.1')).toEqual({ low: '-0.5', high: '0.5', step: '0.1' });
    expect(spellRange(' 5 ', '50', '1')).toBe('5..50 by 1');
  });

  test('leave other spellings alone', () => {
    expect(rangeFields('1..1000 log 13')).toBeNull();
    expect(rangeFields([1, 2])).toBeNull();
  });
});

test('the estimate counts bar-trials over workers, and the bytes of the rows', () => {
  const input = { bars: 2000, barsBytes: 1000, axes: 3, metrics: 18, workers: 4, nsPerBarTrial: 2 };
  const { ms, resultBytes } = estimate({ ...input, trials: 10_000 });
  expect(ms).toBeCloseTo(10, 9);
  const metrics = Array.from({ length: 18 }, (_, k) => k);
  const real = rowsBytes({ rowCount: 10_000, axisCount: 3, metrics });
  expect(Math.abs(resultBytes - real)).toBeLessThan(0.05 * real);
});

test('a re-run agrees byte by byte, the report to 1e-9 and exactly in counts', () => {
  expect(sameBytes(Number.NaN, Number.NaN)).toBe(true);
  expect(sameBytes(0, -0)).toBe(false);
  expect(agrees(1, 1 + 5e-10, false)).toBe(true);
  expect(agrees(1, 1 + 5e-9, false)).toBe(false);
  expect(agrees(1e6, 1e6 + 5e-4, false)).toBe(true);
  expect(agrees(11, 11 + 1e-12, true)).toBe(false);
  expect(agrees(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, false)).toBe(false);
  expect(agrees(Number.NaN, 0, false)).toBe(false);
});
