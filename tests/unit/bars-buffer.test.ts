import { expect, test } from 'vitest';
import { createBars, createBarsBy, openBars, verifyHash } from '../../src/bars/buffer.ts';
import { cutRange, fillLocal, makeColumns, type BarColumns } from '../../src/bars/columns.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { barSpacing, priceDecimals } from '../../src/bars/measure.ts';
import { sha256Hex } from '../../src/core/hash.ts';
import { digest } from '../../src/workers/digest.ts';

function shared(bytes: number): SharedArrayBuffer {
  return new SharedArrayBuffer(bytes);
}

function plain(bytes: number): ArrayBuffer {
  return new ArrayBuffer(bytes);
}

function withPrices(...prices: number[]): BarColumns {
  const columns = makeColumns(prices.length);
  for (const key of ['open', 'high', 'low', 'close'] as const) columns[key].set(prices);
  prices.forEach((_, i) => (columns.time[i] = i * 86_400_000));
  fillLocal(columns);
  return columns;
}

test('what was created is opened, on any kind of memory', () => {
  const columns = generateBars({ kind: 'equity', seed: 3, bars: 77 });
  for (const make of [shared, plain]) {
    const bars = createBars(columns, make);
    const opened = openBars(bars.buffer);
    if (!opened.ok) throw new Error(opened.faults[0].message);
    expect(opened.value).toEqual(bars);
    expect(opened.value.close).toEqual(columns.close);
    expect(opened.value.localDate[0]).toBe(20150102);
    expect([bars.count, bars.decimals, bars.barMs]).toEqual([77, 2, 86_400_000]);
    expect(bars.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(verifyHash(opened.value)).toBe(true);
  }
});

test('columns start at multiples of 64 bytes for every count', () => {
  for (let count = 1; count <= 40; count++) {
    const bars = createBars(generateBars({ kind: 'fx', seed: 1, bars: Math.max(2, count) }), plain);
    for (const column of [bars.time, bars.open, bars.volume, bars.localDate, bars.localMinute])
      expect(column.byteOffset % 64).toBe(0);
  }
});

test('the hash follows every column, and equal content has equal hashes', () => {
  const columns = generateBars({ kind: 'crypto', seed: 3, bars: 50 });
  const { hash } = createBars(columns, plain);
  expect(createBars(columns, shared).hash).toBe(hash);
  for (const key of ['time', 'open', 'high', 'low', 'close', 'volume', 'localDate', 'localMinute'] as const) {
    const changed = { ...columns, [key]: columns[key].slice() };
    changed[key][49]!++;
    expect(createBars(changed, plain).hash, key).not.toBe(hash);
  }
});

test('the platform and the own function give the same hash, to bars and to any bytes', async () => {
  const columns = generateBars({ kind: 'crypto', seed: 3, bars: 50 });
  const bars = await createBarsBy(columns, shared, digest);
  expect(bars.hash).toBe(createBars(columns, plain).hash);
  expect(verifyHash(bars)).toBe(true);
  for (const length of [0, 1, 55, 56, 64, 1000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) & 255);
    expect(await digest(bytes)).toBe(sha256Hex(bytes));
  }
});

test('a changed byte is found by the hash', () => {
  const bars = createBars(generateBars({ kind: 'fx', seed: 1, bars: 9 }), shared);
  bars.close[4] = 2;
  expect(verifyHash(bars)).toBe(false);
});

test.each([
  ['bars_magic', 0, 1],
  ['bars_version', 4, 9],
  ['bars_size', 40, 3],
  ['bars_columns', 44, 1],
  ['bars_header', 48, 77],
])('damage is refused: %s', (code, at, byte) => {
  const { buffer } = createBars(generateBars({ kind: 'fx', seed: 1, bars: 9 }), plain);
  new Uint8Array(buffer)[at] = byte;
  const opened = openBars(buffer);
  expect(opened.ok ? '' : opened.faults[0].code).toBe(code);
});

test('memory of another size is refused', () => {
  const { buffer } = createBars(generateBars({ kind: 'fx', seed: 1, bars: 9 }), plain);
  for (const bytes of [0, 40, 64, buffer.byteLength - 1, buffer.byteLength + 64]) {
    const other = new Uint8Array(bytes);
    other.set(new Uint8Array(buffer).subarray(0, bytes));
    expect(openBars(other.buffer).ok).toBe(false);
  }
});

test.each([
  ['whole prices', [100, 3, 42], 0],
  ['cents', [0.1, 0.25, 100.3], 2],
  ['eight digits', [0.00000001, 12.5], 8],
  ['nine digits', [0.000000001], -1],
  ['a third', [1 / 3], -1],
  ['noise of a sum', [0.1 + 0.2], -1],
  ['too large for its digits', [2 ** 43 / 100, 0.01], -1],
  ['just small enough', [(2 ** 43 - 1) / 100, 0.01], 2],
  ['negative', [-37.63, 10.1], 2],
  ['all zero', [0, 0], 0],
])('decimals of %s', (_name, prices, decimals) => {
  expect(priceDecimals(withPrices(...prices))).toBe(decimals);
});

test('ticks and digits give the price back exactly', () => {
  const { close } = generateBars({ kind: 'fx', seed: 5, bars: 5000 });
  for (const price of close) expect(Math.round(price * 1e5) / 1e5).toBe(price);
});

test('spacing is the commonest distance, the smaller of equals', () => {
  expect(barSpacing(Float64Array.of(0, 1, 2, 5, 6)).barMs).toBe(1);
  expect(barSpacing(Float64Array.of(0, 3, 4, 7, 8)).barMs).toBe(1);
  expect(barSpacing(Float64Array.of(0, 3, 4, 7, 8)).share).toBe(0.5);
  expect(barSpacing(Float64Array.of(5)).barMs).toBe(86_400_000);
});

test('a cut includes both of its dates', () => {
  const columns = generateBars({ kind: 'fx', seed: 1, bars: 240 }); // 2021-01-03T22:00Z to 2021-01-15T21:00Z
  const cut = cutRange(columns, '2021-01-04', '2021-01-05');
  if (!cut.ok) throw new Error(cut.faults[0].message);
  expect(cut.value.count).toBe(48);
  expect(new Date(cut.value.time[0]!).toISOString()).toBe('2021-01-04T00:00:00.000Z');
  expect(new Date(cut.value.time[47]!).toISOString()).toBe('2021-01-05T23:00:00.000Z');
  expect(cut.value.close[0]).toBe(columns.close[2]);
  const whole = cutRange(columns, null, null);
  expect(whole.ok && whole.value).toEqual(columns);
});

test.each([
  ['bad_date', '2021-02-30', null],
  ['bad_date', null, '1 May 2021'],
  ['range_reversed', '2021-01-06', '2021-01-05'],
  ['range_empty', '2022-01-01', null],
  ['range_empty', null, '2020-12-31'],
  ['range_empty', '2021-01-09', '2021-01-09'],
])('a cut that leaves nothing is a fault: %s', (code, from, to) => {
  const cut = cutRange(generateBars({ kind: 'fx', seed: 1, bars: 240 }), from, to);
  expect(cut.ok ? '' : cut.faults[0].code).toBe(code);
});
