import type { NodeId, Plan, SideOrders } from './plan.ts';

const known = new WeakMap<Plan, readonly NodeId[]>();

/**
 * The nodes that decide a trial: its rules, the amounts of its orders and its size. Each once, ascending; worked out once per Plan,
 * so that a caller per trial allocates nothing.
 */
export function rootsOf(plan: Plan): readonly NodeId[] {
  const found = known.get(plan);
  if (found !== undefined) return found;
  const { rules, orders, size } = plan;
  const all = [
    ...Object.values(rules),
    ...orderRoots(orders.long),
    ...orderRoots(orders.short),
    size?.node ?? null,
    size?.per ?? null,
  ];
  const roots = [...new Set(all.filter((id) => id !== null))].sort((a, b) => a - b);
  known.set(plan, roots);
  return roots;
}

export function orderRoots({ stops, targets, trails, breakEvens, exitAfter }: SideOrders): NodeId[] {
  const nodes = [stops, targets, trails, breakEvens].flat().map(({ node }) => node);
  return exitAfter === null ? nodes : [...nodes, exitAfter];
}
