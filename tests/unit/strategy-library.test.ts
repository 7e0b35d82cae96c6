import { expect, test } from 'vitest';
import { describeFault } from '../../src/core/fault.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
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
  '$name compiles without warnings, begins with a comment, and has a title',
  ({ name, title, summary, text }) => {
    expect(builtIn(name).warnings).toEqual([]);
    expect(text).toMatch(/^\/\/ \S/);
    expect(title).not.toBe('');
    expect(summary).toMatch(/\.$/);
  },
);

test('the names are those that links carry', () => {
  expect(BUILT_INS.map(({ name }) => name)).toEqual([
    'ma-cross',
    'donchian',
    'rsi-reversion',
    'bollinger-reversion',
    'buy-hold',
  ]);
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
