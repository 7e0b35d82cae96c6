import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bitCount } from '../../src/core/bits.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, PENDING } from '../../src/metrics/state.ts';
import { createBrush, has, testedRows, withCondition, withoutCondition, type Condition } from '../../src/results/brush.ts';

const condition: fc.Arbitrary<Condition> = fc
  .record({ onAxis: fc.boolean(), of: fc.nat({ max: 1 }), ends: fc.tuple(fc.integer({ min: -3, max: 6 }), fc.nat({ max: 5 })) })
  .map(({ onAxis, of, ends: [low, span] }) =>
    onAxis ? { kind: 'axis', axis: of, low, high: low + span } : { kind: 'metric', column: of, low, high: low + span },
  );

const cell = fc.record({
  state: fc.constantFrom(COMPLETE, COMPLETE, COMPLETE, PENDING, FAILED),
  positions: fc.tuple(fc.nat({ max: 5 }), fc.nat({ max: 5 })),
  values: fc.tuple(fc.oneof(fc.integer({ min: -4, max: 8 }), fc.constant(NaN)), fc.integer({ min: -4, max: 8 })),
});

describe('brush', () => {
  it('holds the rows that a plain filter holds, whatever came when', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 150 }),
        fc.array(fc.array(condition, { maxLength: 3 }), { minLength: 1, maxLength: 4 }),
        fc.option(fc.nat({ max: 6 })),
        fc.nat(),
        (cells, steps, every, split) => {
          const rows = createRows({ rowCount: cells.length, axisCount: 2, metrics: [4, 1] }, (n) => new ArrayBuffer(n));
          cells.forEach(({ positions, values }, row) => {
            for (const k of [0, 1] as const) {
              rows.positions[k]![row] = positions[k];
              rows.columns[k]![row] = values[k];
            }
          });
          const test = every === null ? null : { key: String(every), test: (row: number) => row % (every + 1) === 0 };
          const brush = createBrush(rows);
          const half = split % (cells.length + 1);
          let wanted: Condition[] = [];
          for (const [k, step] of steps.entries()) {
            wanted = step.reduce<Condition[]>((all, one) => withCondition(all, one), []);
            brush.set(wanted, test);
            if (k > 0) continue;
            // Rows finish while a brush is set.
            cells.forEach(({ state }, row) => (rows.states[row] = state));
            brush.update(half, cells.length);
            brush.update(0, half);
          }
          const mask = brush.mask();
          if (wanted.length === 0 && test === null) {
            expect(mask).toBeNull();
            return;
          }
          const expected = cells.flatMap(({ state, positions, values }, row) => {
            const met = wanted.every((one) => {
              const value = one.kind === 'axis' ? positions[one.axis as 0 | 1] : values[one.column as 0 | 1];
              const known = one.kind === 'axis' ? state !== PENDING : state === COMPLETE;
              return known && value >= one.low && value <= one.high;
            });
            return met && state !== PENDING && (test?.test(row) ?? true) ? [row] : [];
          });
          const held = cells.flatMap((_, row) => (has(mask!, row) ? [row] : []));
          expect(held).toEqual(expected);
          expect(mask!.count).toBe(expected.length);
          expect(bitCount(mask!.words)).toBe(expected.length);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('takes the answer of a test that was put elsewhere, whenever it was put and whatever arrived meanwhile', () => {
    fc.assert(
      fc.property(
        fc.array(cell, { minLength: 1, maxLength: 150 }),
        fc.nat(),
        fc.constantFrom('early', 'late', 'never'),
        fc.option(condition),
        (cells, split, when, other) => {
          const rows = createRows({ rowCount: cells.length, axisCount: 2, metrics: [4, 1] }, (n) => new ArrayBuffer(n));
          const half = split % (cells.length + 1);
          const finish = (from: number, to: number): void => {
            for (let row = from; row < to; row++) {
              const { state, positions, values } = cells[row]!;
              rows.states[row] = state;
              for (const k of [0, 1] as const) [rows.positions[k]![row], rows.columns[k]![row]] = [positions[k], values[k]];
            }
            brush.update(from, to);
          };
          let asked = 0;
          const keeps = (row: number): boolean => cells[row]!.values[1] > 2;
          const test = { key: 'b > 2', test: (row: number) => (asked++, keeps(row)) };
          const brush = createBrush(rows);
          finish(0, half);
          const give = brush.expect(test);
          const early = testedRows(rows, half, test);
          finish(half, cells.length);
          // Another condition is brushed while the answer is waited for.
          if (other !== null) brush.set([other]);
          if (when !== 'never') give(when === 'early' ? early : testedRows(rows, cells.length, test));
          asked = 0;
          brush.set([], test);
          if (when !== 'never') expect(asked).toBe(0);
          const expected = cells.flatMap(({ state }, row) => (state !== PENDING && keeps(row) ? [row] : []));
          expect(cells.flatMap((_, row) => (has(brush.mask()!, row) ? [row] : []))).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('one condition per axis or metric; any can be taken away', () => {
    const first: Condition = { kind: 'axis', axis: 1, low: 0, high: 2 };
    const second: Condition = { kind: 'metric', column: 1, low: 0, high: 2 };
    const both = withCondition(withCondition([], first), second);
    expect(withCondition(both, { ...first, high: 9 })).toEqual([second, { ...first, high: 9 }]);
    expect(withoutCondition(both, 'axis 1')).toEqual([second]);
  });
});
