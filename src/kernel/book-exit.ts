import { FIXED, MINIMUM, PER_UNIT, RELATIVE, SLIPPAGE, SPREAD } from './costs.ts';
import type { Course } from './course.ts';
import {
  BEST,
  CASH,
  ENTRY_COST,
  EXIT_BAR,
  EXIT_BASE,
  EXIT_COST,
  EXIT_PRICE,
  EXIT_REASON,
  FILL,
  FUNDING,
  GAIN,
  HELD,
  LOSS,
  PNL,
  QUANTITY,
  RETURN_SHIFT,
  RETURN_SQUARES,
  RETURNS,
  TRADE_PNL,
  TRADES,
  UNITS,
  WINS,
  WORST_TRADE,
  type Ledger,
} from './ledger.ts';
import { OPEN, TARGETED } from './reasons.ts';

/** Books the trade under way, which ended as the ledger's EXIT_… say; one that stays open is valued at the last close. */
export function bookExit(course: Course, ledger: Ledger, side: number, entryBar: number): void {
  const { costs, close, count } = course;
  const reason = ledger[EXIT_REASON]!;
  const exitBar = ledger[EXIT_BAR]!;
  const held = ledger[UNITS]!;
  const quantity = ledger[QUANTITY]!;
  const entryPrice = ledger[FILL]!;
  const entryCost = ledger[ENTRY_COST]!;
  const funding = ledger[FUNDING]!;
  ledger[HELD] = ledger[HELD]! + (exitBar - entryBar);
  if (reason === OPEN) {
    const gross = held * (close[count - 1]! - entryPrice);
    ledger[CASH] = ledger[CASH]! + gross;
    ledger[EXIT_PRICE] = close[count - 1]!;
    ledger[EXIT_COST] = 0;
    ledger[TRADE_PNL] = gross - entryCost - funding;
    return;
  }
  const base = ledger[EXIT_BASE]!;
  const slippage = costs[SLIPPAGE]!;
  const exitPrice =
    reason === TARGETED ? base : base * (base < 0 ? 1 + side * slippage : 1 - side * slippage) - side * costs[SPREAD]!;
  const gross = held * (exitPrice - entryPrice);
  const variable = quantity * Math.abs(exitPrice) * costs[RELATIVE]! + quantity * costs[PER_UNIT]!;
  const exitCost = Math.max(variable, costs[MINIMUM]!) + costs[FIXED]!;
  const pnl = gross - entryCost - exitCost - funding;
  const tradeReturn = pnl / (quantity * entryPrice);
  const shifted = tradeReturn - ledger[RETURN_SHIFT]!;
  ledger[EXIT_PRICE] = exitPrice;
  ledger[EXIT_COST] = exitCost;
  ledger[TRADE_PNL] = pnl;
  ledger[CASH] = ledger[CASH]! + gross - exitCost;
  ledger[TRADES] = ledger[TRADES]! + 1;
  ledger[WINS] = ledger[WINS]! + Number(pnl > 0);
  ledger[GAIN] = ledger[GAIN]! + Math.max(pnl, 0);
  ledger[LOSS] = ledger[LOSS]! + Math.max(-pnl, 0);
  ledger[PNL] = ledger[PNL]! + pnl;
  ledger[RETURNS] = ledger[RETURNS]! + shifted;
  ledger[RETURN_SQUARES] = ledger[RETURN_SQUARES]! + shifted * shifted;
  ledger[BEST] = Math.max(ledger[BEST]!, tradeReturn);
  ledger[WORST_TRADE] = Math.min(ledger[WORST_TRADE]!, tradeReturn);
}
