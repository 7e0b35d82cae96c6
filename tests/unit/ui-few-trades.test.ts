import { expect, test } from 'vitest';
import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { tradesOf } from '../../src/ui/panels/few-trades.ts';

const make = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);

test('trades of a row, no number where they are not stored', () => {
  const rows = createRows(
    { rowCount: 2, axisCount: 1, metrics: [metricIndex('sharpe'), metricIndex('trades')].sort((a, b) => a - b) },
    make,
  );
  rows.columns[rows.metrics.indexOf(metricIndex('trades'))]!.set([1, 40]);
  expect([tradesOf(rows, 0), tradesOf(rows, 1)]).toEqual([1, 40]);
  expect(tradesOf(createRows({ rowCount: 1, axisCount: 1, metrics: [metricIndex('sharpe')] }, make), 0)).toBeNaN();
  expect(tradesOf(null, 0)).toBeNaN();
});
