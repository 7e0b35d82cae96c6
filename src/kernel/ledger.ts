/**
 * A trial's running account: one Float64Array, so that the functions that share it pass no doubles (a double that crosses a
 * call which is not inlined is put on the heap) and nothing is allocated per trial.
 */
export type Ledger = Float64Array;

// Money.
export const CASH = 0; // equity while flat; in a trade, equity before its price moved: after the entry's commission
export const UNITS = 1; // signed quantity held
export const FILL = 2; // fill price of the entry: equity in a trade is CASH + UNITS × (close − FILL)
export const LAST = 3; // equity at the last sample
export const PEAK = 4; // highest equity at a close, or the capital
export const WORST = 5; // smallest equity ÷ peak
export const FLOOR = 6; // WORST × PEAK: only below it there is a new worst

// Sampled returns r, as sums of r − SHIFT over the samples at which equity could move.
export const SUM = 7;
export const SQUARES = 8;
export const DOWN = 9; // Σ min(r, 0)²
export const MOVED = 10; // count of these samples; at the others r is 0
export const SHIFT = 11;

// Trades; a return is pnl ÷ (quantity × entry price).
export const TRADES = 12;
export const WINS = 13;
export const GAIN = 14; // Σ pnl > 0
export const LOSS = 15; // −Σ pnl < 0
export const PNL = 16;
export const RETURNS = 17; // Σ (return − RETURN_SHIFT)
export const RETURN_SQUARES = 18;
export const BEST = 19;
export const WORST_TRADE = 20;
export const RETURN_SHIFT = 21;
export const ENTRIES = 22; // filled
export const HELD = 23; // closes at which a position is held

export const LEDGER_LENGTH = 24;

/** Opens the account; the two shifts are set by the caller. */
export function openLedger(ledger: Ledger, capital: number): void {
  const shift = ledger[SHIFT]!;
  const returnShift = ledger[RETURN_SHIFT]!;
  ledger.fill(0);
  ledger[SHIFT] = shift;
  ledger[RETURN_SHIFT] = returnShift;
  ledger[CASH] = capital;
  ledger[LAST] = capital;
  ledger[PEAK] = capital;
  ledger[WORST] = 1;
  ledger[FLOOR] = capital;
  ledger[BEST] = -Infinity;
  ledger[WORST_TRADE] = Infinity;
}
