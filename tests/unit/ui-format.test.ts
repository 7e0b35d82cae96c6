import { describe, expect, it } from 'vitest';
import { METRICS } from '../../src/metrics/columns.ts';
import {
  formatBytes,
  formatCount,
  formatCountOf,
  formatDate,
  formatDuration,
  formatMetric,
  formatMultiple,
  formatNumber,
  formatPercent,
  formatPrice,
  formatRate,
  formatScaled,
  metricUnit,
} from '../../src/ui/format.ts';

/** Narrow no-break spaces written as `_`, so that the expectations can be read. */
const plain = (text: string): string => text.replaceAll('\u202f', '_');

describe('format', () => {
  it('spaces thousands, writes a true minus, and no sign on what rounds to zero', () => {
    expect(plain(formatNumber(1234567.891, 1))).toBe('1_234_567.9');
    expect(plain(formatNumber(-1234.5, 2))).toBe('−1_234.50');
    expect(formatNumber(-0.004, 2)).toBe('0.00');
    expect(formatNumber(-0, 0)).toBe('0');
    expect([formatNumber(NaN, 2), formatNumber(Infinity, 2), formatNumber(-Infinity, 2)]).toEqual(['–', '∞', '−∞']);
    expect(plain(formatNumber(999, 0))).toBe('999');
    expect(plain(formatNumber(123456.123456, 6))).toBe('123_456.123456');
  });

  it('counts of any size', () => {
    expect(plain(formatCount(9310))).toBe('9_310');
    expect(plain(formatCount(186_200n))).toBe('186_200');
    expect(plain(formatCount(-882n))).toBe('−882');
    expect(plain(formatCount(10n ** 18n + 4n))).toBe('1.00_×_10¹⁸');
    expect(formatCountOf(1, 'trial')).toBe('1 trial');
    expect(plain(formatCountOf(2547n, 'trial'))).toBe('2_547 trials');
    expect(formatCountOf(2, 'axis', 'axes')).toBe('2 axes');
  });

  it('percents, multiples and prices', () => {
    expect(plain(formatPercent(0.058))).toBe('5.8_%');
    expect(plain(formatPercent(-0.164, 0))).toBe('−16_%');
    expect(formatPercent(0.058, 1, '')).toBe('5.8');
    expect(formatPercent(NaN)).toBe('–');
    expect(formatMultiple(1.694)).toBe('×1.69');
    expect(plain(formatPrice(12345.678, 2))).toBe('12_345.68');
    expect(formatPrice(1.234567, -1)).toBe('1.2346');
    expect(plain(formatPrice(123456.7, -1))).toBe('123_457');
    expect(formatPrice(0.00001234, -1)).toBe('0.00001234');
  });

  it('dates in UTC, with the time for shorter bars', () => {
    const ms = Date.UTC(2024, 11, 31, 14, 30);
    expect(formatDate(ms)).toBe('2024-12-31');
    expect(formatDate(ms, 60_000)).toBe('2024-12-31 14:30');
    expect(formatDate(Date.UTC(12024, 0, 1), 60_000)).toBe('+012024-01-01 00:00');
    expect(formatDate(NaN)).toBe('–');
  });

  it('durations in two units at most', () => {
    const cases: [number, string][] = [
      [0, '0_s'],
      [3, '0.003_s'],
      [90, '0.09_s'],
      [994, '0.99_s'],
      [996, '1.0_s'],
      [12_700, '12.7_s'],
      [59_940, '59.9_s'],
      [59_960, '1_min 00_s'],
      [185_000, '3_min 05_s'],
      [3_599_600, '1_h 00_min'],
      [7_620_000, '2_h 07_min'],
      [86_400_000 * 3 + 3_600_000 * 4, '3_d 04_h'],
      [86_400_000 * 100, '100 days'],
      [86_400_000 * 365.25 * 12, '12 years'],
      [86_400_000 * 365.25 * 3.2e9, '3.20_G years'],
      [Infinity, '∞'],
    ];
    for (const [ms, text] of cases) expect(plain(formatDuration(ms))).toBe(text);
  });

  it('rates, prefixes and memory', () => {
    expect(plain(formatRate(103_456))).toBe('103_000 trials/s');
    expect(plain(formatRate(8_063))).toBe('8_060 trials/s');
    expect(plain(formatRate(4.243e9, 'bar·trials/s'))).toBe('4.24_G bar·trials/s');
    expect(plain(formatRate(243e6, 'bar·trials/s'))).toBe('243_M bar·trials/s');
    expect(formatRate(0)).toBe('0 trials/s');
    expect(formatRate(3.21)).toBe('3.2 trials/s');
    expect(plain(formatScaled(999_999))).toBe('1.00_M');
    expect(plain(formatScaled(12_345))).toBe('12.3_k');
    expect([4.5e6, 51e6, 1e9, 999, 0, 999_600].map(formatBytes).map(plain)).toEqual([
      '4.5_MB',
      '51_MB',
      '1_GB',
      '999_B',
      '0_B',
      '1_MB',
    ]);
  });

  it('metrics by the unit and digits of their column', () => {
    for (const { key, unit, digits } of METRICS) {
      expect(metricUnit(key)).toBe(unit === 'fraction' ? '%' : '');
      expect(formatMetric(key, 0.5, false)).toBe(unit === 'fraction' ? (50).toFixed(digits) : formatNumber(0.5, digits));
    }
    expect(plain(formatMetric('maxDrawdown', -0.164))).toMatch(/^−16\.40*_%$/);
    expect(formatMetric('profitFactor', Infinity)).toBe('∞');
    expect(formatMetric('sharpe', NaN)).toBe('–');
  });
});
