import { dayOfDate, weekday } from '../bars/calendar.ts';
import type { BarColumns } from '../bars/columns.ts';
import type { SourceName } from '../strategy/plan.ts';

/** What nodes are evaluated over: the bars of a market, or those of a higher time frame made from them. */
export type EvaluatedBars = BarColumns & { readonly decimals: number };

/** The columns of Bars whose values are prices in whole ticks. */
const PRICES: ReadonlySet<SourceName> = new Set(['open', 'high', 'low', 'close']);

/** Decimals of a source to hand to the indicator that reads it; −1 where its values are no prices of the file. */
export function sourceDecimals(bars: EvaluatedBars, source: SourceName): number {
  return PRICES.has(source) ? bars.decimals : -1;
}

/** A column of Bars itself, or a mean of its prices or part of its dates computed into memory of its own. */
export function sourceSeries(bars: EvaluatedBars, source: SourceName): Float64Array {
  const { open, high, low, close, volume, localDate, localMinute } = bars;
  switch (source) {
    case 'open':
      return open;
    case 'high':
      return high;
    case 'low':
      return low;
    case 'close':
      return close;
    case 'volume':
      return volume;
    case 'date':
      return Float64Array.from(localDate);
    case 'hl2':
      return eachBar(bars.count, (i) => (high[i]! + low[i]!) / 2);
    case 'hlc3':
      return eachBar(bars.count, (i) => (high[i]! + low[i]! + close[i]!) / 3);
    case 'ohlc4':
      return eachBar(bars.count, (i) => (open[i]! + high[i]! + low[i]! + close[i]!) / 4);
    case 'year':
      return eachBar(bars.count, (i) => Math.floor(localDate[i]! / 10_000));
    case 'month':
      return eachBar(bars.count, (i) => Math.floor(localDate[i]! / 100) % 100);
    case 'dayofmonth':
      return eachBar(bars.count, (i) => localDate[i]! % 100);
    case 'dayofweek':
      return eachBar(bars.count, (i) => weekday(dayOfDate(localDate[i]!)) + 1);
    case 'hour':
      return eachBar(bars.count, (i) => Math.floor(localMinute[i]! / 60));
    case 'minute':
      return eachBar(bars.count, (i) => localMinute[i]! % 60);
    case 'barindex':
      return eachBar(bars.count, (i) => i);
  }
}

function eachBar(bars: number, at: (bar: number) => number): Float64Array {
  return Float64Array.from({ length: bars }, (_, i) => at(i));
}
