import type { Execution } from '../strategy/execution.ts';
import type { Plan, SizeRule } from '../strategy/plan.ts';
import { amountAt, createAmounts, loadAmounts, type Amounts } from './amounts.ts';
import { FIXED, LEVERAGE, LOT_STEP, MINIMUM, PER_UNIT, RELATIVE, SIZE, type Costs } from './costs.ts';
import type { Evaluator } from './evaluator.ts';
import { STOP, trailLevel, type Guard } from './guard.ts';
import { CASH, FILL, QUANTITY, type Ledger } from './ledger.ts';

/** What an entry's size is made of: the text's `size` line, or the execution's sizing. */
export interface Sizer {
  readonly kind: SizeRule['kind'];
  readonly amounts: Amounts | null; // the text's: the amount, then the movement of one unit; null: SIZE of the costs
  readonly whole: boolean;
}

export function createSizer({ size }: Plan, { sizing, units }: Execution): Sizer {
  const whole = units === 'whole';
  if (size === null) return { kind: sizing.kind, amounts: null, whole };
  return { kind: size.kind, amounts: createAmounts(size.per === null ? [size.node] : [size.node, size.per]), whole };
}

export function loadSizer({ amounts }: Sizer, plan: Plan, evaluator: Evaluator): void {
  if (amounts !== null) loadAmounts(amounts, plan, evaluator);
}

/**
 * Writes an entry's QUANTITY from the ledger's CASH and FILL; what is not above 0 is no entry.
 * @param guard raised already: the risk counts to its first stop
 */
export function sizeEntry(
  { kind, amounts, whole }: Sizer,
  costs: Costs,
  guard: Guard,
  ledger: Ledger,
  side: number,
  signalBar: number,
): void {
  const cash = ledger[CASH]!;
  const price = ledger[FILL]!;
  ledger[QUANTITY] = 0;
  if (!(price > 0)) return;
  const amount = amounts === null ? costs[SIZE]! : amountAt(amounts, 0, signalBar);
  let units: number;
  if (kind === 'equity' || kind === 'cash') {
    units = unitsFor(kind === 'equity' ? cash * amount : amount, price, costs);
  } else if (kind === 'units') {
    units = amount;
  } else {
    const per =
      kind === 'risk'
        ? side * price - Math.max(guard.levels[STOP]!, trailLevel(guard, side, price))
        : amounts === null
          ? 0
          : amountAt(amounts, 1, signalBar);
    if (!(per > 0)) return;
    units = (cash * amount) / per;
  }
  units = Math.min(units, unitsFor(cash * costs[LEVERAGE]!, price, costs));
  const step = costs[LOT_STEP]!;
  if (step > 0) {
    const lots = Math.floor(units / step);
    units = (lots + 1) * step <= units ? (lots + 1) * step : lots * step;
  } else if (whole) {
    units = Math.floor(units);
  }
  ledger[QUANTITY] = units;
}

/** Units whose value and commission together are `money`. */
function unitsFor(money: number, price: number, costs: Costs): number {
  const relative = costs[RELATIVE]!;
  const perUnit = costs[PER_UNIT]!;
  const minimum = costs[MINIMUM]!;
  const left = money - costs[FIXED]!;
  const units = left / (price * (1 + relative) + perUnit);
  return units * (price * relative + perUnit) < minimum ? (left - minimum) / price : units;
}
