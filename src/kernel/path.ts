import type { Bars } from '../bars/buffer.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import { everAbove } from './costs.ts';
import { hasOrders } from './guard.ts';

/**
 * How the trades of a study are carried out; decided by Plan, execution and bars alone, so that a row does not depend on how it was
 * computed.
 *
 * - `proportional`: equity moves with the price alone, so a long trade costs a fixed amount of work (kernel/proportional)
 * - `scan`: only signals end a trade; its bars are gone through for the account at their closes (kernel/scan)
 * - `walk`: orders, exits that read the position, funding or margin: every bar of a trade is carried out (kernel/walk)
 */
export type Path = 'proportional' | 'scan' | 'walk';

export function pathOf(plan: Plan, execution: Execution, bars: Bars, startBar: number): Path {
  if (walks(plan, execution)) return 'walk';
  return isProportional(plan, execution, bars, startBar) ? 'proportional' : 'scan';
}

function walks({ rules, orders }: Plan, execution: Execution): boolean {
  if (rules.exitLongHeld !== null || rules.exitShortHeld !== null) return true;
  if (hasOrders(orders.long) || hasOrders(orders.short)) return true;
  return paysNights(execution) || everAbove(execution, 'maintenance', 0);
}

/** Whether holding a position over a night may cost something. */
export function paysNights(execution: Execution): boolean {
  return everAbove(execution, 'funding.short', 0) || everAbove(execution, 'funding.leverage', 0);
}

/** Whether in every trade of a study equity moves with the price alone, and a long one cannot be ruined. */
function isProportional({ size }: Plan, execution: Execution, { open, close, count }: Bars, startBar: number): boolean {
  const { sizing, swept, units } = execution;
  if (size !== null || sizing.kind !== 'equity' || sizing.fraction !== 1) return false;
  if (swept.some(({ path }) => path === 'sizing.fraction')) return false;
  if (units !== 'fractional' || everAbove(execution, 'lotStep', 0)) return false;

  const flat = ['commission.fixed', 'commission.perUnit', 'commission.minimum', 'slippageTicks', 'halfSpread'];
  if (flat.some((path) => everAbove(execution, path, 0))) return false;
  for (let i = startBar; i < count; i++) if (!(open[i]! > 0 && close[i]! > 0)) return false;
  return true;
}
