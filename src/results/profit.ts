import { METRICS } from '../metrics/columns.ts';
import type { Rows } from '../metrics/rows.ts';

/** Stored metrics whose sign says whether a trial gained, the most direct first. */
const TELLING = ['totalReturn', 'cagr', 'expectancy', 'avgTrade', 'sharpe'] as const;

/** The column that is above 0 exactly where a trial made a profit; null where none such is stored. */
export function profitColumn(rows: Rows): Float64Array | null {
  for (const key of TELLING) {
    const column = rows.metrics.findIndex((metric) => METRICS[metric]?.key === key);
    if (column >= 0) return rows.columns[column]!;
  }
  return null;
}
