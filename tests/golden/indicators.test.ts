import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compute } from '../support/indicators.ts';

/**
 * Published values. `BARSWEEP_REFERENCE` names a folder with `indicators/` (quotes and expected columns of other libraries);
 * without it only the vectors in this file are compared.
 */
function expectSame(actual: readonly number[], expected: readonly (number | null)[], tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, row) => {
    if (value === null) expect(actual[row], `row ${row}`).toBeNaN();
    else expect(Math.abs(actual[row]! - value), `row ${row}`).toBeLessThanOrEqual(tolerance * Math.max(1e-6, Math.abs(value)));
  });
}

// The series that introductions to the index like to use, closes in cents.
const CLOSES = [
  44.34, 44.09, 44.15, 43.61, 44.33, 44.83, 45.1, 45.42, 45.84, 46.08, 45.89, 46.03, 45.61, 46.28, 46.28, 46.0, 46.03, 46.41, 46.22,
  45.64,
];

test('the textbook example of the relative strength index', () => {
  const rsi = compute('rsi', [CLOSES], [14], 2);
  expect(rsi.slice(0, 14).every(Number.isNaN)).toBe(true);
  expect(rsi.slice(14).map((value) => value.toFixed(2))).toEqual(['70.46', '66.25', '66.48', '69.35', '66.29', '57.92']);
});

const folder = join(process.env['BARSWEEP_REFERENCE'] ?? 'no-reference', 'indicators');

if (existsSync(folder)) {
  const table = (name: string): Record<string, (number | null)[]> => {
    const [head = '', ...lines] = readFileSync(join(folder, name), 'utf8').trim().split(/\r?\n/);
    const cells = lines.map((line) => line.split(','));
    return Object.fromEntries(
      head.split(',').map((key, k) => [key, cells.map((row) => (row[k] === undefined || row[k] === '' ? null : Number(row[k])))]),
    );
  };
  const quotes = table('quotes_502.csv') as Record<string, number[]>;

  describe.each([2, -1])('502 daily bars, decimals %i', (decimals) => {
    test.each([
      ['sma', 20, 'sma', 'sma'],
      ['ema', 20, 'ema', 'ema'],
      ['wma', 14, 'wma', 'wma'],
      ['rsi', 14, 'rsi', 'rsi'],
      ['stdev', 14, 'stdev', 'stdDev'],
    ])('%s(%i)', (name, n, file, column) => {
      expectSame(compute(name, [quotes['close']!], [n], decimals), table(`skender/${file}.csv`)[column]!);
    });

    test('tr, and atr as the same smoothing of it from bar 1 on', () => {
      const expected = table('skender/atr.csv');
      const inputs = [quotes['high']!, quotes['low']!, quotes['close']!];
      const ranges = compute('tr', inputs, [], decimals);
      expectSame(ranges.slice(1), expected['tr']!.slice(1));
      // that library leaves out bar 0, whose range has no close before it
      expectSame(compute('rma', [ranges.slice(1)], [14], -1), expected['atr']!.slice(1));
      const late = 450;
      expectSame(compute('atr', inputs, [14], decimals).slice(late), expected['atr']!.slice(late));
    });
  });

  interface Vectors {
    readonly input: Record<string, number[]>;
    readonly vectors: Record<string, { params: Record<string, number>; inputs: string[]; begIdx: number; outputs: { real: number[] } }>;
  }
  describe.each(['walk300', 'penny200', 'flat120'])('TA-Lib on %s', (file) => {
    const { input, vectors } = JSON.parse(readFileSync(join(folder, `talib/${file}.json`), 'utf8')) as Vectors;
    test.each([['sma', 'SMA'], ['ema', 'EMA'], ['wma', 'WMA'], ['roc', 'ROC'], ['highest', 'MAX'], ['lowest', 'MIN']])('%s', (name, key) => {
      const vector = vectors[key];
      if (vector === undefined) return;
      const n = Object.values(vector.params)[0]!;
      const actual = compute(name, vector.inputs.map((column) => input[column]!), [n], -1);
      expectSame(actual, [...Array.from({ length: vector.begIdx }, () => null), ...vector.outputs.real], 1e-8);
    });
  });

  test.each([['sc-sma-10', 'sma', 10, 2], ['sc-ema-10', 'ema', 10, 2], ['nt-sma-15', 'sma', 15, 3], ['rsi-test', 'rsi', 14, 8]] as const)(
    'sheet %s',
    (file, name, n, digits) => {
      const { Input: inputs, Expected: expected } = table(`stockcharts/${file}.csv`);
      const actual = compute(name, [inputs as number[]], [n], 4);
      expected!.forEach((value, row) => {
        if (value !== null) expect(Math.abs(actual[row]! - value)).toBeLessThanOrEqual(0.5001 * 10 ** -digits);
      });
    },
  );
}
