import type { Bars } from '../bars/buffer.ts';
import type { SourceName } from '../strategy/plan.ts';

/** The columns of Bars whose values are prices in whole ticks. */
const PRICES: ReadonlySet<SourceName> = new Set(['open', 'high', 'low', 'close']);

/** Decimals of a source to hand to the indicator that reads it; −1 where its values are no prices of the file. */
export function sourceDecimals(bars: Bars, source: SourceName): number {
  return PRICES.has(source) ? bars.decimals : -1;
}

/** A column of Bars itself, or a mean of its prices computed into memory of its own. */
export function sourceSeries(bars: Bars, source: SourceName): Float64Array {
  const { open, high, low, close, volume, localDate } = bars;
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
      return mean(bars.count, (i) => (high[i]! + low[i]!) / 2);
    case 'hlc3':
      return mean(bars.count, (i) => (high[i]! + low[i]! + close[i]!) / 3);
    case 'ohlc4':
      return mean(bars.count, (i) => (open[i]! + high[i]! + low[i]! + close[i]!) / 4);
  }
}

function mean(bars: number, at: (bar: number) => number): Float64Array {
  return Float64Array.from({ length: bars }, (_, i) => at(i));
}
