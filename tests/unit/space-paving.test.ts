import { describe, expect, test } from 'vitest';
import { uniform } from '../../src/core/random.ts';
import type { ScalarExpr } from '../../src/language/scalar.ts';
import { Feasible } from '../../src/space/feasible.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import { Odometer } from '../../src/space/odometer.ts';
import type { Space } from '../../src/space/space.ts';
import { isFeasible } from '../../src/space/trial.ts';
import { must } from '../support/outcome.ts';
import { compareAxes, constraint, wholeAxis } from '../support/space.ts';

const axis = (index: number): ScalarExpr => ({ op: 'axis', axis: index });
const sum = (a: ScalarExpr, b: ScalarExpr): ScalarExpr => ({ op: 'math', fn: 'add', args: [a, b] });
const equals = (left: ScalarExpr, value: number) =>
  constraint({ op: 'compare', fn: 'eq', left, right: { op: 'const', value } });

/** Numbers in [0, 1), the same at every run. */
function units(seed: number): () => number {
  let at = 0;
  return () => uniform(seed, at++);
}

const ORDERED: Space = {
  axes: [wholeAxis('a', 1, 12), wholeAxis('b', 1, 12), wholeAxis('free', 1, 3)],
  constraints: [compareAxes('lt', 0, 1)],
};

function allFeasible(space: Space): number[][] {
  const odometer = new Odometer(space.axes, space.constraints);
  const found: number[][] = [];
  while (odometer.next(Infinity) === true) found.push([...odometer.positions]);
  return found;
}

describe('drawn trials', () => {
  test('are feasible, and every feasible one is equally likely', () => {
    const feasible = new Feasible(ORDERED);
    const unit = units(1);
    const out = new Int32Array(3);
    const counts = new Map(allFeasible(ORDERED).map((positions) => [positions.join(), 0]));
    const draws = 20_000;
    for (let k = 0; k < draws; k++) {
      expect(feasible.draw(unit, out)).toBe(true);
      counts.set(out.join(), counts.get(out.join())! + 1);
    }
    expect(counts.size).toBe(66 * 3);
    const expected = draws / counts.size;
    const square = [...counts.values()].reduce(
      (total, count) => total + ((count - expected) * (count - expected)) / expected,
      0,
    );
    // 197 degrees of freedom: below 260 in 99.8 of 100 cases, and this one is fixed by its seed.
    expect(square).toBeLessThan(260);
  });

  test('are found where a millionth is feasible', () => {
    const whole = (name: string) => wholeAxis(name, 1, 1000);
    const space: Space = {
      axes: [whole('a'), whole('b'), whole('c')],
      constraints: [equals(sum(axis(0), axis(1)), 700), equals(sum(axis(1), axis(2)), 900)],
    };
    const feasible = new Feasible(space);
    const unit = units(2);
    const out = new Int32Array(3);
    const seen = new Set<string>();
    for (let k = 0; k < 200; k++) {
      expect(feasible.draw(unit, out)).toBe(true);
      expect(isFeasible(space, out)).toBe(true);
      seen.add(out.join());
    }
    expect(seen.size).toBeGreaterThan(100);
    expect(feasible.steps).toBeLessThan(400_000); // a billion tuples, 699 of them feasible
  });

  test('come from spaces beyond 2^53 as well', () => {
    const huge = (name: string) => must(makeRangeAxis(name, '0', '2000000000', '1', '0'));
    const space: Space = {
      axes: [huge('a'), huge('b'), huge('c')],
      constraints: [compareAxes('lt', 0, 1), compareAxes('lt', 1, 2)],
    };
    const feasible = new Feasible(space);
    const unit = units(3);
    const out = new Int32Array(3);
    const seen = new Set<string>();
    for (let k = 0; k < 100; k++) {
      expect(feasible.draw(unit, out)).toBe(true);
      expect(isFeasible(space, out)).toBe(true);
      seen.add(out.join());
    }
    expect(seen.size).toBe(100);
  });

  test('are none where nothing is feasible, and that is proven', () => {
    const space: Space = { axes: ORDERED.axes, constraints: [compareAxes('lt', 0, 1), compareAxes('lt', 1, 0)] };
    const feasible = new Feasible(space);
    const out = new Int32Array(3);
    expect(feasible.draw(units(4), out)).toBe(false);
    expect(feasible.empty).toBe(true);
  });
});

describe('the nearest feasible trial', () => {
  test('is as near as the nearest of a full list', () => {
    const feasible = new Feasible(ORDERED);
    const list = allFeasible(ORDERED);
    const unit = units(5);
    const far = (from: ArrayLike<number>, to: ArrayLike<number>): number =>
      ORDERED.axes.reduce((total, { size }, a) => total + ((from[a]! - to[a]!) / size) * ((from[a]! - to[a]!) / size), 0);
    for (let k = 0; k < 300; k++) {
      const wished = Int32Array.from(ORDERED.axes, ({ size }) => Math.floor(unit() * size));
      const found = Int32Array.from(wished);
      expect(feasible.nearest(found, unit)).toBe(true);
      expect(isFeasible(ORDERED, found)).toBe(true);
      const least = Math.min(...list.map((positions) => far(wished, positions)));
      expect(far(wished, found)).toBeCloseTo(least, 12);
    }
  });

  test('is the wished one where that is feasible, and inside the axes where it is not', () => {
    const feasible = new Feasible(ORDERED);
    const inside = Int32Array.of(2, 5, 1);
    expect(feasible.nearest(inside, units(6))).toBe(true);
    expect([...inside]).toEqual([2, 5, 1]);
    const outside = Int32Array.of(-4, 99, 7);
    expect(feasible.nearest(outside, units(6))).toBe(true);
    expect([...outside]).toEqual([0, 11, 2]);
  });
});
