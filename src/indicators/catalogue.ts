import { ema, rma, sma, wma } from './averages.ts';
import { stdev } from './deviation.ts';
import { highest, lowest } from './extremes.ts';
import type { Indicator } from './indicator.ts';
import { change, roc, rsi } from './momentum.ts';
import { atr, tr } from './range.ts';

/** Every indicator that a strategy text can name. */
export const INDICATORS: readonly Indicator[] = [sma, ema, rma, wma, stdev, rsi, highest, lowest, atr, tr, roc, change];

/** Indicators that `ma(kind, x, n)` chooses from. */
export const AVERAGE_KINDS: readonly string[] = [sma, ema, rma, wma].map((average) => average.name);

const byName = new Map(INDICATORS.map((indicator) => [indicator.name, indicator]));

export function findIndicator(name: string): Indicator | null {
  return byName.get(name) ?? null;
}
