import type { Metric } from '../../metrics/columns.ts';
import type { Aggregate } from '../../results/spec.ts';
import type { Measure } from '../../study/look.ts';
import { formatMetric, formatPercent, metricUnit } from '../format.ts';

/** What the cells of a picture show, in words and formats. */
export interface Shown {
  readonly name: string; // as a heading: `Sharpe`, `Sharpe, neighbourhood`
  readonly unit: string; // that heads and legends carry, '' for none
  readonly signed: boolean;
  readonly share: boolean; // a part of 1
  readonly metric: Metric;
  readonly undefinedText?: string; // what a complete trial without a value says; absent: that the metric is not defined
  readonly blank?: string; // what a cell without any trial says; absent: that it has not run yet
  format(value: number, withUnit?: boolean): string;
}

export const FEW_AROUND = 'too few of the trials around it have one';

/** @param aggregate how a cell's trials are folded; null where a cell is one trial */
export function shownOf(metric: Metric, measure: Measure, aggregate: Aggregate | null): Shown {
  if (aggregate === 'profitable' || measure === 'profitable') {
    return {
      name: measure === 'profitable' ? 'Profitable neighbours' : 'Profitable trials',
      unit: '%',
      signed: false,
      share: true,
      metric,
      format: (value, withUnit = true) => formatPercent(value, 0, withUnit ? '%' : ''),
    };
  }
  const names = { trial: metric.name, neighbourhood: `${metric.name}, neighbourhood`, roughness: `${metric.name}, roughness` };
  return {
    name: names[measure],
    unit: metricUnit(metric.key),
    signed: metric.signed && measure !== 'roughness',
    share: false,
    metric,
    ...(measure === 'trial' ? {} : { undefinedText: `no value: ${FEW_AROUND}` }),
    format: (value, withUnit) => formatMetric(metric.key, value, withUnit),
  };
}
