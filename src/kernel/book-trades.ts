import { BLOCKS } from '../metrics/blocks.ts';
import { COMPLETE, NO_TRADES } from '../metrics/state.ts';
import { BLOCK_SHIFT } from '../strategy/held-memory.ts';
import { blockAt } from './block-moments.ts';
import { RELATIVE } from './costs.ts';
import type { Course } from './course.ts';
import { rangePieces, type HeldTables } from './held-tables.ts';
import {
  BEST,
  CASH,
  DOWN,
  ENTRIES,
  FLOOR,
  GAIN,
  HELD,
  LAST,
  LOSS,
  MOMENTS,
  PART_BLOCK,
  PART_SQUARES,
  PART_SUM,
  PEAK,
  PNL,
  RETURN_SQUARES,
  RETURNS,
  SQUARES,
  SUM,
  TRADES,
  WINS,
  WORST,
  WORST_TRADE,
  type Ledger,
} from './ledger.ts';
import { rest } from './scan.ts';

/**
 * Ends an account that `bookTrades` kept: the last part of its block moments, and the bars behind the last trade. A part is what was
 * added to the sums since the last sample of an earlier block, so that a trade inside one block adds nothing of its own.
 *
 * @returns the trial's state
 */
export function closeBooking(course: Course, ledger: Ledger, restFrom: number): number {
  if (course.blocks !== null) {
    const block = ledger[PART_BLOCK]!;
    ledger[MOMENTS + block] = ledger[MOMENTS + block]! + (ledger[SUM]! - ledger[PART_SUM]!);
    ledger[SQUARED + block] = ledger[SQUARED + block]! + (ledger[SQUARES]! - ledger[PART_SQUARES]!);
  }
  rest(course, ledger, restFrom, course.count);
  return ledger[ENTRIES]! > 0 ? COMPLETE : NO_TRADES;
}

/** Where Σ r² of the blocks begins. */
const SQUARED = MOMENTS + BLOCKS;

/** Scratch of one call. */
const PIECES = new Int32Array(4);

/** Trades of a trial in the order of time: where they were filled and at which prices. The caller's memory. */
export interface Fills {
  readonly sides: Int8Array; // 1 long, −1 short
  readonly entryBars: Int32Array;
  readonly entryPrices: Float64Array; // slippage included
  readonly exitBars: Int32Array; // ≥ the entry bar
  readonly exitPrices: Float64Array; // slippage included; NaN: still open, valued at the close before the exit bar
}

export function createFills(most: number): Fills {
  return {
    sides: new Int8Array(most).fill(1),
    entryBars: new Int32Array(most),
    entryPrices: new Float64Array(most),
    exitBars: new Int32Array(most),
    exitPrices: new Float64Array(most),
  };
}

/**
 * Books trades that each spend the whole equity, where every cost is a share of the traded value: inside a long one equity is
 * proportional to the price, so what its bars add comes from `HeldTables`; the bars of a short one are walked. The same account as
 * simulate's bar by bar, but for the rounding of sums. The sums are around 0: where `needsShift` says that they cancel, or where a
 * short was ruined (cash is then NaN), the trial is run bar by bar.
 *
 * @param first of `fills` that is booked
 * @param end behind the last one; only the last may be open
 * @param ledger after `openLedger`, or as an earlier call left it
 * @param restFrom first bar that is not booked yet
 * @returns the first bar that is not booked now
 */
export function bookTrades(
  course: Course,
  tables: HeldTables,
  fills: Fills,
  first: number,
  end: number,
  ledger: Ledger,
  restFrom: number,
): number {
  const { nextSample, close, blocks } = course;
  const relative = course.costs[RELATIVE]!;
  const { moves, falls } = tables;
  const { sides, entryBars, entryPrices, exitBars, exitPrices } = fills;
  let cash = ledger[CASH]!;
  let last = ledger[LAST]!;
  let peak = ledger[PEAK]!;
  let worst = ledger[WORST]!;
  let floor = ledger[FLOOR]!;
  let sum = ledger[SUM]!;
  let squares = ledger[SQUARES]!;
  let down = ledger[DOWN]!;
  let held = ledger[HELD]!;
  let closed = 0;
  let wins = 0;
  let gain = ledger[GAIN]!;
  let loss = ledger[LOSS]!;
  let total = ledger[PNL]!;
  let returns = ledger[RETURNS]!;
  let returnSquares = ledger[RETURN_SQUARES]!;
  let best = ledger[BEST]!;
  let worstTrade = ledger[WORST_TRADE]!;
  // Block moments: the part under way, see `closeBooking`; it ends before bar `partEnd`, the one after its block's last sample. Three
  // places end it, written out: a function over the ledger in their place took a fifth more of what block moments cost.
  let block = blocks === null ? 0 : ledger[PART_BLOCK]!;
  let partEnd = blocks === null ? 0x7fffffff : blocks.ends[block]!;
  let partSum = blocks === null ? 0 : ledger[PART_SUM]!;
  let partSquares = blocks === null ? 0 : ledger[PART_SQUARES]!;

  for (let k = first; k < end; k++) {
    const entryBar = entryBars[k]!;
    const exitBar = exitBars[k]!;
    const entryPrice = entryPrices[k]!;
    const exitPrice = exitPrices[k]!;
    const side = sides[k]!;

    // Flat from the last exit to the entry: equity moved at the first of these bars, if at all.
    if (restFrom < entryBar) {
      if (cash > peak) {
        peak = cash;
        floor = worst * cash;
      } else if (cash < floor) {
        worst = cash / peak;
        floor = cash;
      }
      const sample = nextSample === null ? restFrom : nextSample[restFrom]!;
      if (cash !== last && sample < entryBar) {
        const r = cash / last - 1;
        const fall = Math.min(r, 0);
        if (sample >= partEnd) {
          ledger[MOMENTS + block] = ledger[MOMENTS + block]! + (sum - partSum);
          ledger[SQUARED + block] = ledger[SQUARED + block]! + (squares - partSquares);
          partSum = sum;
          partSquares = squares;
          block = blocks!.of[sample]!;
          partEnd = blocks!.ends[block]!;
        }
        sum += r;
        squares += r * r;
        down += fall * fall;
        last = cash;
      }
    }

    const quantity = cash / (entryPrice * (1 + relative));
    const entryValue = quantity * entryPrice;
    const entryCost = entryValue * relative;
    const paid = cash - entryCost;

    // Held at the closes of [entryBar, exitBar).
    if (side < 0) {
      held += exitBar - entryBar;
      for (let i = entryBar; i < exitBar;) {
        // The bars of one block, where block moments are wanted.
        if (i >= partEnd) {
          ledger[MOMENTS + block] = ledger[MOMENTS + block]! + (sum - partSum);
          ledger[SQUARED + block] = ledger[SQUARED + block]! + (squares - partSquares);
          partSum = sum;
          partSquares = squares;
          block = blockAt(blocks!, nextSample, i);
          partEnd = blocks!.ends[block]!;
        }
        const stop = Math.min(exitBar, partEnd);
        for (; i < stop; i++) {
          const equity = paid - quantity * (close[i]! - entryPrice);
          if (equity > peak) {
            peak = equity;
            floor = worst * peak;
          } else if (equity < floor) {
            if (equity <= 0) {
              ledger[CASH] = NaN;
              return exitBar;
            }
            worst = equity / peak;
            floor = equity;
          }
          if (nextSample !== null && nextSample[i] !== i) continue;
          const r = equity / last - 1;
          const fall = (r - Math.abs(r)) * 0.5;
          sum += r;
          squares += r * r;
          down += fall * fall;
          last = equity;
        }
      }
    } else if (entryBar < exitBar) {
      held += exitBar - entryBar;
      const sample = nextSample === null ? entryBar : nextSample[entryBar]!;
      if (sample < exitBar) {
        const r = (quantity * moves[4 * sample + 3]!) / last - 1;
        const fall = Math.min(r, 0);
        const to = 4 * (exitBar - 1);
        const from = 4 * sample;
        if (sample >= partEnd) {
          ledger[MOMENTS + block] = ledger[MOMENTS + block]! + (sum - partSum);
          ledger[SQUARED + block] = ledger[SQUARED + block]! + (squares - partSquares);
          partSum = sum;
          partSquares = squares;
          block = blocks!.of[sample]!;
          partEnd = blocks!.ends[block]!;
        }
        if (exitBar > partEnd) {
          const lastBlock = blocks!.of[exitBar - 1]!;
          for (; block < lastBlock; block++) {
            const until = 4 * (blocks!.ends[block]! - 1);
            const sumThen = sum + (r + (moves[until]! - moves[from]!));
            const squaresThen = squares + (r * r + (moves[until + 1]! - moves[from + 1]!));
            ledger[MOMENTS + block] = ledger[MOMENTS + block]! + (sumThen - partSum);
            ledger[SQUARED + block] = ledger[SQUARED + block]! + (squaresThen - partSquares);
            partSum = sumThen;
            partSquares = squaresThen;
          }
          partEnd = blocks!.ends[block]!;
        }
        sum += r + (moves[to]! - moves[from]!);
        squares += r * r + (moves[to + 1]! - moves[from + 1]!);
        down += fall * fall + (moves[to + 2]! - moves[from + 2]!);
        last = quantity * moves[to + 3]!;
      }

      const lastHeld = exitBar - 1;
      if (entryBar >>> BLOCK_SHIFT === lastHeld >>> BLOCK_SHIFT) {
        for (let i = entryBar; i <= lastHeld; i++) {
          const equity = quantity * close[i]!;
          if (equity > peak) {
            peak = equity;
            floor = worst * peak;
          } else if (equity < floor) {
            worst = equity / peak;
            floor = equity;
          }
        }
      } else {
        const pieceCount = rangePieces(course.count, entryBar, lastHeld, PIECES);
        for (let p = 0; p < pieceCount; p++) {
          const at = PIECES[p]!;
          const low = quantity * falls[at + 1]!;
          if (low < floor) {
            worst = low / peak;
            floor = low;
          }
          const fall = falls[at + 2]!;
          if (fall < worst) {
            worst = fall;
            floor = worst * peak;
          }
          const high = quantity * falls[at]!;
          if (high > peak) {
            peak = high;
            floor = worst * peak;
          }
        }
      }
    }

    restFrom = exitBar;
    if (exitPrice !== exitPrice) {
      cash = paid + side * quantity * (close[exitBar - 1]! - entryPrice);
      ledger[ENTRIES] = ledger[ENTRIES]! + 1;
      continue;
    }
    const gross = side * quantity * (exitPrice - entryPrice);
    const exitCost = quantity * exitPrice * relative;
    const pnl = gross - entryCost - exitCost;
    const tradeReturn = pnl / entryValue;
    cash = paid + gross - exitCost;
    if (side < 0 && cash <= 0) {
      ledger[CASH] = NaN;
      return exitBar;
    }
    closed++;
    wins += Number(pnl > 0);
    gain += Math.max(pnl, 0);
    loss += Math.max(-pnl, 0);
    total += pnl;
    returns += tradeReturn;
    returnSquares += tradeReturn * tradeReturn;
    best = Math.max(best, tradeReturn);
    worstTrade = Math.min(worstTrade, tradeReturn);
  }

  if (blocks !== null) {
    ledger[PART_BLOCK] = block;
    ledger[PART_SUM] = partSum;
    ledger[PART_SQUARES] = partSquares;
  }
  ledger[CASH] = cash;
  ledger[LAST] = last;
  ledger[PEAK] = peak;
  ledger[WORST] = worst;
  ledger[FLOOR] = floor;
  ledger[SUM] = sum;
  ledger[SQUARES] = squares;
  ledger[DOWN] = down;
  ledger[HELD] = held;
  ledger[TRADES] = ledger[TRADES]! + closed;
  ledger[ENTRIES] = ledger[ENTRIES]! + closed;
  ledger[WINS] = ledger[WINS]! + wins;
  ledger[GAIN] = gain;
  ledger[LOSS] = loss;
  ledger[PNL] = total;
  ledger[RETURNS] = returns;
  ledger[RETURN_SQUARES] = returnSquares;
  ledger[BEST] = best;
  ledger[WORST_TRADE] = worstTrade;
  return restFrom;
}
