import { expect, test } from 'vitest';
import { AVERAGE_KINDS, findIndicator } from '../../src/indicators/catalogue.ts';
import { compute, known } from '../support/indicators.ts';

const values = compute;

const NO = NaN;

test('values worked out by hand', () => {
  expect(values('sma', [[1, 2, 6, 3]], [2])).toEqual([NO, 1.5, 4, 4.5]);
  expect(values('wma', [[3, 6, 9, 0]], [2])).toEqual([NO, 5, 8, 3]);
  expect(values('ema', [[2, 4, 9, 3]], [2])).toEqual([NO, 3, 7, 7 + (2 / 3) * (3 - 7)]);
  expect(values('ema', [[1, 2, 3, 8, 4]], [3])).toEqual([NO, NO, 2, 5, 4.5]);
  expect(values('rma', [[2, 4, 9, 2]], [2])).toEqual([NO, 3, 6, 4]);
  expect(values('stdev', [[1, 3, 3, 7]], [2])).toEqual([NO, 1, 0, 2]);
  expect(values('highest', [[1, 5, 2, 2, 2]], [3])).toEqual([NO, NO, 5, 5, 2]);
  expect(values('lowest', [[4, 1, 2, 3, 3]], [3])).toEqual([NO, NO, 1, 1, 2]);
  expect(values('rsi', [[1, 3, 2, 2, 4]], [2])).toEqual([NO, NO, 100 - 100 / 3, 100 - 100 / 3, 100 - 100 / (1 + 1.25 / 0.125)]);
  expect(values('roc', [[4, 5, 2]], [1])).toEqual([NO, 25, -60]);
  expect(values('change', [[4, 5, 2]], [2])).toEqual([NO, NO, -2]);
  expect(
    values(
      'tr',
      [
        [5, 7, 4],
        [3, 6, 3],
        [4, 6, 4],
      ],
      [],
    ),
  ).toEqual([2, 3, 3]);
  expect(
    values(
      'atr',
      [
        [5, 7, 4],
        [3, 6, 3],
        [4, 6, 4],
      ],
      [2],
    ),
  ).toEqual([NO, 2.5, 2.75]);
});

test('an index without a fall is 100, also where nothing moves', () => {
  expect(values('rsi', [[1, 2, 3, 4]], [2])).toEqual([NO, NO, 100, 100]);
  expect(values('rsi', [[5, 5, 5, 5]], [2])).toEqual([NO, NO, 100, 100]);
  expect(values('rsi', [[5, 4, 3, 2]], [2])).toEqual([NO, NO, 0, 0]);
  expect(values('rsi', [[5, 4, 4]], [1])).toEqual([NO, 0, 100]);
  expect(new Set(values('rsi', [[5, 6, 4, 4, 4]], [2]).slice(2)).size).toBe(1); // it stays where nothing moves
});

test('differences of decimal prices carry no rounding noise', () => {
  expect(values('change', [[1.1, 1.2, 1.4]], [1], 1)).toEqual([NO, 0.1, 0.2]);
  expect(
    values(
      'tr',
      [
        [1.2, 1.3],
        [1.1, 1.2],
        [1.1, 1.3],
      ],
      [],
      1,
    ),
  ).toEqual([0.1, 0.2]);
});

test('a nested indicator starts at its input’s first value', () => {
  expect(values('sma', [[NO, NO, 1, 3, 5]], [2])).toEqual([NO, NO, NO, 2, 4]);
});

test('kinds of averages have one series and one number that must be given', () => {
  for (const name of AVERAGE_KINDS) {
    const { inputs, params, level } = known(name);
    expect(inputs.filter(({ kind }) => kind !== 'column')).toHaveLength(1);
    expect(params.filter(({ value }) => value === null)).toHaveLength(1);
    expect(level).toBe('input');
  }
});

test('names that objects inherit are no indicators', () => {
  for (const name of ['constructor', '__proto__', 'toString', '']) expect(findIndicator(name)).toBeNull();
});

test('what reads values that are not finite', () => {
  const holey = [NO, 2, NO, Infinity, 5];
  expect(values('nz', [holey], [0])).toEqual([0, 2, 0, 0, 5]);
  expect(values('nz', [holey], [-1.5])).toEqual([-1.5, 2, -1.5, -1.5, 5]);
  expect(values('fixnan', [holey], [])).toEqual([NO, 2, 2, 2, 5]);
  expect(values('cum', [holey], [])).toEqual([NO, 2, 2, 2, 7]);
  expect(values('valuewhen', [[1, 0, 1, 1, 0], holey], [0])).toEqual([NO, NO, NO, Infinity, Infinity]);
  expect(values('valuewhen', [[0, 1, 0, 0, 1], holey], [1])).toEqual([NO, NO, NO, NO, 2]);
  expect(values('barssince', [[0, 1, 0, 0, 1]], [])).toEqual([NO, 0, 1, 2, 0]);
});

test('a pivot is told when it is confirmed; of equal ones the newest counts', () => {
  expect(values('pivothigh', [[1, 3, 2, 1, 5, 5, 4]], [1, 1])).toEqual([NO, NO, 3, NO, NO, NO, 5]);
  expect(values('pivotlow', [[3, 1, 2, 2, 0, 4, 6]], [1, 2])).toEqual([NO, NO, NO, 1, NO, NO, 0]);
  expect(values('highestbars', [[4, 7, 7, 1]], [3])).toEqual([NO, NO, 0, -1]);
});

test('a running total does not drift', () => {
  const x = Array.from({ length: 200_000 }, (_, bar) => (bar % 2 === 0 ? 0.1 : 1e9));
  const total = values('cum', [x], []).at(-1)!;
  expect(Math.abs(total - (100_000 * 1e9 + 10_000))).toBeLessThanOrEqual(2 ** -6);
});

test('volume-weighted prices start anew with the local date', () => {
  const [x, volume, date] = [
    [10, 20, 30, 40],
    [1, 3, 0, 2],
    [20240101, 20240101, 20240102, 20240102],
  ];
  expect(values('vwap', [x, volume, date], [])).toEqual([10, 17.5, NO, 40]);
});
