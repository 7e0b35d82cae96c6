import { expect, test } from 'vitest';
import { decimalValue, formatDecimal, parseDecimal } from '../../src/core/decimal.ts';

test.each([
  ['12', 12, 0],
  ['-0.050', -5, 2],
  ['+1e-3', 1, 3],
  ['.5', 5, 1],
  ['5.', 5, 0],
  ['1.50', 15, 1],
  ['100', 100, 0],
  ['1e3', 1000, 0],
  ['1.25e1', 125, 1],
  ['0.000', 0, 0],
  ['-0', 0, 0],
  [' 7 ', 7, 0],
  ['9007199254740991', 9007199254740991, 0],
  ['1e-22', 1, 22],
])('%s is %d × 10^−%d', (text, units, decimals) => {
  expect(parseDecimal(text)).toEqual({ units, decimals });
});

test.each([
  '',
  '.',
  '-',
  'e5',
  '1,000',
  '0x10',
  '1 2',
  '1e',
  'NaN',
  'Infinity',
  '9007199254740993',
  '1e-23',
  '1e16',
  '1e9999',
  '--1',
])('%s is refused', (text) => {
  expect(parseDecimal(text)).toBeNull();
});

test('formats without noise and reads back', () => {
  expect(formatDecimal(-5, 2)).toBe('-0.05');
  expect(formatDecimal(10, 2)).toBe('0.1');
  expect(formatDecimal(10, 2, true)).toBe('0.10');
  expect(formatDecimal(0, 3, true)).toBe('0.000');
  expect(formatDecimal(300, 0)).toBe('300');
  expect(formatDecimal(9007199254740991, 15)).toBe('9.007199254740991');
  for (let units = -2000; units < 2000; units++) {
    const back = parseDecimal(formatDecimal(units, 3))!;
    expect(decimalValue(back.units, back.decimals)).toBe(decimalValue(units, 3));
  }
});

test('the value is the nearest double of the text', () => {
  for (const text of ['0.1', '0.3', '1.005', '123456.789', '0.000001', '2.675']) {
    const { units, decimals } = parseDecimal(text)!;
    expect(decimalValue(units, decimals)).toBe(Number(text));
  }
});
