import { describe, expect, it } from 'vitest';
import { countSpace, createCounter, EXACT_TUPLES, roomFor } from '../../src/space/count.ts';
import { positionsOf, totalTrials, trialIndex } from '../../src/space/trial.ts';
import { compareAxes, constraint, wholeAxis } from '../support/space.ts';

describe('counting', () => {
  it('counts the built-in crossover grid: pairs with fast < slow', () => {
    const axes = [wholeAxis('fast', 5, 60), wholeAxis('slow', 20, 200)];
    const pairs = Array.from({ length: 56 }, (_, i) => i + 5).reduce((sum, fast) => sum + (200 - Math.max(19, fast)), 0);
    expect(countSpace({ axes, constraints: [compareAxes('lt', 0, 1)] })).toEqual({
      total: 10136n,
      feasible: BigInt(pairs),
      exact: true,
      error: 0,
    });
  });

  it('is exact and immediate in a space of more than 10^18 trials whose constraints tie few axes', () => {
    const axes = Array.from({ length: 7 }, (_, a) => wholeAxis(`a${a}`, 1, 500));
    const constraints = [compareAxes('lt', 0, 1), compareAxes('ge', 5, 6)];
    const started = performance.now();
    const count = countSpace({ axes, constraints });
    expect(performance.now() - started).toBeLessThan(1000);
    expect(count).toEqual({ total: 500n ** 7n, feasible: 124_750n * 125_250n * 500n ** 3n, exact: true, error: 0 });
    expect(count.total > 10n ** 18n).toBe(true);
  });

  it('keeps groups apart that share no axis and joins those that do', () => {
    const axes = Array.from({ length: 5 }, (_, a) => wholeAxis(`a${a}`, 1, 10));
    const chain = [compareAxes('lt', 0, 2), compareAxes('lt', 2, 4), compareAxes('ne', 1, 3)];
    // 120 rising triples, 90 unequal pairs
    expect(countSpace({ axes, constraints: chain }).feasible).toBe(120n * 90n);
  });

  it('estimates a group beyond 10^7 tuples, and the truth lies within the stated error', () => {
    const axes = [wholeAxis('fast', 1, 20_000), wholeAxis('slow', 1, 20_000)];
    const count = countSpace({ axes, constraints: [compareAxes('lt', 0, 1)] });
    const truth = (20_000 * 19_999) / 2;
    expect(axes[0]!.size * axes[1]!.size).toBeGreaterThan(EXACT_TUPLES);
    expect(count.exact).toBe(false);
    expect(count.error).toBeGreaterThan(0);
    expect(count.error).toBeLessThan(0.01);
    expect(Math.abs(Number(count.feasible) / truth - 1)).toBeLessThan(count.error);
    expect(countSpace({ axes, constraints: [compareAxes('lt', 0, 1)] })).toEqual(count);
  });

  it('says what can be said where no sample is feasible', () => {
    const axes = [wholeAxis('a', 1, 1_000_000), wholeAxis('b', 1, 1_000_000)];
    const { feasible, exact, error } = countSpace({ axes, constraints: [compareAxes('eq', 0, 1)] });
    expect({ exact, error }).toEqual({ exact: false, error: 1 });
    expect(Number(feasible) * (1 + error)).toBeGreaterThanOrEqual(1_000_000);
  });

  it('knows without counting that nothing is left', () => {
    const axes = [wholeAxis('a', 1, 1_000_000), wholeAxis('b', 1, 1_000_000), wholeAxis('c', 1, 3)];
    const never = constraint({ op: 'compare', fn: 'gt', left: { op: 'const', value: 1 }, right: { op: 'const', value: 2 } });
    expect(countSpace({ axes, constraints: [never] })).toMatchObject({ feasible: 0n, exact: true, error: 0 });
    const small = constraint({ op: 'compare', fn: 'gt', left: { op: 'axis', axis: 2 }, right: { op: 'const', value: 9 } });
    expect(countSpace({ axes, constraints: [small, compareAxes('lt', 0, 1)] })).toMatchObject({ feasible: 0n, exact: true });
  });

  it('counts one trial where there is no axis', () => {
    expect(countSpace({ axes: [], constraints: [] })).toEqual({ total: 1n, feasible: 1n, exact: true, error: 0 });
  });

  it('does no more per step than it was asked for', () => {
    const axes = [wholeAxis('fast', 1, 3000), wholeAxis('slow', 1, 3000)];
    const counter = createCounter({ axes, constraints: [compareAxes('lt', 0, 1)] });
    const started = performance.now();
    expect(counter.step(1000)).toBe(false);
    expect(performance.now() - started).toBeLessThan(50);
    expect(counter.count().exact).toBe(false);
  });
});

describe('trial numbers', () => {
  it('are exact beyond 2^53', () => {
    const axes = Array.from({ length: 7 }, (_, a) => wholeAxis(`a${a}`, 1, 500));
    const last = totalTrials(axes) - 1n;
    const positions = new Float64Array(7);
    positionsOf(axes, last, positions);
    expect([...positions]).toEqual(Array(7).fill(499));
    positionsOf(axes, last - 1n, positions);
    expect(trialIndex(axes, positions)).toBe(last - 1n);
    expect(positions[6]).toBe(498);
  });
});

it('room for an exact count is the count, for an estimate twice its error more, never more than all combinations', () => {
  expect(roomFor({ total: 10n, feasible: 4n, exact: true, error: 0 })).toBe(4);
  expect(roomFor({ total: 10n ** 9n, feasible: 10n ** 6n, exact: false, error: 0.01 })).toBe(1_021_000);
  expect(roomFor({ total: 1_005_000n, feasible: 10n ** 6n, exact: false, error: 0.01 })).toBe(1_005_000);
});
