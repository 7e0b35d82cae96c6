import { NEUTRAL_EXECUTION, type Execution, type Sizing } from './execution.ts';

/** A number of the Execution that a study may sweep: then it is an axis after the text's. */
export interface Setting {
  readonly path: string; // in the Execution: `commission.relative`
  readonly axis: string; // name of its axis
  readonly meaning: string;
  readonly advice: string; // what may stand there
  readonly holds: (value: number) => boolean; // of an interval of numbers, so that a range is sound where its ends are
  readonly kind: Sizing['kind'] | null; // the sizing that reads it, where not every one does
}

const setting = (path: string, axis: string, meaning: string, rule: Pick<Setting, 'advice' | 'holds'>): Setting => {
  const sizing = /^sizing\.(\w+)$/.exec(path)?.[1];
  const kind = sizing === undefined ? null : sizing === 'fraction' ? 'equity' : sizing === 'period' ? 'volatility' : sizing;
  return { path, axis, meaning, ...rule, kind: kind as Setting['kind'] };
};
const SHARE = { advice: 'Write a fraction from 0 to below 1: 0.001 is 0.1 %.', holds: (x: number) => x >= 0 && x < 1 };
const AMOUNT = { advice: 'Write an amount of 0 or more.', holds: (x: number) => x >= 0 && x < Infinity };
const SOME = { advice: 'Write an amount above 0.', holds: (x: number) => x > 0 && x < Infinity };
const PART = { advice: 'Write a fraction above 0 and at most 1.', holds: (x: number) => x > 0 && x <= 1 };

/** Every number that may be swept, in the order in which their axes follow the text's. */
export const SETTINGS: readonly Setting[] = [
  setting('commission.relative', 'commission', 'of the traded value, on every fill', SHARE),
  setting('commission.fixed', 'commission_fixed', 'in the account currency, on every fill', AMOUNT),
  setting('commission.perUnit', 'commission_per_unit', 'in the account currency, for each unit of a fill', AMOUNT),
  setting('commission.minimum', 'commission_minimum', 'least that the relative and the unit part of a fill cost', AMOUNT),
  setting('slippage', 'slippage', 'of the price, against the trader, on every market and stop fill', SHARE),
  setting('slippageTicks', 'slippage_ticks', 'ticks against the trader, on every market and stop fill', AMOUNT),
  setting('halfSpread', 'half_spread', 'price units that buys pay above the price and sells get below it', AMOUNT),
  setting('funding.short', 'funding_short', 'of the value of a short position, per calendar day it is held over', SHARE),
  setting('funding.leverage', 'funding_leverage', 'of the borrowed money, per calendar day a position is held over', SHARE),
  setting('sizing.fraction', 'size_fraction', 'of the equity, that an entry buys for; above 1 needs leverage', {
    advice: 'Write a fraction above 0 and at most 1000.',
    holds: (x) => x > 0 && x <= 1000,
  }),
  setting('sizing.cash', 'size_cash', 'in the account currency, that an entry buys for', SOME),
  setting('sizing.units', 'size_units', 'units that an entry buys', SOME),
  setting('sizing.risk', 'size_risk', 'of the equity, that is lost at the initial stop', PART),
  setting('sizing.volatility', 'size_volatility', 'of the equity, that a move by one average true range changes', PART),
  setting('sizing.period', 'size_period', 'bars of that average true range', {
    advice: 'Write a whole number from 1 to 100000.',
    holds: (x) => x >= 1 && x <= 100_000,
  }),
  setting('lotStep', 'lot_step', 'units: a quantity is a multiple of it, rounded down; 0 is none', AMOUNT),
  setting('leverage', 'leverage', "a position's value is at most so many times the equity", {
    advice: 'Write a number from 1 to 1000.',
    holds: (x) => x >= 1 && x <= 1000,
  }),
  setting('maintenance', 'maintenance', "margin call where equity is below this fraction of the position's value", SHARE),
];

type Numbers = Readonly<Record<string, number | Readonly<Record<string, number>>>>;

/** The number or spelling that stands at a setting's path. */
export function settingAt(of: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Readonly<Record<string, unknown>>)[key], of);
}

/** A copy with other values at some paths. */
export function withSettings<T extends object>(of: T, values: ReadonlyMap<string, unknown>): T {
  const copy = { ...of } as Record<string, unknown>;
  for (const [path, value] of values) {
    const [key, inner] = path.split('.') as [string, string?];
    copy[key] = inner === undefined ? value : { ...(copy[key] as Numbers), [inner]: value };
  }
  return copy as T;
}

/** The execution of one trial, its swept settings read from the trial's values. */
export function executionAt(execution: Execution, values: ArrayLike<number>): Execution {
  if (execution.swept.length === 0) return execution;
  return { ...withSettings(execution, new Map(execution.swept.map(({ path, axis }) => [path, values[axis]!]))), swept: [] };
}

/** The value at which a setting has no effect, or the usual one of a size. */
export function neutralSetting(path: string): number {
  return settingAt(NEUTRAL_EXECUTION, path) as number;
}
