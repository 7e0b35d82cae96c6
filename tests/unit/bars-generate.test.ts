import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { weekday } from '../../src/bars/calendar.ts';
import { MAX_GENERATED_BARS, SAMPLES, checkGenerateSpec, generateBars } from '../../src/bars/generate.ts';
import { sliceColumns } from '../../src/bars/columns.ts';

const KINDS = ['equity', 'fx', 'crypto'] as const;

test.each(KINDS)('%s bars are consistent, positive and on whole ticks', (kind) => {
  for (const seed of [0, 1, 2 ** 40]) {
    const { count, time, open, high, low, close, volume } = generateBars({ kind, seed, bars: 5000 });
    let bad = 0;
    for (let i = 0; i < count; i++) {
      const fine =
        high[i]! >= Math.max(open[i]!, close[i]!) &&
        low[i]! <= Math.min(open[i]!, close[i]!) &&
        low[i]! > 0 &&
        volume[i]! >= 0 &&
        Number.isInteger(volume[i]!) &&
        (i === 0 || time[i]! > time[i - 1]!);
      if (!fine) bad++;
    }
    expect(bad).toBe(0);
    const bars = createBars(generateBars({ kind, seed, bars: 5000 }), (bytes) => new ArrayBuffer(bytes));
    expect(bars.decimals).toBe(kind === 'fx' ? 5 : 2);
  }
});

test.each(KINDS)('fewer %s bars are a prefix of more', (kind) => {
  expect(generateBars({ kind, seed: 4, bars: 300 })).toEqual(sliceColumns(generateBars({ kind, seed: 4, bars: 900 }), 0, 300));
});

test('daily bars keep an exchange calendar: about 252 a year and no weekend', () => {
  const { time, localDate } = generateBars(SAMPLES.daily.spec);
  expect(localDate[0]).toBe(20150102);
  expect(Math.floor(localDate.at(-1)! / 10000)).toBe(2024);
  expect(time.some((ms) => [0, 6].includes(weekday(ms / 86_400_000)))).toBe(false);
  for (let year = 2015; year < 2024; year++) {
    const sessions = localDate.filter((date) => Math.floor(date / 10000) === year).length;
    expect(sessions).toBeGreaterThanOrEqual(250);
    expect(sessions).toBeLessThanOrEqual(254);
  }
  for (const holiday of [20150403, 20151126, 20200120, 20210705, 20230529]) expect(localDate).not.toContain(holiday);
});

test('hourly bars trade from Sunday evening to Friday evening', () => {
  const { time } = generateBars({ kind: 'fx', seed: 1, bars: 1000 });
  const hours = new Set(Array.from(time, (ms) => `${weekday(Math.floor(ms / 86_400_000))}:${(ms / 3_600_000) % 24}`));
  expect(hours.size).toBe(120);
  expect(hours).toContain('0:22');
  expect(hours).toContain('5:21');
  expect(hours).not.toContain('5:22');
});

test('the longest series stays in range', () => {
  const { count, close, localDate } = generateBars({ kind: 'equity', seed: 1, bars: MAX_GENERATED_BARS });
  expect(count).toBe(MAX_GENERATED_BARS);
  expect(localDate.at(-1)).toBeLessThan(99991231);
  let least = Infinity;
  let most = 0;
  for (const price of close) {
    if (price < least) least = price;
    if (price > most) most = price;
  }
  expect(least).toBeGreaterThan(1);
  expect(most).toBeLessThan(1e5);
});

test('specs from outside are checked', () => {
  for (const bars of [1, 0, -1, 2.5, NaN, MAX_GENERATED_BARS + 1])
    expect(checkGenerateSpec({ kind: 'fx', seed: 1, bars }).ok).toBe(false);
  for (const seed of [-1, 0.5, 2 ** 54, Infinity]) expect(checkGenerateSpec({ kind: 'fx', seed, bars: 10 }).ok).toBe(false);
  expect(checkGenerateSpec({ kind: 'fx', seed: 0, bars: 2 }).ok).toBe(true);
});

test('the samples are the same bytes on every machine', () => {
  const hashes = Object.values(SAMPLES).map(
    ({ spec }) => createBars(generateBars(spec), (bytes) => new ArrayBuffer(bytes)).hash,
  );
  expect(hashes).toMatchInlineSnapshot(`
    [
      "3e04e7f9bdf24c71ab677265df27d97987ce6dda445c42d22a153f6a5c92b43a",
      "12ef9fc6f048ebdb8462a5110fafc3c97ac3044264b8bc0855225e77a699add4",
      "13ea1f301b7c70614fe4ed6d29e7c1afe6a83f7ddc931b630a8c996ca2b5e7f9",
    ]
  `);
});
