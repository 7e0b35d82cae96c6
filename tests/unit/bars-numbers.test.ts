import { expect, test } from 'vitest';
import { decideMarks } from '../../src/bars/marks.ts';
import { isMissing, makeMarkProof, provenMark, readNumber, readVolume } from '../../src/bars/numbers.ts';

test.each([
  ['1', 1],
  [' 1.5 ', 1.5],
  ['+1.5', 1.5],
  ['-37.63', -37.63],
  ['\u221237.63', -37.63],
  ['(37.63)', -37.63],
  ['.5', 0.5],
  ['5.', 5],
  ['1e+01', 10],
  ['1.5E-3', 0.0015],
  ['$438.73', 438.73],
  ['-$1.50', -1.5],
  ['$ 1,234.50', 1234.5],
  ['1,234.50 €', 1234.5],
  ['USD 12.5', 12.5],
  ['40,726.2', 40726.2],
  ['72,34,512.10', 7234512.1],
  ['1,234,567', 1234567],
  ['1 234 567.5', 1234567.5],
  ["1'234'567.5", 1234567.5],
  ['1\u00a0234', 1234],
  ['1,234', 1234],
  ["'5", 5],
  ['0.100000000000000005551115', 0.1],
])('%s with a decimal point', (cell, value) => {
  expect(readNumber(cell, '.', null)).toBe(value);
});

test.each([
  ['16.705,62', 16705.62],
  ['1,5', 1.5],
  ['0,705', 0.705],
  ['40.236.219', 40236219],
  ['16.705', 16705],
  ['1,234', 1.234],
  ['16 705,62', 16705.62],
  ['12', 12],
  ['12.5', 12.5],
])('%s with a decimal comma', (cell, value) => {
  expect(readNumber(cell, ',', null)).toBe(value);
});

test.each([
  ...[
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
    '12,34',
    '16.705,62',
    '1,2,3',
    '$',
    '$$1',
  ],
  ...['1.2.3', '--1', '1%', '٣', '９', 'x'.repeat(99), '1'.repeat(65)],
])('%s is no number with a decimal point', (cell) => {
  expect(readNumber(cell, '.', null)).toBeNaN();
});

test('−0 is 0', () => {
  expect(Object.is(readNumber('-0', '.', null), 0)).toBe(true);
});

test.each([
  ['1.5', '.'],
  ['1,234.5', '.'],
  ['1,234,567', '.'],
  ['0.705', '.'],
  ['1,234', 'none'],
  ['16.705', 'none'],
  ['17', 'none'],
  ['16.705,62', ','],
  ['1,5', ','],
  ['0,705', ','],
  ['40.236.219', ','],
] as const)('%s proves %s', (cell, mark) => {
  const proof = makeMarkProof();
  readNumber(cell, '.', proof);
  expect(provenMark(proof)).toBe(mark);
});

test('one column decides for another, and what nothing decides is asked', () => {
  const proofs = (prices: string[], volumes: string[]) => {
    const price = makeMarkProof();
    const volume = makeMarkProof();
    for (const cell of prices) readNumber(cell, '.', price);
    for (const cell of volumes) readVolume(cell, '.', volume);
    return { price, volume };
  };
  expect(decideMarks(proofs(['16.705', '16.706'], ['40.236.219']), {})).toEqual({ price: ',', volume: ',', question: null });
  expect(decideMarks(proofs(['1,234', '1,235'], ['39,022,377']), {})).toEqual({ price: '.', volume: '.', question: null });
  expect(decideMarks(proofs(['145.123', '145.125'], ['12']), {})).toEqual({ price: '.', volume: '.', question: null });
  expect(decideMarks(proofs(['1,234', '1,235'], []), {}).question?.key).toBe('decimal_mark');
  expect(decideMarks(proofs(['1,234', '1,235'], []), { decimal_mark: ',' })).toEqual({
    price: ',',
    volume: ',',
    question: null,
  });
});

test('volumes', () => {
  expect(readVolume('62.85K', '.', null)).toBe(62850);
  expect(readVolume('1.2m', '.', null)).toBe(1200000);
  expect(readVolume('1,5 Mrd.', ',', null)).toBe(1.5e9);
  expect(readVolume('3万', '.', null)).toBe(30000);
  expect(readVolume('-', '.', null)).toBe(0);
  expect(readVolume('', '.', null)).toBe(0);
  expect(readVolume('-5', '.', null)).toBeNaN();
  expect(readVolume('many', '.', null)).toBeNaN();
});

test('cells that say that there is no value', () => {
  for (const cell of ['', ' ', '-', '.', 'n/a', 'NA', '#N/A', 'NaN', 'null', 'None', 'inf'])
    expect(isMissing(cell), cell).toBe(true);
  for (const cell of ['0', '1', 'no', 'Date']) expect(isMissing(cell), cell).toBe(false);
});
