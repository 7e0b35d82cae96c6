import type { TrialState } from './state.ts';

/** Why a trade ended. The order is that of the codes in the kernel's records. */
export const EXIT_REASONS = [
  'signal',
  'opposite',
  'stop',
  'target',
  'trail',
  'breakEven',
  'time',
  'margin',
  'end',
  'ruin',
] as const;
export type ExitReason = (typeof EXIT_REASONS)[number];

/** One round trip, net of costs. */
export interface Trade {
  readonly side: 'long' | 'short';
  readonly entryBar: number; // bar of the fill
  readonly exitBar: number;
  readonly entryTime: number; // UTC ms of that bar's open
  readonly exitTime: number;
  readonly entryPrice: number; // fill price, slippage included
  readonly exitPrice: number;
  readonly quantity: number; // units, > 0; the side tells the sign
  readonly pnl: number; // account currency, after commissions and funding
  readonly returnFraction: number; // pnl ÷ (quantity × entryPrice)
  readonly costs: number; // account currency: commissions and funding; slippage and spread are in the prices
  /**
   * Worst and best move of the price against the entry while the trade lasted, ≤ 0 and ≥ 0: side × (price ÷ entryPrice − 1). Of the
   * bar of an exit at the open or inside the bar only the exit counts.
   */
  readonly mae: number;
  readonly mfe: number;
  readonly reason: ExitReason;
  readonly open: boolean; // atEnd 'mark': still open, valued at the last close, in no trade statistic
  readonly flagged: boolean; // closed by the end of the data
  readonly ambiguous: boolean; // its last bar touched stop and target, and nothing tells which came first
}

/** The full report of one trial, from a plain per-bar path that shares no code with the sweep's. */
export interface TrialReport {
  readonly state: TrialState;
  readonly startBar: number; // first scored bar
  readonly capital: number; // account currency before the first scored bar
  /** Length bars.count − startBar, account currency at each scored bar's close. */
  readonly equity: Float64Array;
  /** Same length: equity ÷ running peak − 1, ≤ 0; the peak starts at the capital. */
  readonly drawdown: Float64Array;
  /** Same length: −1, 0, 1: side held at the close. */
  readonly position: Int8Array;
  /** Same length: the stop and the target that stood through the bar; NaN where there was none. */
  readonly stops: Float64Array;
  readonly targets: Float64Array;
  readonly trades: readonly Trade[];
  /** Every metric key, computed from equity and trades. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly buyHold: number; // total return of holding from the first scored close to the last close, no costs
}

/** What opening a trial gives: the row re-run by the sweep's own path, and the report to compare it with. */
export interface TrialDetail {
  readonly state: number; // as in Rows
  readonly row: Float64Array; // metric columns of the study, in column order; must equal the stored row's bytes
  readonly report: TrialReport;
  readonly plots: readonly { readonly name: string; readonly pane: 'price' | 'own'; readonly values: Float64Array }[]; // length bars.count
}
