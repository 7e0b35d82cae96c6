import { metricIndex } from '../../metrics/columns.ts';
import type { Rows } from '../../metrics/rows.ts';

/** Below so many trades a figure says more about luck than about the rule. */
export const FEW_TRADES = 10;

const TRADES = metricIndex('trades');

/** Trades of a row; NaN where the study does not store them. */
export function tradesOf(rows: Rows | null, row: number): number {
  return rows?.columns[rows.metrics.indexOf(TRADES)]?.[row] ?? Number.NaN;
}
