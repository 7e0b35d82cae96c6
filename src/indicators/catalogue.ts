import { AVERAGES } from './averages.ts';
import { DEVIATIONS } from './deviation.ts';
import { EXTREMES } from './extremes.ts';
import type { Indicator } from './indicator.ts';
import { MOMENTA } from './momentum.ts';
import { ORDERS } from './order.ts';
import { OSCILLATORS } from './oscillators.ts';
import { RANGES } from './range.ts';
import { REGRESSIONS } from './regression.ts';
import { TRENDS } from './trend.ts';
import { VOLUMES } from './volume.ts';

/** The indicators by family, as people look for them. */
export const FAMILIES: readonly { readonly title: string; readonly indicators: readonly Indicator[] }[] = [
  { title: 'Averages', indicators: AVERAGES },
  { title: 'Deviation and bands', indicators: DEVIATIONS },
  { title: 'Extremes and pivots', indicators: EXTREMES },
  { title: 'Range and channels', indicators: RANGES },
  { title: 'Momentum', indicators: MOMENTA },
  { title: 'Oscillators', indicators: OSCILLATORS },
  { title: 'Trend', indicators: TRENDS },
  { title: 'Volume', indicators: VOLUMES },
  { title: 'Regression', indicators: REGRESSIONS },
  { title: 'Order and memory', indicators: ORDERS },
];

/** Every indicator that a strategy text can name. */
export const INDICATORS: readonly Indicator[] = FAMILIES.flatMap(({ indicators }) => indicators);

/** Indicators that `ma(kind, x, n)` chooses from: averages that a series and a period suffice for. */
export const AVERAGE_KINDS: readonly string[] = AVERAGES.map((average) => average.name);

const byName = new Map(INDICATORS.map((indicator) => [indicator.name, indicator]));

export function findIndicator(name: string): Indicator | null {
  return byName.get(name) ?? null;
}

/** Names of the arguments of a call, in order: series and conditions, then numbers. */
export function argumentNames({ inputs, params }: Indicator): string[] {
  return [...inputs.filter(({ kind }) => kind !== 'column'), ...params].map(({ name }) => name);
}

/** `bbupper(x, n, mult)`. */
export function callForm(indicator: Indicator): string {
  return `${indicator.name}(${argumentNames(indicator).join(', ')})`;
}
