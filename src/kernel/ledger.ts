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

export const AMBIGUOUS = 24; // bars that touched stop and target

// The trade under way, for the functions that share it.
export const QUANTITY = 25; // > 0
export const BORROWED = 26; // money beyond the equity that a long entry took
export const FUNDING = 27; // paid in the trade
export const EXIT_BAR = 28;
export const EXIT_BASE = 29; // price of the exit before slippage and spread; of a target the fill
export const EXIT_REASON = 30; // code of kernel/reasons
export const LEAVE_BAR = 31; // whose signals ended it
export const HELD_EXIT = 32; // 1 where the exit that reads the position did
export const TRADE_AMBIGUOUS = 33; // 1 where its last bar touched stop and target
export const ENTRY_COST = 34;
export const EXIT_COST = 35;
export const EXIT_PRICE = 36; // fill
export const TRADE_PNL = 37;

export const SAMPLED = 38; // equity at the sample that is being booked

export const LEDGER_LENGTH = 39;

// Behind it, where block moments are wanted (metrics/blocks).
export const PART_SUM = 39; // SUM, SQUARES and MOVED where the part under way began: kernel/block-moments
export const PART_SQUARES = 40;
export const PART_MOVED = 41;
export const PART_BLOCK = 42; // of kernel/book-trades
export const MOMENTS = 43; // Σ r of each block, then Σ r² of each; r without the shift

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
