import { describe, expect, test } from 'vitest';
import { createGrid } from '../../src/search/grid.ts';
import { METHODS } from '../../src/search/spec.ts';
import { isFeasible } from '../../src/space/trial.ts';
import { oneStep } from '../support/search-setup.ts';
import { askAll, samplerSuite } from '../support/sampler-suite.ts';
import { constraint, wholeAxis } from '../support/space.ts';

samplerSuite('the grid', createGrid);
for (const method of METHODS) {
  if (method !== 'grid') samplerSuite(method, (space) => oneStep(space, { method }));
}
samplerSuite('genetic, robust', (space) => oneStep(space, { method: 'genetic' }, { robust: true }));

describe('where a millionth of the space is feasible', () => {
  const axis = (index: number) => ({ op: 'axis', axis: index }) as const;
  const sum = { op: 'math', fn: 'add', args: [axis(0), { op: 'math', fn: 'add', args: [axis(1), axis(2)] }] } as const;
  const axes = ['a', 'b', 'c'].map((name) => wholeAxis(name, 1, 1000));
  /** 990 of 10^9: what three numbers lack to 1000 comes to 43. */
  const space = {
    axes,
    constraints: [constraint({ op: 'compare', fn: 'eq', left: sum, right: { op: 'const', value: 2957 } })],
  };

  test.each(METHODS.filter((method) => method !== 'grid'))('%s runs trials of it, each once', { timeout: 60_000 }, (method) => {
    const { trials, rows } = askAll(oneStep(space, { method, trials: 300 }), space, 300);
    for (const positions of trials) expect(isFeasible(space, positions)).toBe(true);
    expect(new Set(trials.map((positions, row) => `${rows.markets[row]} ${positions.join()}`)).size).toBe(trials.length);
    expect(trials.length).toBe(300);
  });
});
