import { expect, test } from 'vitest';
import { compileStrategy } from '../../src/strategy/compile.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { shorterRanges } from '../../src/study/shorter-ranges.ts';

function plan(text: string): Plan {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  return compiled.value;
}

const CROSS = plan(`fast = param(12, 5..60 by 1)
slow = param(48, 20..200 by 2)
enter long when crossover(sma(close, fast), sma(close, slow))`);

test('lowers only the axis that drives the warm-up, as little as it takes', () => {
  expect(shorterRanges(CROSS, CROSS.space.axes, 80)).toEqual([{ name: 'slow', high: '80', spelling: '20..80 by 2' }]);
  expect(shorterRanges(CROSS, CROSS.space.axes, 79)).toEqual([{ name: 'slow', high: '78', spelling: '20..78 by 2' }]);
});

test('lowers several axes where one is not enough', () => {
  expect(shorterRanges(CROSS, CROSS.space.axes, 30)).toEqual([
    { name: 'fast', high: '30', spelling: '5..30 by 1' },
    { name: 'slow', high: '30', spelling: '20..30 by 2' },
  ]);
});

test('changes nothing where it fits, and gives up where lowering is not enough', () => {
  expect(shorterRanges(CROSS, CROSS.space.axes, 200)).toEqual([]);
  expect(shorterRanges(CROSS, CROSS.space.axes, 10)).toBeNull();
  const fixed = plan('enter long when close > sma(close, 100)');
  expect(shorterRanges(fixed, fixed.space.axes, 50)).toBeNull();
});
