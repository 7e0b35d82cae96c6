import { BLOCK_MOMENTS } from './blocks.ts';
import type { Metric, MetricNeeds, MetricRow } from './metric.ts';
import { BASIC_METRICS } from './table-basic.ts';
import { CURVE_METRICS } from './table-curve.ts';
import { SUM_METRICS } from './table-sums.ts';
import { RERUN_METRICS, TRADE_METRICS } from './table-trades.ts';

export type { Metric };

type RowKey<T extends readonly MetricRow[]> = T[number]['key'];
export type ColumnKey =
  | RowKey<typeof BASIC_METRICS>
  | RowKey<typeof SUM_METRICS>
  | RowKey<typeof TRADE_METRICS>
  | RowKey<typeof CURVE_METRICS>
  | RowKey<typeof RERUN_METRICS>;
/** Keys of metrics that a study may select; the objective has a column by itself where it is an expression. */
export type MetricKey = Exclude<ColumnKey, 'objective'>;

type Keyed = Metric & { readonly key: ColumnKey };

function needing(needs: MetricNeeds, rows: readonly (MetricRow & { readonly key: ColumnKey })[]): Keyed[] {
  return rows.map((row) => ({ ...row, needs }));
}

/** The one table of metrics; new ones are added at its end, because rows name their columns by its indices. */
export const METRICS: readonly Keyed[] = [
  ...needing('sums', BASIC_METRICS),
  ...needing('sums', SUM_METRICS),
  ...needing('trades', TRADE_METRICS),
  ...needing('curve', CURVE_METRICS),
  ...needing('reruns', RERUN_METRICS),
];

/** Keys in the order of METRICS. */
export const METRIC_KEYS: readonly ColumnKey[] = METRICS.map(({ key }) => key);

/** Keys that a study may select. */
export const SELECTABLE_KEYS: readonly MetricKey[] = METRIC_KEYS.filter((key) => key !== 'objective');

/** What a study may store: metrics, and all block moments (metrics/blocks) as one. */
export const STORABLE_KEYS = [...SELECTABLE_KEYS, BLOCK_MOMENTS] as const;
export type StorableKey = (typeof STORABLE_KEYS)[number];

/** What a document stores that names no metrics. */
export const FIRST_KEYS: readonly MetricKey[] = BASIC_METRICS.map(({ key }) => key);

/** What a new study stores. Links spell it by one word, so that it stays as it is. */
export const USUAL_KEYS: readonly MetricKey[] = [
  'totalReturn',
  'cagr',
  'sharpe',
  'sortino',
  'calmar',
  'maxDrawdown',
  'volatility',
  'trades',
  'winRate',
  'profitFactor',
  'avgTrade',
  'exposure',
];

/** Columns that sums give, which every trial keeps: what costs nothing beyond a run. */
export const SUM_COLUMNS: readonly number[] = METRICS.flatMap(({ needs }, column) => (needs === 'sums' ? [column] : []));

const INDEX: ReadonlyMap<string, number> = new Map(METRICS.map(({ key }, index) => [key, index]));

/** @returns the column of a key in METRICS, −1 where there is none */
export function metricIndex(key: string): number {
  return INDEX.get(key) ?? -1;
}

/** The column of the objective where that is an expression. */
export const OBJECTIVE_COLUMN: number = metricIndex('objective');
