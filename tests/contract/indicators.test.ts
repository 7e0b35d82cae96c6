import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import type { Indicator } from '../../src/indicators/indicator.ts';
import { INDICATOR_NOTES } from '../../src/indicators/notes.ts';
import { TWINS } from '../reference/indicators/index.ts';
import {
  compute,
  inputsOf,
  known,
  marketOf,
  paramsFor,
  readsPrices,
  someTicks,
  usualParams,
  type Tick,
} from '../support/indicators.ts';

/** What every indicator of the catalogue must satisfy; a new one is taken in by being listed there. */

const DECIMALS = 2;
const LONG = process.env['LONG'] !== undefined;

function isClose(actual: number, expected: number, scale: number): boolean {
  return Math.abs(actual - expected) <= 1e-9 * Math.max(scale, Math.abs(expected));
}

/** The first bar where a result and the twin disagree; −1 if none. Values are compared relative to the largest of the series. */
function disagreement(
  { name }: Indicator,
  inputs: readonly (readonly number[])[],
  params: readonly number[],
  result: readonly number[],
): number {
  const expected = TWINS[name]!(inputs, params);
  const scale = Math.max(1, ...expected.slice(0, 100).filter(Number.isFinite).map(Math.abs));
  return result.findIndex((value, bar) => !Object.is(value, expected[bar]!) && !isClose(value, expected[bar]!, scale));
}

/** Whether results on the first `cut` bars are the same bytes as on all bars. */
function isBlind(run: (inputs: number[][]) => number[], inputs: readonly number[][], cut: number): boolean {
  const whole = run([...inputs]).slice(0, cut);
  return run(inputs.map((input) => input.slice(0, cut))).every((value, bar) => Object.is(value, whole[bar]));
}

/**
 * Their values jump where two numbers meet. Where both are sums of rounded prices the twin may see another one ahead, so they are
 * compared on whole prices, and on prices that never meet.
 */
const JUMPING: ReadonlySet<string> = new Set(['supertrend', 'supertrenddir', 'psar', 'adx', 'plusdi', 'minusdi']);

/** Decimals that the indicator may be told: of its prices, or none. */
function modesOf(indicator: Indicator): number[] {
  return readsPrices(indicator) ? [JUMPING.has(indicator.name) ? 0 : DECIMALS, -1] : [-1];
}

function market({ name }: Indicator, ticks: readonly Tick[], decimals: number): ReturnType<typeof marketOf> {
  const apart = decimals < 0 && JUMPING.has(name);
  const moved = apart ? ticks.map((tick, bar) => ({ ...tick, close: tick.close + Math.sqrt(bar + 2) })) : ticks;
  return marketOf(moved, decimals < 0 ? 97 : 10 ** decimals);
}

const flat: Tick = { close: 1000, up: 0, down: 0, volume: 100 };

describe.each(INDICATORS.map((indicator) => [indicator.name, indicator] as const))('%s', (name, indicator) => {
  test('equals its twin, in ticks and in plain numbers', () => {
    fc.assert(
      fc.property(someTicks, paramsFor(indicator), fc.constantFrom(...modesOf(indicator)), (ticks, params, decimals) => {
        const inputs = inputsOf(indicator, market(indicator, ticks, decimals));
        expect(disagreement(indicator, inputs, params, compute(name, inputs, params, decimals))).toBe(-1);
      }),
    );
  });

  test('has no value before its warm-up ends, and then one at every bar', () => {
    // prices that always move and volume that never stops: no division by 0
    const lively = fc.array(
      fc.record({
        close: fc.integer({ min: 0, max: 9 }),
        up: fc.integer({ min: 1, max: 5 }),
        down: fc.integer({ min: 1, max: 5 }),
        volume: fc.integer({ min: 1, max: 99 }),
      }),
      { minLength: 1, maxLength: 90 },
    );
    fc.assert(
      fc.property(lively, paramsFor(indicator), (steps, params) => {
        const ticks = steps.map((step, bar) => ({ ...step, close: 1000 + step.close + (bar % 2) * 20 }));
        const result = compute(name, inputsOf(indicator, marketOf(ticks)), params);
        expect(result).toHaveLength(ticks.length);
        const warmup = indicator.warmup(params);
        expect(Number.isInteger(warmup) && warmup >= 0).toBe(true);
        result.forEach((value, bar) => {
          if (bar < warmup) expect(value).toBeNaN();
          else if (!indicator.sparse) expect(value - value).toBe(0);
        });
      }),
    );
  });

  test('never looks ahead', () => {
    fc.assert(
      fc.property(
        someTicks,
        paramsFor(indicator),
        fc.nat(70),
        fc.constantFrom(...modesOf(indicator)),
        (ticks, params, cut, decimals) => {
          const inputs = inputsOf(indicator, market(indicator, ticks, decimals));
          const run = (cutInputs: number[][]): number[] => compute(name, cutInputs, params, decimals);
          expect(isBlind(run, inputs, Math.min(cut, ticks.length))).toBe(true);
        },
      ),
    );
  });

  test('starts anew after a hole, as at bar 0', () => {
    if (indicator.holes === 'reads') return;
    fc.assert(
      fc.property(
        someTicks,
        someTicks,
        paramsFor(indicator),
        fc.constantFrom(NaN, Infinity, -Infinity),
        fc.nat(),
        (before, after, params, hole, which) => {
          const inputs = (ticks: readonly Tick[]): number[][] => inputsOf(indicator, marketOf(ticks));
          const joined = [...before, flat, ...after];
          const [early, late] = [inputs(before), inputs(joined).map((input) => input.slice(before.length + 1))];
          const holey = inputs(joined).map((input, k) =>
            k === which % indicator.inputs.length ? input.with(before.length, hole) : input,
          );
          const result = compute(name, holey, params, DECIMALS);
          expect(result[before.length]).toBeNaN();
          expect(result.slice(before.length + 1)).toEqual(compute(name, late, params, DECIMALS));
          expect(result.slice(0, before.length)).toEqual(compute(name, early, params, DECIMALS));
        },
      ),
    );
  });

  test('depends on nothing but its arguments: not on calls before it, not on the length of memory it finds', () => {
    const ticks = Array.from({ length: 67 }, (_, bar): Tick => ({
      close: 1000 + ((bar * 37) % 83),
      up: (bar * 7) % 11,
      down: (bar * 5) % 13,
      volume: (bar * 31) % 97,
    }));
    const inputs = inputsOf(indicator, marketOf(ticks));
    const params = usualParams(indicator);
    const first = compute(name, inputs, params, DECIMALS);
    compute(
      name,
      inputs.map((input) => input.toReversed().slice(0, 31)),
      params,
      -1,
    );
    for (const other of INDICATORS) compute(other.name, inputsOf(other, marketOf(ticks.slice(0, 41))), usualParams(other));
    expect(compute(name, inputs, params, DECIMALS)).toEqual(first);
  });

  test('leaves its inputs alone, and may be given one array for all of them', () => {
    const x = Float64Array.from({ length: 50 }, (_, bar) => 10 + ((bar * 7) % 5));
    const out = new Float64Array(50);
    computationOf(name)(
      indicator.inputs.map(() => x),
      usualParams(indicator),
      out,
      { decimals: -1 },
    );
    expect([...x]).toEqual(Array.from({ length: 50 }, (_, bar) => 10 + ((bar * 7) % 5)));
    expect([...out]).toEqual(
      compute(
        name,
        indicator.inputs.map(() => [...x]),
        usualParams(indicator),
      ),
    );
  });

  test('may write into any of its inputs, of any count of bars', () => {
    fc.assert(
      fc.property(
        someTicks,
        paramsFor(indicator),
        fc.nat(),
        fc.constantFrom(...modesOf(indicator)),
        (ticks, params, which, decimals) => {
          const inputs = inputsOf(indicator, market(indicator, ticks, decimals)).map((input) => Float64Array.from(input));
          const apart = new Float64Array(ticks.length);
          computationOf(name)(inputs, params, apart, { decimals });
          const place = inputs[which % inputs.length]!;
          computationOf(name)(inputs, params, place, { decimals });
          expect(place).toEqual(apart);
        },
      ),
    );
  });

  test('takes any count of bars, also fewer than it needs, and constant prices', () => {
    for (const bars of [0, 1, 2, 3, 5, 7, 13, 31, 32, 33, 63, 64, 65, 127, 200, 251]) {
      const ticks = Array.from({ length: bars }, () => flat);
      const inputs = inputsOf(indicator, marketOf(ticks));
      const params = usualParams(indicator);
      for (const decimals of modesOf(indicator)) {
        const result = compute(name, inputs, params, decimals);
        expect(result).toHaveLength(bars);
        if (bars > 0) expect(disagreement(indicator, inputs, params, result)).toBe(-1);
      }
    }
  });

  test('has no value at all with a number that is outside its bounds', () => {
    const inputs = inputsOf(indicator, marketOf(Array.from({ length: 60 }, () => flat)));
    indicator.params.forEach(({ kind, least, most }, k) => {
      const bad = [
        least - 1,
        NaN,
        Infinity,
        ...(kind === 'period' ? [least + 0.5] : []),
        ...(most < Infinity ? [most + 1] : []),
      ];
      for (const value of bad)
        expect(compute(name, inputs, usualParams(indicator).with(k, value)).every(Number.isNaN)).toBe(true);
    });
    const far = usualParams(indicator).map((value, k) => (indicator.params[k]!.kind === 'period' ? 1e9 : value));
    expect(compute(name, inputs, far)).toHaveLength(60);
  });

  test('has a warm-up that never falls as a number rises', () => {
    fc.assert(
      fc.property(paramsFor(indicator), fc.nat(9), fc.nat(5), (params, more, which) => {
        if (params.length === 0) return;
        const k = which % params.length;
        const raised = params.with(k, Math.min(indicator.params[k]!.most, params[k]! + more));
        expect(indicator.warmup(raised)).toBeGreaterThanOrEqual(indicator.warmup(params));
      }),
    );
  });

  test(`stays with its twin over ${LONG ? 1_000_000 : 5_000} bars`, () => {
    const bars = LONG ? 1_000_000 : 5_000;
    let state = 1;
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    let close = 50_000;
    const ticks = Array.from({ length: bars }, (): Tick => {
      close = Math.max(1000, close + Math.floor(random() * 201) - 100);
      return { close, up: Math.floor(random() * 80), down: Math.floor(random() * 80), volume: Math.floor(random() * 10_000) };
    });
    const params = usualParams(indicator);
    for (const decimals of modesOf(indicator)) {
      const inputs = inputsOf(indicator, market(indicator, ticks, decimals));
      expect(disagreement(indicator, inputs, params, compute(name, inputs, params, decimals))).toBe(-1);
    }
  }, 120_000);

  test('is told about', () => {
    const notes = INDICATOR_NOTES[name];
    expect(notes).toBeDefined();
    expect(notes!.about).toMatch(/^[A-Z].*\.$/);
    for (const text of Object.values(notes!)) expect(text.length).toBeGreaterThan(2);
  });
});

test('twins and notes are of indicators that exist', () => {
  const names = INDICATORS.map(({ name }) => name).sort();
  expect(Object.keys(TWINS).sort()).toEqual(names);
  expect(Object.keys(INDICATOR_NOTES).sort()).toEqual(names);
  expect(new Set(names).size).toBe(names.length);
});

test('the check against looking ahead fails on an indicator that peeks', () => {
  const peek = ([x]: number[][]): number[] => x!.map((_, bar) => x![Math.min(bar + 1, x!.length - 1)]!);
  expect(isBlind(peek, [[1, 2, 3]], 2)).toBe(false);
});

test('the check against the twin fails on a value that is off by a hundred-millionth, and on one in the warm-up', () => {
  const sma = known('sma');
  const inputs = [[1, 2, 3, 4]];
  const result = compute('sma', inputs, [2]);
  expect(disagreement(sma, inputs, [2], result)).toBe(-1);
  expect(disagreement(sma, inputs, [2], result.with(2, result[2]! + 1e-7))).toBe(2);
  expect(disagreement(sma, inputs, [2], result.with(0, 1))).toBe(0);
});
