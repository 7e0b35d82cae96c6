import { METRICS } from '../../src/metrics/columns.ts';
import type { Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';

/** The slow twin of condensed results: it keeps every row. */
export interface TwinCell {
  readonly best: number; // row with the best value, −1 for none
  readonly sum: number;
  readonly count: number;
}

function better(metric: number, x: number, y: number): boolean {
  return METRICS[metric]?.direction === 'min' ? x < y : x > y;
}

/** Rows of the best trials, best first, ties by row. */
export function twinBest(rows: Rows, column: number, most: number): number[] {
  const values = rows.columns[column]!;
  const metric = rows.metrics[column]!;
  return Array.from({ length: rows.rowCount }, (_, row) => row)
    .filter((row) => rows.states[row] === COMPLETE && !Number.isNaN(values[row]!))
    .sort((i, j) => (better(metric, values[i]!, values[j]!) ? -1 : better(metric, values[j]!, values[i]!) ? 1 : i - j))
    .slice(0, most);
}

/** One cell: its rows one by one, sums by segments of `segment` rows. */
export function twinCell(rows: Rows, column: number, segment: number, inside: (row: number) => boolean): TwinCell {
  const values = rows.columns[column]!;
  const own = Array.from({ length: rows.rowCount }, (_, row) => row).filter(
    (row) => inside(row) && rows.states[row] === COMPLETE && !Number.isNaN(values[row]!),
  );
  let best = -1;
  for (const row of own) if (best < 0 || better(rows.metrics[column]!, values[row]!, values[best]!)) best = row;
  let sum = 0;
  for (let from = 0; from < rows.rowCount; from += segment) {
    sum += own.filter((row) => row >= from && row < from + segment).reduce((part, row) => part + values[row]!, 0);
  }
  return { best, sum, count: own.length };
}
