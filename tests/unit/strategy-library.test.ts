import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { describeFault } from '../../src/core/fault.ts';
import { createEvaluator } from '../../src/kernel/evaluate.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { findBuiltIns } from '../../src/strategy/library/find.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import { BUILT_IN_NOTES } from '../../src/strategy/library/notes.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';

function builtIn(name: string): Plan {
  const compiled = compileStrategy(BUILT_INS.find((one) => one.name === name)!.text);
  if (!compiled.ok) throw new Error(compiled.faults.map(describeFault).join('\n'));
  return compiled.value;
}

/** How often an indicator is computed for the whole space. */
function computations(plan: Plan, name: string): number {
  const sizes = plan.space.axes.map((axis) => axis.size);
  const matching = plan.nodes.filter((node) => node.op === 'indicator' && node.name === name);
  return matching.reduce((sum, { deps }) => sum + deps.reduce((product, axis) => product * sizes[axis]!, 1), 0);
}

test.each(BUILT_INS)(
  '$name compiles without warnings, begins with a comment, and people can read about it',
  ({ name, title, text }) => {
    expect(builtIn(name).warnings).toEqual([]);
    expect(text).toMatch(/^\/\/ \S/);
    expect(title).not.toBe('');
    const { about, source, keywords } = BUILT_IN_NOTES[name]!;
    expect(about).toMatch(/^[A-Z].*[a-z]\. [A-Z].*\.$/);
    expect(source).not.toMatch(/\.$/);
    expect(keywords).not.toBe('');
    expect(Math.max(...text.split('\n').map((line) => line.length)), 'fits the panel').toBeLessThanOrEqual(48);
  },
);

test('the names are those that links carry; none may go', () => {
  const names = BUILT_INS.map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining(['ma-cross', 'donchian', 'rsi-reversion', 'bollinger-reversion', 'buy-hold']));
  expect(new Set(names).size).toBe(names.length);
  expect(Object.keys(BUILT_IN_NOTES).sort()).toEqual([...names].sort());
  for (const name of names) expect(name).toMatch(/^[a-z0-9-]{2,32}$/);
});

test('a search finds what has every word, titles first', () => {
  const names = (query: string) => findBuiltIns(query).map(({ name }) => name);
  expect(names('')).toEqual(BUILT_INS.map(({ name }) => name));
  expect(names('  MACD ')[0]).toBe('macd');
  expect(names('turtle')[0]).toBe('turtle');
  expect(names('turtle')).toContain('donchian');
  expect(names('wilder stop')).toContain('parabolic-sar');
  expect(names('ma-cross')).toContain('ma-cross');
  expect(names('crossover(line')).toEqual(['macd']);
  expect(names('supertrend zzz')).toEqual([]);
});

/** Two averages over 99 × 200 combinations. */
const GRID = `fast = param(10, 2..100 by 1)
slow = param(100, 1..200 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s)`;

test('a grid of 99 × 200 needs 299 averages at most, and computes none twice', () => {
  const compiled = compileStrategy(GRID);
  if (!compiled.ok) throw new Error(describeFault(compiled.faults[0]));
  const plan = compiled.value;
  expect(plan.space.axes.map(({ size }) => size)).toEqual([99, 200]);
  expect(computations(plan, 'sma')).toBe(299);

  const bars = createBars(generateBars({ kind: 'equity', seed: 1, bars: 40 }), (bytes) => new ArrayBuffer(bytes));
  const evaluator = createEvaluator(plan, [99, 200], bars, 1 << 24);
  if (!evaluator.ok) throw new Error(describeFault(evaluator.faults[0]));
  const values = [0, 0];
  for (let fast = 0; fast < 99; fast++) {
    for (let slow = 0; slow < 200; slow++) {
      values[0] = fast + 2;
      values[1] = slow + 1;
      evaluator.value.begin([fast, slow], values);
      evaluator.value.condition(plan.rules.enterLong!);
      evaluator.value.condition(plan.rules.exitLong!);
    }
  }
  expect(evaluator.value.computed.reduce((sum, count) => sum + count)).toBe(299);
});

test('a crossover grid needs an average per period and kind, not per trial', () => {
  const plan = builtIn('ma-cross');
  expect(plan.space.axes.map(({ size }) => size)).toEqual([2, 56, 91]);
  expect(computations(plan, 'sma') + computations(plan, 'ema')).toBe(2 * (56 + 91));
  expect(plan.nodes.map(({ op }) => op)).toEqual([
    'source',
    'number',
    'indicator',
    'indicator',
    'pick',
    'number',
    'indicator',
    'indicator',
    'pick',
    'cross',
    'cross',
  ]);
  expect(largestWarmup(plan, plan.space.axes)).toEqual({ bars: 200, axis: 'slow' });
});

test('the shape of the others', () => {
  const donchian = builtIn('donchian');
  const { enterLong, exitLong, enterShort, exitShort } = donchian.rules;
  expect([enterLong, exitLong, enterShort, exitShort]).not.toContain(null);
  expect(computations(donchian, 'highest')).toBe(46 + 46);
  expect(largestWarmup(donchian, donchian.space.axes)).toEqual({ bars: 100, axis: 'entry' });

  const rsi = builtIn('rsi-reversion');
  expect(computations(rsi, 'rsi')).toBe(29);
  expect(largestWarmup(rsi, rsi.space.axes)).toEqual({ bars: 31, axis: 'n' });

  const bollinger = builtIn('bollinger-reversion');
  expect(computations(bollinger, 'sma')).toBe(51);
  expect(computations(bollinger, 'stdev')).toBe(51);
  const width = bollinger.space.axes[1]!;
  expect(Array.from({ length: width.size }, (_, k) => axisValue(width, k))).toContain(1.3);
  expect(bollinger.plots.map(({ pane }) => pane)).toEqual(['price', 'own', 'price', 'price']);

  const hold = builtIn('buy-hold');
  expect(hold.space).toEqual({ axes: [], constraints: [] });
  expect(hold.nodes).toEqual([{ type: 'condition', op: 'constant', value: true, deps: [] }]);
  expect(largestWarmup(hold, [])).toEqual({ bars: 0, axis: null });
});
