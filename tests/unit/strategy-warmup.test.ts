import { expect, test } from 'vitest';
import { describeFault } from '../../src/core/fault.ts';
import type { Axis } from '../../src/space/axis.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { checkPeriods } from '../../src/strategy/periods.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup, trialWarmup, warmupScratch } from '../../src/strategy/warmup.ts';

function plan(text: string): Plan {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  return compiled.value;
}

function range(name: string, low: string, high: string, step: string): Axis {
  const made = makeRangeAxis(name, low, high, step, low);
  if (!made.ok) throw new Error(describeFault(made.faults[0]));
  return made.value;
}

test.each([
  ['close > open', 0],
  ['close > close[3]', 3],
  ['close > sma(close, 10)', 9],
  ['close > sma(close, 10)[2]', 11],
  ['close > sma(sma(close, 10), 5)', 13],
  ['rsi(close, 14) > 50', 14],
  ['crossover(sma(close, 10), ema(close, 20))', 20],
  ['crossover(close, 3)', 1],
  ['not close > wma(close, 7)', 6],
  ['close > open or close > rma(close, 7)', 6],
  ['(close > sma(close, 4))[5]', 8],
  ['atr(14) > tr and roc(close, 5) > change(close)', 13],
  ['highest(high, 20)[1] < close', 20],
  ['true', 0],
])('%s', (condition, bars) => {
  expect(trialWarmup(plan(`enter long when ${condition}`), [])).toBe(bars);
  expect(trialWarmup(plan(`enter long when true\nexit long when ${condition}`), [])).toBe(bars);
});

test('series that are only drawn do not count', () => {
  expect(trialWarmup(plan('x = sma(close, 100)\nenter long when close > open'), [])).toBe(0);
});

const PICKED = `kind = choice(sma, ema)
n = param(5, 2..20 by 1)
x = ma(kind, close, n)
m = param(5, 2..30 by 1)
enter long when crossover(x, rsi(close, m))`;

test('a trial’s own warm-up, and the largest of the space with the axis behind it', () => {
  const picked = plan(PICKED);
  expect(trialWarmup(picked, [0, 20, 5])).toBe(20);
  expect(trialWarmup(picked, [1, 3, 30], undefined, warmupScratch(picked))).toBe(31);
  expect(largestWarmup(picked, picked.space.axes)).toEqual({ bars: 31, axis: 'm' });
  expect(largestWarmup(picked, picked.space.axes.with(1, range('n', '2', '400', '2')))).toEqual({ bars: 400, axis: 'n' });
});

test('shared axes are enumerated, so that the bound is exact', () => {
  const shared = plan(`n = param(5, 1..100 by 1)
enter long when close > sma(sma(close, n), 101 - n)`);
  expect(largestWarmup(shared, shared.space.axes).bars).toBe(99);
  const wide = largestWarmup(shared, [range('n', '1', '200000', '1')]);
  expect(wide.bars).toBeGreaterThanOrEqual(199_999);
});

test('periods that only excluded combinations have do not count, so that the start is a bar', () => {
  const half = plan(`a = param(10, 5..51 by 1)
require floor(a / 2) == a / 2
enter long when close > sma(close, a / 2)`);
  expect(largestWarmup(half, half.space.axes)).toEqual({ bars: 24, axis: 'a' });
  const back = plan(`a = param(10, 5..51 by 1)
require floor(a / 2) == a / 2
enter long when close > close[a / 2]`);
  expect(largestWarmup(back, back.space.axes).bars).toBe(25);
  const inverse = plan(`a = param(5, 0..10 by 5)
require a > 0
enter long when close > sma(close, 100 / a)`);
  expect(largestWarmup(inverse, inverse.space.axes).bars).toBe(19);
});

test('large ranges are bounded without looking at every value', () => {
  const wide = plan('n = param(5, 1..9 by 1)\nm = param(5, 1..9 by 1)\nenter long when close > sma(close, n * m)');
  const axes = [range('n', '1', '1000000', '1'), range('m', '1', '1000', '1')];
  expect(largestWarmup(wide, axes)).toEqual({ bars: 1e9 - 1, axis: 'n' });
});

test('combinations are tried as long as that is quick: one large pair is, many are not', () => {
  const ranges = 'a = param(5, 1..300 by 1)\nb = param(9, 1..300 by 1)\nrequire a < b\n';
  const enter = (periods: readonly string[]): string =>
    `enter long when ${periods.map((one) => `sma(close, ${one}) > 1`).join(' and ')}`;
  expect(compileStrategy(ranges + enter(['b - a', 'b - a', 'max(1, a - b)']))).toMatchObject({ ok: true });
  const many = compileStrategy(ranges + enter(Array.from({ length: 9 }, (_, k) => `b * ${k + 1} - a * ${k + 1}`)));
  expect(many).toMatchObject({
    ok: false,
    faults: expect.arrayContaining([
      expect.objectContaining({
        code: 'bad_period',
        message: 'The period of `sma` can be as low as -2691.',
        advice:
          'A period is a whole number from 1 up; there are too many combinations to try them all: make the ranges smaller, or write `max(1, …)`.',
      }),
    ]) as unknown,
  });
  const slow = 'n = param(5, 1..100000 by 1)\n' + enter(['exp(log(n))']);
  expect(compileStrategy(slow)).toMatchObject({
    ok: false,
    faults: [{ message: expect.stringContaining('takes the value') as unknown }],
  });
});

test('a warm-up over many large axes is bounded by steps', () => {
  const names = Array.from({ length: 16 }, (_, k) => `a${k}`);
  const of = plan(
    `${names.map((name) => `${name} = param(5, 1..60000 by 1)`).join('\n')}
enter long when ${names.map((name) => `sma(sma(close, ${name}), 60001 - ${name}) > 1`).join(' and ')}`,
  );
  const { bars } = largestWarmup(of, of.space.axes);
  expect(bars).toBeGreaterThanOrEqual(59_999);
  expect(bars).toBeLessThanOrEqual(2 * 59_999);
});

test('ranges that a person changed are checked for periods', () => {
  const picked = plan(PICKED);
  expect(checkPeriods(picked, picked.space.axes)).toBeNull();
  const zero = checkPeriods(picked, picked.space.axes.with(2, range('m', '0', '5', '1')));
  expect(zero).toMatchObject([
    { code: 'bad_period', message: 'The period of `rsi` takes the value 0 from `m`.', place: { kind: 'axis', axis: 'm' } },
  ]);
  expect(checkPeriods(picked, picked.space.axes.with(1, range('n', '2', '4', '0.5')))).toHaveLength(1);
  expect(checkPeriods(picked, picked.space.axes.with(1, range('n', '2', '4.0', '1.0')))).toBeNull();
  const back = plan('n = param(1, 0..3 by 1)\nenter long when close > close[n]');
  expect(checkPeriods(back, back.space.axes)).toBeNull();
  expect(checkPeriods(back, [range('n', '-1', '3', '1')])).toMatchObject([{ code: 'bad_shift' }]);
});
