import { METRICS } from '../../metrics/columns.ts';
import { COMPLETE } from '../../metrics/state.ts';
import type { Condition } from '../../results/brush.ts';
import type { Distribution } from '../../results/distribution.ts';
import { axisLabel } from '../../space/axis.ts';
import type { View } from '../../study/view.svelte.ts';
import { formatMetric } from '../format.ts';

/** An axis or a metric as a ruler from 0 to 1. */
export interface Dimension {
  readonly key: string; // that of a condition over it
  readonly name: string;
  readonly axis: boolean;
  readonly low: number; // positions of an axis, values of a metric
  readonly high: number;
  /** Where a row stands, 0 … 1; NaN without a value. Beyond the ends of a metric's ruler: at the end. */
  share(row: number): number;
  label(at: number): string; // of a share
  text(row: number): string; // of a row's own value, wherever it stands
  /** The condition for an interval of shares. */
  condition(from: number, to: number): Condition;
}

export function axisDimension(view: View, a: number): Dimension {
  const axis = view.axes[a]!;
  const positions = view.rows!.positions[a]!;
  const last = Math.max(1, axis.size - 1);
  return {
    key: `axis ${a}`,
    name: axis.name,
    axis: true,
    low: 0,
    high: axis.size - 1,
    share: (row) => (axis.size === 1 ? 0.5 : positions[row]! / last),
    label: (at) => axisLabel(axis, Math.round(at * (axis.size - 1))),
    text: (row) => axisLabel(axis, positions[row]!),
    condition: (from, to) => ({
      kind: 'axis',
      axis: a,
      low: Math.ceil(from * last - 1e-9),
      high: Math.floor(to * last + 1e-9),
    }),
  };
}

const ROBUST = 0.005; // of the values on either side stand at the ends of the ruler

/**
 * @param holds which values the ruler holds: the middle 99 %, or all of them with some room beyond, unless a few lie so far out
 *   that the others could not be told apart
 */
export function metricDimension(view: View, column: number, holds: 'most' | 'whole' = 'most'): Dimension {
  const rows = view.rows!;
  const metric = METRICS[rows.metrics[column]!]!;
  const distribution = view.distribution(column);
  const { low, high } = endsOf(distribution, holds === 'whole');
  const span = high - low || 1;
  const values = rows.columns[column]!;
  return {
    key: `metric ${column}`,
    name: metric.name,
    axis: false,
    low,
    high,
    share(row) {
      const value = values[row]!;
      return rows.states[row] !== COMPLETE || Number.isNaN(value) ? NaN : Math.max(0, Math.min(1, (value - low) / span));
    },
    label: (at) => formatMetric(metric.key, low + at * span),
    text: (row) => formatMetric(metric.key, values[row]!),
    condition: (from, to) => ({
      kind: 'metric',
      column,
      // What lies beyond the ruler belongs to its end.
      low: from <= 0.001 ? Number.NEGATIVE_INFINITY : low + from * span,
      high: to >= 0.999 ? Number.POSITIVE_INFINITY : low + to * span,
    }),
  };
}

const FAR = 3; // times the width of the middle 99 %
const ROOM = 0.04; // of the span, on either side, so that marks at the ends are whole

function endsOf(distribution: Distribution | null, whole: boolean): { low: number; high: number } {
  if (distribution === null) return { low: NaN, high: NaN };
  const [low, high] = [distribution.quantile(ROBUST), distribution.quantile(1 - ROBUST)];
  const { min, max } = distribution;
  if (!whole) return { low, high };
  const ends = max - min <= FAR * (high - low) ? { low: min, high: max } : { low, high };
  const room = ROOM * (ends.high - ends.low);
  return { low: ends.low - room, high: ends.high + room };
}

/** The interval of a condition on its ruler, null where there is none. */
export function brushedShare(view: View, { key, low, high }: Dimension): readonly [number, number] | null {
  const one = view.selection.conditions.find(
    (condition) => (condition.kind === 'axis' ? `axis ${condition.axis}` : `metric ${condition.column}`) === key,
  );
  if (one === undefined) return null;
  const span = high - low || 1;
  const cut = (value: number): number => Math.max(0, Math.min(1, (value - low) / span));
  return [cut(one.low), cut(one.high)];
}

/** Columns that are looked at beside the shown one: the usual ones first. */
export function otherColumns(view: View, most: number): number[] {
  const usual = ['maxDrawdown', 'totalReturn', 'profitFactor', 'trades', 'sharpe', 'winRate', 'calmar', 'exposure'];
  const metrics = view.rows?.metrics ?? [];
  const known = usual.map((key) => metrics.findIndex((metric) => METRICS[metric]?.key === key)).filter((column) => column >= 0);
  const rest = metrics.map((_, column) => column).filter((column) => !known.includes(column));
  return [...known, ...rest].filter((column) => column !== view.column).slice(0, most);
}
