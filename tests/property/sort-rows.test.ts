import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sortRows } from '../../src/core/sort-rows.ts';
import { direction } from '../support/grids.ts';

const STEP = 2 ** -40; // values this far from 1 share their upper word

/** Few upper words, many lower ones: long and short runs that only the lower word decides. */
const close = fc
  .record({ upper: fc.constantFrom(1, -1, 3, 1e9, -1e-300), lower: fc.nat({ max: 40 }) })
  .map(({ upper, lower }) => upper * (1 + lower * STEP));
const any = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity, 0, -0, Number.MIN_VALUE));

describe('sorting rows', () => {
  it('is a stable sort by value, however much the values share', () => {
    const values = fc.array(fc.oneof({ weight: 9, arbitrary: close }, any), { maxLength: 300 });
    fc.assert(
      fc.property(values, direction, fc.nat(), (given, towards, shift) => {
        const column = Float64Array.from(given);
        const turn = given.length === 0 ? 0 : shift % given.length;
        const ranked = Uint32Array.from(given, (_, i) => (i + turn) % given.length);
        const sign = towards === 'max' ? -1 : 1;
        const wanted = [...ranked].sort((a, b) =>
          column[a] === column[b] ? 0 : sign * column[a]! < sign * column[b]! ? -1 : 1,
        );
        expect([...sortRows(ranked, column, towards)]).toEqual(wanted);
      }),
      { numRuns: 300 },
    );
  });
});
