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
 * - `guarded`: the same for long trades that a stop and a target may end, whose hits are remembered (kernel/guarded-fills)
 * - `positional`: proportional, with exits that read the position: these are looked for in blocks of bars (kernel/held-fills)
 * - `scan`: only signals or the account end a trade; its bars are gone through for the account at their closes (kernel/scan)
 * - `walk`: orders beyond a stop and a target, funding, or exits that read the position under other sizes: every bar of a trade is
 *   carried out (kernel/walk)
 */
export type Path = 'proportional' | 'guarded' | 'positional' | 'scan' | 'walk';

export function pathOf(plan: Plan, execution: Execution, bars: Bars, startBar: number): Path {
  const { rules, orders } = plan;
  if (paysNights(execution)) return 'walk';
  const proportional = !everAbove(execution, 'maintenance', 0) && isProportional(plan, execution, bars, startBar);
  const held = rules.exitLongHeld !== null || rules.exitShortHeld !== null;
  if (!hasOrders(orders.long) && !hasOrders(orders.short)) {
    if (held) return proportional ? 'positional' : 'walk';
    return proportional ? 'proportional' : 'scan';
  }
  return proportional && !held && onlyLevels(plan, execution) ? 'guarded' : 'walk';
}

/** Whether nothing goes short, and no more than one stop and one target protect what goes long. */
function onlyLevels({ rules, orders }: Plan, { sides }: Execution): boolean {
  const { stops, targets, trails, breakEvens, exitAfter } = orders.long;
  if (rules.enterShort !== null && sides !== 'long') return false;
  return stops.length <= 1 && targets.length <= 1 && trails.length + breakEvens.length === 0 && exitAfter === null;
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
