import type { ColumnKey } from './columns.ts';
import type { MetricNotes } from './metric.ts';
import { BASIC_NOTES } from './notes-basic.ts';
import { CURVE_NOTES } from './notes-curve.ts';
import { SUM_NOTES } from './notes-sums.ts';
import { TRADE_NOTES } from './notes-trades.ts';

/** What people read about each metric; apart from the table, so that the page loads it only where somebody reads it. */
const METRIC_NOTES: Readonly<Record<ColumnKey, MetricNotes>> = {
  ...BASIC_NOTES,
  ...SUM_NOTES,
  ...TRADE_NOTES,
  ...CURVE_NOTES,
};

/** @param metric of the table */
export function notesOf({ key }: { readonly key: string }): MetricNotes {
  return METRIC_NOTES[key as ColumnKey];
}
