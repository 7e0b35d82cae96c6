/**
 * What one trial did, for metrics that sums do not give: every closed trade and the equity at every scored close. Memory is
 * taken once per worker and written anew by each trial; one bar can fill at most one entry, so that a trade per bar is room enough.
 */
export interface Tape {
  readonly startBar: number;
  /** Per bar from `startBar` on: equity at its close, account currency; 0 after ruin. */
  readonly equity: Float64Array;
  trades: number; // closed so far
  // Per closed trade, in the order of the exits.
  readonly side: Int8Array; // 1 long, −1 short
  readonly held: Int32Array; // exit bar − entry bar
  readonly pnl: Float64Array; // account currency, after costs
  readonly costs: Float64Array; // account currency: commissions and what holding cost
  readonly entryValue: Float64Array; // quantity × fill price
  readonly exitValue: Float64Array;
}

/** @param count of bars; those from `startBar` on are scored */
export function createTape(count: number, startBar: number): Tape {
  const trades = count + 1;
  return {
    startBar,
    equity: new Float64Array(count - startBar),
    trades: 0,
    side: new Int8Array(trades),
    held: new Int32Array(trades),
    pnl: new Float64Array(trades),
    costs: new Float64Array(trades),
    entryValue: new Float64Array(trades),
    exitValue: new Float64Array(trades),
  };
}

/** Equity is `cash` at the closes of bars [from, to). */
export function tapeRest({ equity, startBar }: Tape, from: number, to: number, cash: number): void {
  if (from < to) equity.fill(cash, from - startBar, to - startBar);
}

/** Equity at the closes of bars [from, to), of `units` held since a fill at `fill`; `cash` is equity before the price moved. */
export function tapeHold(
  { equity, startBar }: Tape,
  close: Float64Array,
  from: number,
  to: number,
  cash: number,
  units: number,
  fill: number,
): void {
  for (let i = from; i < to; i++) equity[i - startBar] = cash + units * (close[i]! - fill);
}

/** Room for the next closed trade. @returns its place */
export function tapeTrade(tape: Tape, side: number, held: number): number {
  const k = tape.trades++;
  tape.side[k] = side;
  tape.held[k] = held;
  return k;
}
