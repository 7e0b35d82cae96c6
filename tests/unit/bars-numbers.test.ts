import { expect, test } from 'vitest';
import { makeNumberStyle, readNumber, readVolume } from '../../src/bars/numbers.ts';

test.each([
  ['1', 1],
  [' 1.5 ', 1.5],
  ['+1.5', 1.5],
  ['-37.63', -37.63],
  ['.5', 0.5],
  ['5.', 5],
  ['1e+01', 10],
  ['1.5E-3', 0.0015],
  ['$438.73', 438.73],
  ['-$1.50', -1.5],
  ['$ 1,234.50', 1234.5],
  ['40,726.2', 40726.2],
  ['72,34,512.10', 7234512.1],
  ['1,234,567', 1234567],
  ['0.100000000000000005551115', 0.1],
])('%s', (cell, value) => {
  expect(readNumber(cell, makeNumberStyle(), 1)).toBe(value);
});

test.each([
  '',
  '-',
  'NaN',
  'nan',
  'inf',
  'Infinity',
  '-Infinity',
  '#N/A',
  '1e999',
  '0x10',
  '1 234',
  '12,34',
  '16.705,62',
  '1,2,3',
  '$',
  '$$1',
  '1.2.3',
  '--1',
  '1%',
  '٣',
  '９',
  'x'.repeat(99),
  '1'.repeat(65),
])('%s is no number', (cell) => {
  expect(readNumber(cell, makeNumberStyle(), 1)).toBeNaN();
});

test('−0 is 0', () => {
  expect(Object.is(readNumber('-0', makeNumberStyle(), 1), 0)).toBe(true);
});

test.each([
  ['1.5', 'pointProven'],
  ['1,234.5', 'pointProven'],
  ['1,234,567', 'pointProven'],
  ['0.705', 'pointProven'],
  ['1,234', 'loneGroup'],
  ['16.705,62', 'decimalComma'],
  ['1,5', 'decimalComma'],
  ['0,705', 'decimalComma'],
  ['40.236.219', 'decimalComma'],
] as const)('%s proves %s, with its line', (cell, what) => {
  const style = makeNumberStyle();
  readNumber(cell, style, 7);
  expect(style).toEqual({ ...makeNumberStyle(), [what]: 7 });
});

test('16.705 proves nothing', () => {
  const style = makeNumberStyle();
  expect(readNumber('16.705', style, 7)).toBe(16.705);
  expect(style).toEqual(makeNumberStyle());
});

test('volumes', () => {
  const style = makeNumberStyle();
  expect(readVolume('62.85K', style, 1)).toBe(62850);
  expect(readVolume('1.2m', style, 1)).toBe(1200000);
  expect(readVolume('-', style, 1)).toBe(0);
  expect(readVolume('', style, 1)).toBe(0);
  expect(readVolume('-5', style, 1)).toBeNaN();
  expect(readVolume('many', style, 1)).toBeNaN();
});
