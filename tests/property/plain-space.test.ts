import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { axisValue, defaultPosition, positionOf } from '../../src/space/axis.ts';
import { makeLogAxis } from '../../src/space/make-axis.ts';
import { isFeasible, positionsOf, totalTrials, trialIndex, valuesOf } from '../../src/space/trial.ts';
import { enumerate } from '../reference/plain-space.ts';
import { must } from '../support/outcome.ts';
import { anyAxis, anySpace, RUNS } from '../support/plain-space.ts';
import { wholeAxis } from '../support/space.ts';

vi.setConfig({ testTimeout: 120_000 });

// Twins that share no code with src/space: plain numbers for values, plain functions for constraints.
const runs = { numRuns: RUNS };

it('judges each trial as plain conditions on plain values do', () => {
  fc.assert(
    fc.property(anySpace, ({ space, values, conditions }) => {
      const out = new Float64Array(values.length);
      for (const positions of enumerate(values.map((axis) => axis.length))) {
        valuesOf(space.axes, positions, out);
        const at = positions.map((position, a) => values[a]![position]!);
        expect([...out]).toEqual(at);
        expect(isFeasible(space, positions)).toBe(conditions.every((condition) => condition(at)));
      }
    }),
    runs,
  );
});

it('numbers trials of any size and finds them again', () => {
  const sizes = fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 31 - 1 }), fc.nat()), { maxLength: 16 });
  fc.assert(
    fc.property(sizes, (all) => {
      const axes = all.map(([size], i) => wholeAxis(`p${i}`, 1, size));
      const positions = all.map(([size, at]) => at % size);
      const found: number[] = [];
      const index = trialIndex(axes, positions);
      positionsOf(axes, index, found);
      expect(found).toEqual(positions);
      expect(index < totalTrials(axes)).toBe(true);
    }),
    runs,
  );
});

it('finds the position of every value, and the one nearest to the default', () => {
  fc.assert(
    fc.property(anyAxis, ({ make, values }) => {
      const axis = make('n');
      values.forEach((value, i) => expect(positionOf(axis, value)).toBe(i));
      expect(positionOf(axis, NaN)).toBe(-1);
      if (axis.kind === 'choice' || axis.kind === 'flag') return;
      const away = values.map((value) => Math.abs(value - axis.fallback));
      expect(away[defaultPosition(axis)]).toBe(Math.min(...away));
    }),
    runs,
  );
});

it('rises from one end of a logarithmic range to the other, however close they are', () => {
  const spec = fc.record({
    low: fc.integer({ min: 1, max: 1e7 }),
    more: fc.integer({ min: 1, max: 1e7 }),
    decimals: fc.integer({ min: 0, max: 7 }),
    steps: fc.integer({ min: 2, max: 200 }),
  });
  fc.assert(
    fc.property(spec, ({ low, more, decimals, steps }) => {
      const [from, to] = [`${low}e-${decimals}`, `${low + more}e-${decimals}`];
      const axis = must(makeLogAxis('n', from, to, String(steps), from));
      const values = Array.from({ length: axis.size }, (_, i) => axisValue(axis, i));
      expect(axis.size).toBeLessThanOrEqual(steps);
      expect([values[0], values.at(-1)]).toEqual([Number(from), Number(to)]);
      expect(values.every((value, i) => i === 0 || value > values[i - 1]!)).toBe(true);
    }),
    runs,
  );
});
