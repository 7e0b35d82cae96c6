import type { Plan, SideOrders } from '../../src/strategy/plan.ts';

export const NO_RULES: Plan['rules'] = {
  enterLong: null,
  exitLong: null,
  enterShort: null,
  exitShort: null,
  exitLongHeld: null,
  exitShortHeld: null,
};

export const NO_ORDERS: SideOrders = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null };

/** A plan without a node, for tests to add to. */
export const EMPTY_PLAN: Plan = {
  version: 1,
  nodes: [],
  frames: [],
  rules: NO_RULES,
  orders: { long: NO_ORDERS, short: NO_ORDERS },
  size: null,
  space: { axes: [], constraints: [] },
  plots: [],
  warnings: [],
  hash: '',
};
