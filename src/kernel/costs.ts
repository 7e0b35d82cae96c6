import type { Execution } from '../strategy/execution.ts';
import { settingAt } from '../strategy/settings.ts';

/**
 * The numbers of the Execution that a trial reads, in one array: a swept one is written anew for each trial, and functions that
 * share the array pass no doubles.
 */
export type Costs = Float64Array;

export const RELATIVE = 0;
export const FIXED = 1;
export const PER_UNIT = 2;
export const MINIMUM = 3;
export const SLIPPAGE = 4;
export const TICKS = 5;
export const HALF_SPREAD = 6;
export const SHORT_FUNDING = 7; // per night
export const LEVERAGE_FUNDING = 8;
export const LOT_STEP = 9;
export const LEVERAGE = 10;
export const MAINTENANCE = 11;
export const SIZE = 12; // of the execution's sizing, in its own unit
export const SPREAD = 13; // price units against the trader at a market fill: HALF_SPREAD + TICKS × tick

const COSTS_LENGTH = 14;

const PATHS: readonly (readonly [path: string, at: number])[] = [
  ['commission.relative', RELATIVE],
  ['commission.fixed', FIXED],
  ['commission.perUnit', PER_UNIT],
  ['commission.minimum', MINIMUM],
  ['slippage', SLIPPAGE],
  ['slippageTicks', TICKS],
  ['halfSpread', HALF_SPREAD],
  ['funding.short', SHORT_FUNDING],
  ['funding.leverage', LEVERAGE_FUNDING],
  ['lotStep', LOT_STEP],
  ['leverage', LEVERAGE],
  ['maintenance', MAINTENANCE],
];

/** @returns the costs with the execution's own numbers, and a function that writes a trial's swept ones */
export function createCosts(execution: Execution, tick: number): { costs: Costs; load: (values: ArrayLike<number>) => void } {
  const costs = new Float64Array(COSTS_LENGTH);
  const { kind } = execution.sizing;
  const sizePath = `sizing.${kind === 'equity' ? 'fraction' : kind}`;
  const all = [...PATHS, [sizePath, SIZE] as const];
  for (const [path, at] of all) costs[at] = settingAt(execution, path) as number;
  const places: number[] = [];
  const axes: number[] = [];
  for (const { path, axis } of execution.swept) {
    const at = all.find((known) => known[0] === path)?.[1];
    if (at === undefined) continue; // of a sizing that the Plan carries out
    places.push(at);
    axes.push(axis);
  }
  const spread = (): void => {
    costs[SPREAD] = costs[HALF_SPREAD]! + costs[TICKS]! * tick;
  };
  spread();
  return {
    costs,
    load(values) {
      for (let k = 0; k < places.length; k++) costs[places[k]!] = values[axes[k]!]!;
      if (places.length > 0) spread();
    },
  };
}

/** Whether a number of the execution is above `least` in any trial. */
export function everAbove(execution: Execution, path: string, least: number): boolean {
  return execution.swept.some((one) => one.path === path) || (settingAt(execution, path) as number) > least;
}
