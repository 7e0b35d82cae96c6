import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findIndicator, INDICATORS } from '../../src/indicators/catalogue.ts';
import type { Indicator } from '../../src/indicators/indicator.ts';
import { TWINS } from '../reference/indicators.ts';

const DECIMALS = 2;

/** Bars in whole ticks of 0.01: high ≥ close ≥ low. */
const ticks = fc.array(fc.tuple(fc.integer({ min: 900, max: 1100 }), fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 60 });
const periods = fc.integer({ min: 1, max: 20 });

function columnsOf(rows: readonly (readonly [number, number, number])[], divisor: number): number[][] {
  return [
    rows.map(([close, up]) => (close + up) / divisor),
    rows.map(([close, , down]) => (close - down) / divisor),
    rows.map(([close]) => close / divisor),
  ];
}

function inputsFor(indicator: Indicator, columns: readonly number[][]): number[][] {
  return indicator.implied ? [...columns] : [columns[2]!];
}

function run(indicator: Indicator, inputs: readonly (readonly number[])[], n: number, decimals: number): number[] {
  const out = new Float64Array(inputs[0]!.length).fill(7);
  const columns = inputs.map((input) => Float64Array.from(input));
  indicator.compute(
    columns,
    indicator.params.map(() => n),
    out,
    { decimals },
  );
  return [...out];
}

function close(actual: number, expected: number): boolean {
  return Math.abs(actual - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
}

/** The first bar where a fast result and the twin disagree; −1 if none. */
function disagreement(
  indicator: Indicator,
  inputs: readonly (readonly number[])[],
  n: number,
  result: readonly number[],
): number {
  const twin = TWINS[indicator.name]!;
  return result.findIndex((value, bar) => {
    const expected = twin(inputs, n, bar);
    return expected === undefined ? !Number.isNaN(value) : !close(value, expected);
  });
}

/** Whether results on the first `cut` bars are the same bytes as on all bars. */
function isBlind(compute: (inputs: number[][]) => number[], inputs: readonly number[][], cut: number): boolean {
  const whole = compute([...inputs]).slice(0, cut);
  const part = compute(inputs.map((input) => input.slice(0, cut)));
  return part.every((value, bar) => Object.is(value, whole[bar]));
}

describe.each(INDICATORS.map((indicator) => [indicator.name, indicator] as const))('%s', (_, indicator) => {
  test('equals its twin, in ticks and in plain numbers, and has no value exactly in its warm-up', () => {
    fc.assert(
      fc.property(ticks, periods, fc.constantFrom(DECIMALS, -1), (rows, n, decimals) => {
        const inputs = inputsFor(indicator, columnsOf(rows, decimals < 0 ? 97 : 100));
        const result = run(indicator, inputs, n, decimals);
        expect(disagreement(indicator, inputs, n, result)).toBe(-1);
        const warmup = indicator.warmup(indicator.params.map(() => n));
        expect(result.findIndex((value) => !Number.isNaN(value))).toBe(warmup < rows.length ? warmup : -1);
      }),
    );
  });

  test('never looks ahead', () => {
    fc.assert(
      fc.property(ticks, periods, fc.nat(60), fc.constantFrom(DECIMALS, -1), (rows, n, cut, decimals) => {
        const inputs = inputsFor(indicator, columnsOf(rows, decimals < 0 ? 97 : 100));
        expect(isBlind((cutInputs) => run(indicator, cutInputs, n, decimals), inputs, Math.min(cut, rows.length))).toBe(true);
      }),
    );
  });

  test('starts anew after a hole, as at bar 0', () => {
    fc.assert(
      fc.property(ticks, ticks, periods, fc.constantFrom(NaN, Infinity, -Infinity), (before, after, n, hole) => {
        const joined = inputsFor(indicator, columnsOf([...before, [1000, 0, 0], ...after], 100)).map((input) =>
          input.with(before.length, hole),
        );
        const fresh = run(indicator, inputsFor(indicator, columnsOf(after, 100)), n, DECIMALS);
        const result = run(indicator, joined, n, DECIMALS);
        expect(result[before.length]).toBeNaN();
        expect(result.slice(before.length + 1)).toEqual(fresh);
        expect(result.slice(0, before.length)).toEqual(
          run(indicator, inputsFor(indicator, columnsOf(before, 100)), n, DECIMALS),
        );
      }),
    );
  });

  test('has no value at all with a period that is not a whole number from 1 up', () => {
    if (indicator.params.length === 0) return;
    const inputs = inputsFor(
      indicator,
      columnsOf(
        [
          [1000, 1, 1],
          [1001, 1, 1],
          [1002, 1, 1],
        ],
        100,
      ),
    );
    for (const n of [0, -1, 1.5, NaN, Infinity]) expect(run(indicator, inputs, n, DECIMALS).every(Number.isNaN)).toBe(true);
  });
});

test('the check against looking ahead fails on an indicator that peeks', () => {
  const peek = ([x]: number[][]): number[] => x!.map((_, bar) => x![Math.min(bar + 1, x!.length - 1)]!);
  expect(isBlind(peek, [[1, 2, 3]], 2)).toBe(false);
});

test('the check against the twin fails on a value that is off by a millionth', () => {
  const sma = findIndicator('sma')!;
  const inputs = [[1, 2, 3, 4]];
  const result = run(sma, inputs, 2, -1);
  expect(disagreement(sma, inputs, 2, result)).toBe(-1);
  expect(disagreement(sma, inputs, 2, result.with(2, result[2]! + 1e-6))).toBe(2);
});

test('averages of whole ticks are the correctly rounded quotient, so equal averages of unequal periods are equal', () => {
  fc.assert(
    fc.property(ticks, fc.integer({ min: 1, max: 6 }), (rows, n) => {
      const x = rows.map(([tick]) => tick / 100);
      for (const [name, weight] of [
        ['sma', () => 1],
        ['wma', (k: number) => k + 1],
      ] as const) {
        const result = run(findIndicator(name)!, [x], n, DECIMALS);
        const weights = Array.from({ length: n }, (_, k) => weight(k));
        result.forEach((value, bar) => {
          if (bar < n - 1) return;
          const total = weights.reduce((all, w, k) => all + w * rows[bar + 1 - n + k]![0], 0);
          expect(value).toBe(total / (weights.reduce((a, b) => a + b) * 100));
        });
      }
    }),
  );
  const wave = Array.from({ length: 200 }, (_, i) => (i % 2 === 0 ? 1.1 : 1.3));
  const [two, forty] = [2, 40].map((n) => run(findIndicator('sma')!, [wave], n, 1));
  expect(two!.slice(60)).toEqual(forty!.slice(60));
});

test('a flat stretch of any number is averaged exactly, right after wild values', () => {
  const flat = 0.1 + 0.2;
  const x = [...Array.from({ length: 50 }, (_, i) => 1e9 * Math.sqrt(i)), ...Array.from({ length: 50 }, () => flat)];
  for (const name of ['sma', 'wma']) {
    const result = run(findIndicator(name)!, [x], 7, -1);
    expect(new Set(result.slice(56))).toEqual(new Set([flat]));
  }
  expect(new Set(run(findIndicator('stdev')!, [x], 7, -1).slice(56))).toEqual(new Set([0]));
});

test('sums of ticks that outgrow exact integers go on without a jump', () => {
  const x = Array.from({ length: 100 }, (_, i) => (i < 50 ? 1000 : 9e8) + (i % 7) * 1e-7);
  for (const name of ['sma', 'wma']) {
    const result = run(findIndicator(name)!, [x], 10, 7);
    result.forEach((value, bar) => {
      if (bar >= 9) expect(close(value, TWINS[name]!([x], 10, bar)!)).toBe(true);
    });
  }
});
