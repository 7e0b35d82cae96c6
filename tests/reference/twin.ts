import type { Execution } from '../../src/strategy/execution.ts';

/** What the slow twin of the kernel reads and gives. */
export interface TwinMarket {
  readonly open: ArrayLike<number>;
  readonly high: ArrayLike<number>;
  readonly low: ArrayLike<number>;
  readonly close: ArrayLike<number>;
  readonly time: ArrayLike<number>;
  readonly date: ArrayLike<number>; // yyyymmdd
  readonly tick: number; // price units
}

/** What the strategy says at the close of a bar. */
export interface TwinSignal {
  readonly enterLong: boolean;
  readonly exitLong: boolean;
  readonly enterShort: boolean;
  readonly exitShort: boolean;
}

export interface TwinLevel {
  readonly kind: 'fraction' | 'distance' | 'level';
  readonly at: (bar: number) => number;
}

export interface TwinOrders {
  readonly stops: readonly TwinLevel[];
  readonly targets: readonly TwinLevel[];
  readonly trails: readonly TwinLevel[];
  readonly breakEvens: readonly TwinLevel[];
  readonly exitAfter: number | null;
}

/** What a strategy can ask about the position at the close of a bar. */
export interface TwinView {
  readonly bars_held: number;
  readonly entry_price: number;
  readonly max_since_entry: number;
  readonly min_since_entry: number;
  readonly open_profit: number;
}

export interface TwinStrategy {
  readonly signalAt: (bar: number) => TwinSignal;
  readonly orders?: { readonly long: TwinOrders; readonly short: TwinOrders };
  readonly leaves?: (side: number, bar: number, view: TwinView) => boolean;
  readonly size?: {
    readonly kind: Execution['sizing']['kind'];
    readonly amount: (bar: number) => number;
    readonly per: (bar: number) => number;
  };
}

export interface TwinScoring {
  readonly startBar: number;
  readonly firstSignalBar: number;
  readonly returns: 'bar' | 'day';
  readonly periodsPerYear: number;
}

export interface TwinTrade {
  readonly side: number;
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly quantity: number;
  readonly pnl: number;
  readonly costs: number;
  readonly mae: number;
  readonly mfe: number;
  readonly reason: string;
  readonly open: boolean;
  readonly ambiguous: boolean;
}

export interface TwinResult {
  readonly state: 'complete' | 'noTrades' | 'ruined';
  readonly equity: readonly number[]; // per scored bar
  readonly sides: readonly number[]; // per scored bar, held at its close
  readonly trades: readonly TwinTrade[];
  readonly metrics: Readonly<Record<string, number>>;
}

/** Mistakes that a test puts into the twin, to prove that a comparison with it would notice them. */
export type Mutant = 'none' | 'stop after target' | 'commission once' | 'fill at the signal bar' | 'look-ahead by one';
