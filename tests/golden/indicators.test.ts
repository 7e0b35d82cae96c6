import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { UNPUBLISHED } from '../../src/indicators/docs.ts';
import { compute as computeOne, known } from '../support/indicators.ts';

/**
 * Published values. `BARSWEEP_REFERENCE` names a folder with `indicators/` (quotes and expected columns of other libraries);
 * without it only the vectors in this file are compared.
 */
const compared = new Set<string>();
const compute: typeof computeOne = (name, ...given) => {
  compared.add(name);
  return computeOne(name, ...given);
};

type Cells = readonly (number | null)[];

/** @param from first row that is compared; from row 0 on, cells without a value included, unless told otherwise */
function expectSame(actual: readonly number[], expected: Cells, from = 0, tolerance = 1e-9): void {
  expect(actual.length).toBe(expected.length);
  // a value near 0 is a difference of larger ones: it is as exact as they are
  const size = Math.max(...expected.map((value) => Math.abs(value ?? 0)));
  expected.forEach((value, row) => {
    if (row < from) return;
    if (value === null) expect(actual[row], `row ${row}`).toBeNaN();
    else expect(Math.abs(actual[row]! - value), `row ${row}`).toBeLessThanOrEqual(tolerance * Math.max(1e-3 * size, Math.abs(value)));
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
  interface Printed {
    readonly file: string;
    readonly name: string;
    readonly inputs: number[][];
    readonly outputs: number[][];
  }
  const printed = (JSON.parse(readFileSync(join(folder, 'tulip/vectors.json'), 'utf8')) as { vectors: Printed[] }).vectors;
  const tulip = (file: string, name: string): Printed => printed.find((vector) => vector.file === file && vector.name === name)!;
  const quotes = table('quotes_502.csv') as Record<string, number[]>;

  const { open: _, ...columns } = quotes;
  const date = columns['close']!.map(() => 1); // the published averages run over all days
  const market = { ...columns, date, hlc3: columns['close']!.map((c, k) => (columns['high']![k]! + columns['low']![k]! + c) / 3) };
  const value = (name: string, params: readonly number[] = [], decimals = -1): number[] => {
    const { inputs } = known(name);
    return compute(name, inputs.map(({ column }) => (market as Record<string, number[]>)[column ?? 'close']!), params, decimals);
  };
  const of = (name: string, x: readonly number[], n: number): number[] => compute(name, [x], [n]);

  describe.each([2, -1])('502 daily bars, decimals %i', (decimals) => {
    const cases: [string, number[], string, string][] = [
      ['sma', [20], 'sma', 'sma'],
      ['ema', [20], 'ema', 'ema'],
      ['wma', [14], 'wma', 'wma'],
      ['hma', [14], 'hma', 'hma'],
      ['vwma', [14], 'vwma', 'vwma'],
      ['rsi', [14], 'rsi', 'rsi'],
      ['macd', [12, 26], 'macd', 'macd'],
      ['macdsignal', [12, 26, 9], 'macd', 'signal'],
      ['macdhist', [12, 26, 9], 'macd', 'histogram'],
      ['bbupper', [20, 2], 'bb', 'upperBand'],
      ['bblower', [20, 2], 'bb', 'lowerBand'],
      ['percentb', [20, 2], 'bb', 'percentB'],
      ['bbwidth', [20, 2], 'bb', 'width'],
      ['zscore', [20], 'bb', 'zScore'],
      ['stdev', [14], 'stdev', 'stdDev'],
      ['zscore', [14], 'stdev', 'zScore'],
      ['slope', [14], 'slope', 'slope'],
      ['rsquared', [14], 'slope', 'rSquared'],
      ['plusdi', [14], 'adx', 'pdi'],
      ['minusdi', [14], 'adx', 'mdi'],
      ['adx', [14], 'adx', 'adx'],
      ['stochrsi', [14, 14], 'stoch-rsi', 'stochRsi'],
      ['willr', [14], 'willr', 'williamsR'],
      ['obv', [], 'obv', 'obv'],
      ['ad', [], 'adl', 'adl'],
      ['cmo', [14], 'cmo', 'cmo'],
      ['chop', [14], 'chop', 'chop'],
      ['vwap', [], 'vwap', 'vwap'],
      ['tenkan', [9], 'ichimoku', 'tenkanSen'],
      ['kijun', [26], 'ichimoku', 'kijunSen'],
      ['senkoua', [9, 26, 26], 'ichimoku', 'senkouSpanA'],
      ['senkoub', [52, 26], 'ichimoku', 'senkouSpanB'],
    ];
    test.each(cases)('%s %j is %s.%s', (name, params, file, column) => {
      expectSame(value(name, params, decimals), table(`skender/${file}.csv`)[column]!);
    });

    test('variance is the square of the standard deviation', () => {
      const expected = table('skender/stdev.csv')['stdDev']!.map((deviation) => deviation && deviation * deviation);
      expectSame(value('variance', [14], decimals), expected);
    });

    test('stoch is smoothed to %K, that to %D, and stochrsi likewise', () => {
      const fast = of('sma', value('stoch', [14], decimals), 3);
      expectSame(fast, table('skender/stoch.csv')['oscillator']!);
      expectSame(of('sma', fast, 3), table('skender/stoch.csv')['signal']!);
      expectSame(of('sma', value('stochrsi', [14, 14], decimals), 3), table('skender/stoch-rsi.csv')['signal']!);
    });

    test('the Donchian channel of the bars before', () => {
      const { upperBand, centerline, lowerBand } = table('skender/donchian.csv');
      const before = (x: readonly number[]): number[] => [NaN, ...x.slice(0, -1)];
      expectSame(before(value('highest', [20], decimals)), upperBand!);
      expectSame(before(value('donchian', [20], decimals)), centerline!);
      expectSame(before(value('lowest', [20], decimals)), lowerBand!);
    });

    test('tr, and atr as the same smoothing of it from bar 1 on', () => {
      const expected = table('skender/atr.csv');
      const ranges = value('tr', [], decimals);
      expectSame(ranges.slice(1), expected['tr']!.slice(1));
      // that library leaves out bar 0, whose range has no close before it
      expectSame(of('rma', ranges.slice(1), 14), expected['atr']!.slice(1));
      expectSame(value('atr', [14], decimals), expected['atr']!, 450);
      expectSame(value('natr', [14], decimals), expected['atrp']!, 450);
    });

    test('where the start differs, the end is the same', () => {
      expectSame(value('dema', [14], decimals), table('skender/dema.csv')['dema']!, 250);
      expectSame(value('supertrend', [3, 10], decimals), table('skender/supertrend.csv')['superTrend']!, 300);
    });
  });

  interface Vectors {
    readonly input: Record<string, number[]>;
    readonly vectors: Record<string, { begIdx: number; outputs: Record<string, number[]> }>;
  }
  describe.each(['walk300', 'penny200', 'flat120'])('TA-Lib on %s', (file) => {
    const { input, vectors } = JSON.parse(readFileSync(join(folder, `talib/${file}.json`), 'utf8')) as Vectors;
    const values = (name: string, params: readonly number[]): number[] =>
      compute(name, known(name).inputs.map(({ column }) => input[column ?? 'close']!), params);
    const expected = (key: string, output: string): Cells => {
      const { begIdx, outputs } = vectors[key]!;
      return [...Array.from({ length: begIdx }, () => null), ...outputs[output]!];
    };
    /** Rows where a range is 0: no value here, 0 there. */
    const holes = (actual: readonly number[], cells: Cells): Cells => cells.map((cell, row) => (cell === 0 && Number.isNaN(actual[row]!) ? null : cell));

    test.each([
      ['sma', [20], 'SMA', 'real'],
      ['ema', [20], 'EMA', 'real'],
      ['wma', [14], 'WMA', 'real'],
      ['dema', [14], 'DEMA', 'real'],
      ['rsi', [14], 'RSI', 'real'],
      ['mom', [10], 'MOM', 'real'],
      ['bbupper', [20, 2], 'BBANDS', 'upper'],
      ['bblower', [20, 2], 'BBANDS', 'lower'],
      ['stdev', [14], 'STDDEV', 'real'],
      ['slope', [14], 'LINEARREG_SLOPE', 'real'],
      ['linreg', [14, 0], 'LINEARREG', 'real'],
      ['willr', [14], 'WILLR', 'real'],
    ] as const)('%s %j is %s.%s', (name, params, key, output) => {
      const actual = values(name, params);
      expectSame(actual, holes(actual, expected(key, output)));
    });

    test('stoch and stochrsi, where it starts as late as their averages', () => {
      for (const [name, params, key] of [
        ['stoch', [14], 'STOCHF'],
        ['stochrsi', [14, 14], 'STOCHRSI'],
      ] as const) {
        const actual = values(name, params);
        const cells = expected(key, 'fastK');
        // where the prices stand still the index does too, and there its range is what rounding left
        const known = name === 'stoch' ? holes(actual, cells) : cells.map((cell, row) => (Number.isNaN(actual[row]) ? null : cell));
        expectSame(actual, known, vectors[key]!.begIdx);
      }
    });

    test('highest, lowest, and the middle between them', () => {
      const { close } = input;
      expectSame(compute('highest', [close!], [20]), expected('MAX', 'real'));
      expectSame(compute('lowest', [close!], [20]), expected('MIN', 'real'));
      expectSame(compute('donchian', [close!, close!], [14]), expected('MIDPOINT', 'real'));
    });

    test('tr, its Wilder mean from bar 1 on, and that in percent of the close', () => {
      const ranges = values('tr', []);
      expectSame(ranges.slice(1), expected('TRANGE', 'real').slice(1));
      const mean = of('rma', ranges.slice(1), 14);
      expectSame(mean, expected('ATR', 'real').slice(1));
      expectSame(mean.map((range, row) => (100 * range) / input['close']![row + 1]!), expected('NATR', 'real').slice(1));
    });

    test('obv, but for the first volume', () => {
      const [first = 0] = input['volume']!;
      expectSame(values('obv', []).map((total) => total + first), expected('OBV', 'real'));
    });

    test('macd after the start', () => {
      if (file === 'flat120') return; // too short for the starts to be forgotten
      expectSame(values('macd', [12, 26]), expected('MACD', 'macd'), file === 'walk300' ? 280 : 199, 1e-4);
    });
  });

  describe('psar', () => {
    const psar = (high: number[], low: number[], close: number[]): number[] => compute('psar', [high, low, close], [0.02, 0.02, 0.2]);
    /** Other first points are forgotten at the first turn; from row `from` up to `to` the turns are the same. */
    const sameBetween = (actual: readonly number[], cells: Cells, from: number, to: number, tolerance: number): void => {
      expect(actual.length).toBe(cells.length);
      for (let row = from; row < to; row++) expect(Math.abs(actual[row]! - cells[row]!), `row ${row}`).toBeLessThanOrEqual(tolerance);
    };
    test.each([
      ['flat120', 1, 120],
      ['walk300', 12, 189],
      ['walk300', 231, 300],
      ['penny200', 17, 200],
    ])('TA-Lib on %s, rows %i to %i', (file, from, to) => {
      const { input, vectors } = JSON.parse(readFileSync(join(folder, `talib/${file}.json`), 'utf8')) as Vectors;
      const cells = [null, ...vectors['SAR']!.outputs['real']!];
      sameBetween(psar(input['high']!, input['low']!, input['close']!), cells, from, to, 1e-9);
    });

    // Pine looks whether the stop was touched before it keeps it out of the two bars, Wilder after: a turn may come a bar apart
    test.each([
      [40, 119],
      [131, 250],
      [251, 502],
    ])('502 daily bars, rows %i to %i', (from, to) => {
      sameBetween(psar(quotes['high']!, quotes['low']!, quotes['close']!), table('skender/psar.csv')['sar']!, from, to, 1e-9 * 280);
    });

    test('the sheet of a book, after the first turn', () => {
      const { inputs, outputs } = tulip('atoz', 'psar');
      const [high, low] = inputs;
      sameBetween(psar(high!, low!, high!.map((h, k) => (h + low![k]!) / 2)), [null, ...outputs[0]!], 8, high!.length, 1e-4);
    });
  });

  describe('vectors printed in books and checked by hand', () => {
    test.each([
      ['atoz', 'dpo', 'dpo', [6]],
      ['atoz', 'cmo', 'cmo', [5]],
      ['extra', 'cmo', 'cmo', [10]],
      ['extra', 'linreg', 'linreg', [5, 0]],
      ['extra', 'linregslope', 'slope', [5]],
      ['extra', 'vwma', 'vwma', [4]],
      ['extra', 'mom', 'mom', [3]],
      ['extra', 'sum', 'sum', [2]],
      ['extra', 'var', 'variance', [3]],
      ['extra', 'stddev', 'stdev', [3]],
      ['atoz', 'stddev', 'stdev', [5]],
      ['atoz', 'wma', 'wma', [5]],
      ['atoz', 'wilders', 'rma', [5]],
      ['extra', 'ao', 'ao', [5, 34]],
      ['extra', 'stochrsi', 'stochrsi', [5, 5]],
      ['atoz', 'sma', 'sma', [5]],
      ['atoz', 'rsi', 'rsi', [5]],
      ['atoz', 'willr', 'willr', [5]],
      ['atoz', 'tr', 'tr', []],
      ['atoz', 'obv', 'obv', []],
      ['extra', 'max', 'highest', [3]],
      ['extra', 'min', 'lowest', [3]],
      ['atoz', 'bbands', 'bblower', [5, 2]],
      ['atoz', 'atr', 'atr', [4]],
    ] as const)('%s %s is %s %j', (group, key, name, params) => {
      const { inputs, outputs } = tulip(group, key);
      const actual = compute(name, inputs, params);
      const cells = outputs[0]!;
      const first = actual.length - cells.length; // they end with the input
      // the last printed digit is not always sure
      const unit = name === 'stochrsi' ? 100 : 1; // a fraction there
      cells.forEach((cell, k) => {
        const digits = Math.max(...cells.map((value) => (String(value).split('.')[1] ?? '').length));
        const found = actual[first + k]! / unit;
        expect(Math.abs((Number.isNaN(found) ? 0 : found) - cell), `row ${first + k}`).toBeLessThanOrEqual(Math.max(6 * 10 ** -digits, 1e-8 * Math.abs(cell)));
      });
    });

    test('a step of zlema, whose first value is another one there', () => {
      const { inputs, outputs } = tulip('extra', 'zlema');
      const [x] = inputs;
      const n = 6;
      const start = compute('zlema', [x!], [n]);
      const [cells] = outputs;
      const first = x!.length - cells!.length;
      // steps towards the same series by the same weight: the difference of the two shrinks by 1 − weight per bar
      const apart = cells!.map((cell, k) => start[first + k]! - cell);
      const from = start.findIndex((value) => !Number.isNaN(value)) - first;
      apart.slice(from + 1).forEach((gap, k) => expect(gap).toBeCloseTo(apart[from]! * (1 - 2 / (n + 1)) ** (k + 1), 3));
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

  test('docs/indicators.md names those that nothing here was compared with', () => {
    expect(INDICATORS.map(({ name }) => name).filter((name) => !compared.has(name))).toEqual(UNPUBLISHED);
  });
} else {
  test.skip('published vectors of other libraries: BARSWEEP_REFERENCE names no folder that has them', () => undefined);
}
