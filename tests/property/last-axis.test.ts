import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateScalar, type CompareFn, type MathFn, type ScalarExpr } from '../../src/language/scalar.ts';
import { axisValue } from '../../src/space/axis.ts';
import { countSpace } from '../../src/space/count.ts';
import { createAxisCount } from '../../src/space/last-axis.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import { must } from '../support/outcome.ts';
import { RUNS } from '../support/plain-space.ts';
import { compareAxes, constraint, wholeAxis } from '../support/space.ts';

const FUNCTIONS = 'add sub mul div neg min max abs sign round floor ceil sqrt log exp pow'.split(' ') as MathFn[];
const COMPARE: readonly CompareFn[] = ['gt', 'ge', 'lt', 'le', 'eq', 'ne'];
const LAST = 2;

const { truth } = fc.letrec<{ number: ScalarExpr; truth: ScalarExpr }>((tie) => ({
  number: fc.oneof(
    { maxDepth: 3 },
    fc.nat(LAST).map((axis) => ({ op: 'axis', axis })),
    fc.integer({ min: -6, max: 60 }).map((value) => ({ op: 'const', value })),
    fc.record({ op: fc.constant('math'), fn: fc.constantFrom(...FUNCTIONS), args: fc.tuple(tie('number'), tie('number')) }),
    fc.record({ op: fc.constant('select'), when: tie('truth'), then: tie('number'), otherwise: tie('number') }),
  ) as fc.Arbitrary<ScalarExpr>,
  truth: fc.oneof(
    { maxDepth: 3 },
    fc.record({ op: fc.constant('compare'), fn: fc.constantFrom(...COMPARE), left: tie('number'), right: tie('number') }),
    fc.record({ op: fc.constantFrom('and', 'or'), left: tie('truth'), right: tie('truth') }),
    fc.record({ op: fc.constant('not'), arg: tie('truth') }),
  ),
}));
const range = fc
  .record({
    low: fc.integer({ min: -40, max: 40 }),
    size: fc.integer({ min: 1, max: 300 }),
    step: fc.integer({ min: 1, max: 9 }),
  })
  .map(({ low, size, step }) =>
    must(makeRangeAxis('x', `${low / 4}`, `${(low + step * (size - 1)) / 4}`, `${step / 4}`, `${low / 4}`)),
  );

test('stretches that bounds decide hold as many positions as one by one satisfy the constraints', () => {
  let fewer = 0; // cases that took fewer looks than there are positions
  fc.assert(
    fc.property(
      fc.tuple(range, range, range),
      fc.array(truth, { minLength: 1, maxLength: 3 }),
      fc.nat(),
      fc.nat(),
      (axes, all, p, q) => {
        const constraints = all.map((expr) => constraint(expr));
        const counter = createAxisCount(axes, constraints, LAST);
        if (counter === null) return;
        const values = Float64Array.from(axes, (axis, a) => axisValue(axis, [p, q, 0][a]! % axis.size));
        const { size } = axes[LAST];
        const wanted = Array.from({ length: size }, (_, position) => {
          values[LAST] = axisValue(axes[LAST], position);
          return all.every((expr) => evaluateScalar(expr, values) !== 0);
        }).filter(Boolean).length;
        expect(counter.count(values)).toBe(wanted);
        if (counter.steps < size / 2) fewer++;
        expect(counter.count(values)).toBe(wanted); // also where it gave up halving
      },
    ),
    { numRuns: 10 * RUNS },
  );
  expect(fewer).toBeGreaterThan(RUNS);
});

test('a thousand positions of a plain comparison take some twenty looks', () => {
  const axes = [wholeAxis('a', 1, 1000), wholeAxis('b', 1, 1000)];
  const counter = createAxisCount(axes, [compareAxes('lt', 0, 1)], 1)!;
  expect(counter.count(Float64Array.of(400, 0))).toBe(600);
  expect(counter.steps).toBeLessThan(30);
});

test('a constraint that bounds never decide is tested position by position, after one attempt', () => {
  const axes = [wholeAxis('a', 1, 1000)];
  const half: ScalarExpr = {
    op: 'math',
    fn: 'mul',
    args: [
      { op: 'axis', axis: 0 },
      { op: 'const', value: 0.5 },
    ],
  };
  const even: ScalarExpr = { op: 'compare', fn: 'eq', left: half, right: { op: 'math', fn: 'floor', args: [half] } };
  const counter = createAxisCount(axes, [constraint(even)], 0)!;
  expect(counter.count(Float64Array.of(0))).toBe(500);
  const first = counter.steps;
  expect(counter.count(Float64Array.of(0))).toBe(500);
  expect(counter.steps - first).toBe(1000);
});

test.each<[string, ScalarExpr]>([
  ['a root', { op: 'math', fn: 'sqrt', args: [{ op: 'axis', axis: 0 }] }],
  [
    'a quotient by what may be 0',
    {
      op: 'math',
      fn: 'div',
      args: [
        { op: 'const', value: 1 },
        { op: 'axis', axis: 0 },
      ],
    },
  ],
])('%s may be no number, which bounds do not hold: counted one by one', (_, left) => {
  const axes = [must(makeRangeAxis('a', '-8', '8', '1', '1'))];
  const not: ScalarExpr = { op: 'not', arg: { op: 'compare', fn: 'ge', left, right: { op: 'const', value: 0 } } };
  expect(createAxisCount(axes, [constraint(not)], 0)).toBeNull();
  expect(countSpace({ axes, constraints: [constraint(not)] }).feasible).toBe(8n);
});
