import type { DenseAverage } from '../strategy/dense-plan.ts';
import { blockSma, blockSmooth, ticksOf, type BlockSeries, type Ticks } from './block-series.ts';
import type { EvaluatedBars } from './sources.ts';

/** An average in blocks of bars from bar `period` − 1 on; null where its column is in no whole ticks, or the period is no count of bars. */
export type BlockAverages = (average: DenseAverage, period: number) => BlockSeries | null;

export function createBlockAverages(bars: EvaluatedBars): BlockAverages {
  const ticks = new Map<string, Ticks | null>();
  return ({ kind, source }, period) => {
    const x = bars[source];
    if (!ticks.has(source)) ticks.set(source, ticksOf(x, bars.decimals));
    const whole = ticks.get(source) ?? null;
    if (whole === null || !(Number.isInteger(period) && period >= 1 && period <= x.length) || !whole.exact(period)) return null;
    if (kind === 'sma') return blockSma(whole, period);
    return blockSmooth(x, whole, period, kind === 'ema' ? 2 / (period + 1) : 1 / period);
  };
}
