import type { Execution } from '../strategy/execution.ts';
import type { SizeRule } from '../strategy/plan.ts';

/** Fill price of a market or stop order. @param direction 1 buys, −1 sells */
export function marketFill(
  { slippage, slippageTicks, halfSpread }: Execution,
  tick: number,
  price: number,
  direction: number,
): number {
  const towards = price < 0 ? -direction : direction;
  return price * (1 + towards * slippage) + direction * (halfSpread + slippageTicks * tick);
}

/** Account currency of one fill. */
export function commissionOf({ commission }: Execution, quantity: number, price: number): number {
  const { relative, fixed, perUnit, minimum } = commission;
  return Math.max(quantity * Math.abs(price) * relative + quantity * perUnit, minimum) + fixed;
}

/** Units whose value and commission together are `money`. */
function unitsFor(money: number, price: number, { commission }: Execution): number {
  const { relative, fixed, perUnit, minimum } = commission;
  const units = (money - fixed) / (price * (1 + relative) + perUnit);
  return units * (price * relative + perUnit) < minimum ? (money - fixed - minimum) / price : units;
}

/** What an entry's size is made of: the text's `size` line, or the execution's sizing. */
export interface PlainSize {
  readonly kind: SizeRule['kind'];
  readonly amount: number;
  readonly per: number; // price movement of one unit, of `volatility`
}

/**
 * Units of an entry; 0 or NaN is none.
 * @param gap from the entry's price to its initial stop, positive on the losing side; NaN without one
 */
export function unitsOf(
  execution: Execution,
  { kind, amount, per }: PlainSize,
  equity: number,
  price: number,
  gap: number,
): number {
  const wished = (): number => {
    switch (kind) {
      case 'equity':
        return unitsFor(equity * amount, price, execution);
      case 'cash':
        return unitsFor(amount, price, execution);
      case 'units':
        return amount;
      case 'risk':
        return gap > 0 ? (equity * amount) / gap : NaN;
      case 'volatility':
        return per > 0 ? (equity * amount) / per : NaN;
    }
  };
  if (!(price > 0)) return 0;
  const allowed = unitsFor(equity * execution.leverage, price, execution);
  return roundDown(Math.min(wished(), allowed), execution);
}

/** The largest multiple of the lot step, or whole number, that is not above. */
function roundDown(quantity: number, { units, lotStep }: Execution): number {
  if (lotStep === 0) return units === 'whole' ? Math.floor(quantity) : quantity;
  const lots = Math.floor(quantity / lotStep);
  return (lots + 1) * lotStep <= quantity ? (lots + 1) * lotStep : lots * lotStep;
}
