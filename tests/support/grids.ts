import fc from 'fast-check';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, NO_TRADES, PENDING } from '../../src/metrics/state.ts';
import type { Axis } from '../../src/space/axis.ts';

export const SHARPE = 4;
const TOTAL_RETURN = 1;
const value = fc
  .oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -3, max: 3, noNaN: true }), fc.constant(NaN))
  .map((x) => x + 0); // no −0: it equals 0 and is not told from it
export const direction = fc.constantFrom('max' as const, 'min' as const);

export interface Case {
  rows: Rows;
  axes: Axis[];
}

function axis(name: string, size: number, ordered: boolean): Axis {
  const names = Array.from({ length: size }, (_, i) => `c${i}`);
  if (!ordered) return { kind: 'choice', name, size, allNames: names, names, fallback: 'c0' };
  return { kind: 'range', name, size, lowUnits: 1, stepUnits: 1, decimals: 0, highUnits: size, fallback: 1 };
}

/** Rows of a random subset of a grid of up to six axes, in trial order or not. */
export const study: fc.Arbitrary<Case> = fc
  .array(fc.record({ size: fc.integer({ min: 1, max: 4 }), ordered: fc.boolean() }), { minLength: 1, maxLength: 6 })
  .filter((shape) => shape.reduce((product, { size }) => product * size, 1) <= 300)
  .chain((shape) => {
    const total = shape.reduce((product, { size }) => product * size, 1);
    const cell = fc.record({
      keep: fc.integer({ min: 0, max: 9 }).map((roll) => roll < 8),
      state: fc.constantFrom(COMPLETE, COMPLETE, COMPLETE, COMPLETE, PENDING, FAILED, NO_TRADES),
      values: fc.tuple(value, value),
    });
    return fc.record({
      shape: fc.constant(shape),
      cells: fc.array(cell, { minLength: total, maxLength: total }),
      turned: fc.boolean(),
    });
  })
  .map(({ shape, cells, turned }) => {
    const axes = shape.map(({ size, ordered }, a) => axis(`p${a}`, size, ordered));
    const kept = cells.flatMap((cell, trial) => (cell.keep ? [{ ...cell, trial }] : []));
    if (turned) kept.reverse();
    const rows = createRows(
      { rowCount: kept.length, axisCount: axes.length, metrics: [SHARPE, TOTAL_RETURN] },
      (bytes) => new ArrayBuffer(bytes),
    );
    kept.forEach(({ state, values, trial }, row) => {
      rows.states[row] = state;
      rows.columns[0]![row] = values[0];
      rows.columns[1]![row] = values[1];
      let rest = trial;
      for (let a = axes.length - 1; a >= 0; a--) {
        rows.positions[a]![row] = rest % axes[a]!.size;
        rest = Math.floor(rest / axes[a]!.size);
      }
    });
    return { rows, axes };
  });
