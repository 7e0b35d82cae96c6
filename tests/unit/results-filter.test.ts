import { describe, expect, test } from 'vitest';
import { metricIndex, OBJECTIVE_COLUMN } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, NO_TRADES, PENDING } from '../../src/metrics/state.ts';
import { readFilter } from '../../src/results/filter.ts';
import { makeChoiceAxis, makeFlagAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import { valueOf } from '../support/kernel.ts';

const AXES = [
  valueOf(makeRangeAxis('fast', '10', '50', '10', '10')),
  valueOf(makeChoiceAxis('kind', ['ema', 'sma', 'hma'], undefined, ['hma', 'ema'])),
  valueOf(makeFlagAxis('filter', true)),
];

function rowsOf(): Rows {
  const rows = createRows(
    { rowCount: 4, axisCount: 3, metrics: [OBJECTIVE_COLUMN, metricIndex('trades'), metricIndex('sharpe')] },
    (bytes) => new ArrayBuffer(bytes),
  );
  rows.positions[0]!.set([0, 1, 2, 4]);
  rows.positions[1]!.set([0, 1, 0, 1]);
  rows.positions[2]!.set([0, 1, 1, 0]);
  rows.columns[0]!.set([1, 2, 3, 4]);
  rows.columns[1]!.set([10, 40, 50, 60]);
  rows.columns[2]!.set([1, NaN, 2, 3]);
  rows.states.set([COMPLETE, COMPLETE, NO_TRADES, PENDING]);
  return rows;
}

function kept(text: string): number[] {
  const filter = valueOf(readFilter(text, rowsOf(), AXES));
  return [...filter.select(Uint32Array.of(3, 2, 1, 0))];
}

describe('a filter of rows', () => {
  test('reads stored metrics, the objective and the values of axes; rows that did not run are left out', () => {
    expect(kept('trades >= 30')).toEqual([2, 1]);
    expect(kept('objective < 3 and fast <= 20')).toEqual([1, 0]);
    expect(kept('kind == hma')).toEqual([2, 0]);
    expect(kept('kind != hma or filter')).toEqual([2, 1]);
    expect(kept('true')).toEqual([2, 1, 0]);
  });

  test('a metric that is not defined meets no comparison', () => {
    expect(kept('sharpe > 0')).toEqual([2, 0]);
    expect(kept('not (sharpe > 0)')).toEqual([1]);
  });

  test('a metric that was not stored is a fault that names it', () => {
    expect(readFilter('maxDrawdown > -0.3', rowsOf(), AXES)).toMatchObject({
      ok: false,
      faults: [{ code: 'metric_not_stored', message: 'Max drawdown (`maxDrawdown`) is not stored by this run.' }],
    });
  });

  test('an unknown name is a fault with its place and the nearest name', () => {
    expect(readFilter('trades > 5 and fats > 3', rowsOf(), AXES)).toMatchObject({
      ok: false,
      faults: [{ place: { line: 1, column: 16 }, advice: 'Did you mean `fast`?' }],
    });
  });
});
