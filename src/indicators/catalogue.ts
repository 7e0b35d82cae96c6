import { AVERAGES } from './averages.ts';
import { DEVIATIONS } from './deviation.ts';
import { EXTREMES } from './extremes.ts';
import type { Indicator } from './indicator.ts';
import { MOMENTA } from './momentum.ts';
import { RANGES } from './range.ts';

/** Every indicator that a strategy text can name. */
export const INDICATORS: readonly Indicator[] = [...AVERAGES, ...DEVIATIONS, ...EXTREMES, ...RANGES, ...MOMENTA];

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
