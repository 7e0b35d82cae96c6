import type { RangeSpelling } from '../space/range.ts';

/**
 * How signals become fills and money: plain numbers, as the kernel reads them. Fractions: 0.001 = 0.1 %. Money is in the account's
 * currency, prices in the file's unit. docs/execution.md has a sentence for every field.
 */
export interface Execution {
  readonly fill: 'nextOpen' | 'close'; // signal at close of t fills at open[t+1], or at close[t]
  readonly sides: 'both' | 'long' | 'short'; // whose entries count; the other side's rules to enter are as if not written
  readonly onOpposite: 'reverse' | 'exit' | 'ignore';
  /** Which level a bar that touches stop and target reached first: the stop, the target, or the one nearer to its open. */
  readonly insideBar: 'pessimistic' | 'optimistic' | 'nearest';
  readonly atEnd: 'close' | 'mark';
  /** Of each fill: max(|value| × relative + quantity × perUnit, minimum) + fixed. */
  readonly commission: {
    readonly relative: number; // of the traded value
    readonly fixed: number; // account currency per fill
    readonly perUnit: number; // account currency per unit
    readonly minimum: number; // account currency per fill, of the two that depend on the size
  };
  readonly slippage: number; // fraction of the price, against the trader, on every market and stop fill
  readonly slippageTicks: number; // as slippage, in ticks
  readonly tickSize: number; // price units; 0 takes the smallest step that the file's prices are written with
  readonly halfSpread: number; // price units: buys pay it on top of the bar's price, sells get it less
  /** Per calendar day that a position is held over: fractions of the value, and of the money, that is borrowed. */
  readonly funding: { readonly short: number; readonly leverage: number };
  readonly capital: number; // account currency at the first scored bar
  readonly sizing: Sizing;
  readonly units: 'fractional' | 'whole';
  readonly lotStep: number; // units: quantities are multiples of it, rounded down; 0 is none
  readonly leverage: number; // ≥ 1: a position's value and commission are at most so many times the equity
  readonly maintenance: number; // margin call at a close where equity is below this fraction of the position's value; 0 is never
  /** Settings that a trial reads from its axis values in place of the number above. */
  readonly swept: readonly SweptSetting[];
}

/**
 * What an entry is sized by, where the strategy's text does not say. Read is what belongs to the kind: `fraction` for equity,
 * `volatility` and `period` for volatility, the key of the same name for the others.
 */
export interface Sizing {
  readonly kind: 'equity' | 'cash' | 'units' | 'risk' | 'volatility';
  readonly fraction: number; // of the equity, that is spent, commission included; above 1 needs leverage
  readonly cash: number; // account currency that is spent, commission included
  readonly units: number;
  readonly risk: number; // fraction of the equity that is lost at the initial stop, before costs
  readonly volatility: number; // fraction of the equity that a move by one average true range changes
  readonly period: number; // bars of that average true range
}

export interface SweptSetting {
  readonly path: string; // of SETTINGS: `commission.relative`
  readonly axis: number; // index into the study's axes
}

/** As the study document has it: a cost or a size may be a range or list in place of a number, and is then an axis. */
export type ExecutionSettings = Spelled<Omit<Execution, 'swept' | 'capital' | 'tickSize'>> &
  Pick<Execution, 'capital' | 'tickSize'>;

type Spelled<T> = {
  readonly [K in keyof T]: T[K] extends number ? number | RangeSpelling : T[K] extends string ? T[K] : Spelled<T[K]>;
};

/** Costs nothing, all equity, and every setting at the value at which it has no effect. */
export const NEUTRAL_EXECUTION: Execution = {
  fill: 'nextOpen',
  sides: 'both',
  onOpposite: 'reverse',
  insideBar: 'pessimistic',
  atEnd: 'close',
  commission: { relative: 0, fixed: 0, perUnit: 0, minimum: 0 },
  slippage: 0,
  slippageTicks: 0,
  tickSize: 0,
  halfSpread: 0,
  funding: { short: 0, leverage: 0 },
  capital: 10_000,
  sizing: { kind: 'equity', fraction: 1, cash: 1000, units: 1, risk: 0.01, volatility: 0.01, period: 14 },
  units: 'fractional',
  lotStep: 0,
  leverage: 1,
  maintenance: 0,
  swept: [],
};
