import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisLabel, axisValue } from '../../src/space/axis.ts';
import { countSpace, createCounter } from '../../src/space/count.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import { formatRange, parseRange } from '../../src/space/range.ts';
import { must } from '../support/outcome.ts';
import { anyAxis, anySpace, RUNS } from '../support/plain-space.ts';

describe('any space', () => {
  it('counts the same in steps of any size', () => {
    fc.assert(
      fc.property(anySpace, fc.integer({ min: 1, max: 50 }), ({ space }, stepSize) => {
        const counter = createCounter(space);
        let steps = 0;
        while (!counter.step(stepSize)) expect(++steps).toBeLessThan(100_000);
        expect(counter.count()).toEqual(countSpace(space));
      }),
      { numRuns: RUNS },
    );
  });
});

describe('any axis', () => {
  it('goes from axis to spelling and back', () => {
    fc.assert(
      fc.property(anyAxis, ({ make }) => {
        const axis = make('p');
        expect(must(parseRange(axis, formatRange(axis)))).toEqual(axis);
      }),
      { numRuns: RUNS },
    );
  });

  it('is read from any text, or refused, without throwing', () => {
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^[-0-9.,e []{0,12}\.\.[-0-9.e ]{0,8}( by | log )?[-0-9.e]{0,6}$/),
      fc.array(fc.oneof(fc.string(), fc.double(), fc.boolean()), { maxLength: 5 }),
    );
    fc.assert(
      fc.property(anyAxis, text, ({ make }, spelling) => {
        const read = parseRange(make('p'), spelling);
        if (!read.ok) {
          expect(read.faults[0].place).toEqual({ kind: 'axis', axis: 'p' });
          return;
        }
        const last = read.value.size - 1;
        expect(Number.isFinite(axisValue(read.value, 0)) && Number.isFinite(axisValue(read.value, last))).toBe(true);
        expect(must(parseRange(read.value, formatRange(read.value)))).toEqual(read.value);
      }),
      { numRuns: 4 * RUNS },
    );
  });
});

describe('ranges of decimals', () => {
  it('hold both ends where the step divides, and every value is the nearest double of its decimal text', () => {
    const parts = [fc.integer({ min: -1e6, max: 1e6 }), fc.integer({ min: 1, max: 5000 }), fc.nat(200), fc.nat(9)] as const;
    fc.assert(
      fc.property(...parts, (low, step, steps, decimals) => {
        const text = (units: number): string => `${units}e-${decimals}`;
        const axis = must(makeRangeAxis('x', text(low), text(low + step * steps), text(step), '1'));
        expect(axis.size).toBe(steps + 1);
        for (const i of [0, 1, 2, Math.floor(steps / 2), steps - 1, steps].filter((at) => at >= 0 && at <= steps)) {
          expect(axisValue(axis, i)).toBe(Number(text(low + i * step)));
          expect(Number(axisLabel(axis, i))).toBe(axisValue(axis, i));
        }
      }),
      { numRuns: RUNS },
    );
  });
});
