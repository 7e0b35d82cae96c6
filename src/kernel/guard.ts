import type { LevelRule, Plan, SideOrders } from '../strategy/plan.ts';
import { amountAt, createAmounts, loadAmounts, type Amounts } from './amounts.ts';
import type { Evaluator } from './evaluator.ts';

/** The orders of one side of a Plan, ready to be read at a signal bar. */
export interface Guard {
  readonly amounts: Amounts;
  readonly groups: Uint8Array; // per amount: what it is of
  readonly kinds: Uint8Array; // per amount: what it counts
  readonly hasAfter: boolean; // the last amount is a number of bars
  /** What protects the position that is held: prices times the side, so that higher is nearer to a stop. */
  readonly levels: Float64Array;
  /** Amounts of the trails that are known, and what they count. */
  readonly trailAmounts: Float64Array;
  readonly trailKinds: Uint8Array;
}

const GROUPS = ['stops', 'targets', 'trails', 'breakEvens'] as const;
const STOPS = 0;
const TARGETS = 1;
const TRAILS = 2;
const AFTER = 4;

const KINDS = ['fraction', 'distance', 'level'] as const satisfies readonly LevelRule['kind'][];
const FRACTION = 0;
const LEVEL = 2;

// Places in `levels`.
export const STOP = 0; // −∞ is none
export const TARGET = 1; // +∞ is none
export const ARM = 2; // where the stop moves to the entry, +∞ is never
export const TRAIL_COUNT = 3;
export const TIME_BAR = 4; // −1 is none
const LEVELS_LENGTH = 5;

export function createGuard(orders: SideOrders): Guard {
  const rules = GROUPS.flatMap((group, code) => orders[group].map((rule) => ({ ...rule, code })));
  const after = orders.exitAfter === null ? [] : [orders.exitAfter];
  return {
    amounts: createAmounts([...rules.map(({ node }) => node), ...after]),
    groups: Uint8Array.from([...rules.map(({ code }) => code), ...after.map(() => AFTER)]),
    kinds: Uint8Array.from(rules.map(({ kind }) => KINDS.indexOf(kind))),
    hasAfter: after.length > 0,
    levels: new Float64Array(LEVELS_LENGTH),
    trailAmounts: new Float64Array(orders.trails.length),
    trailKinds: new Uint8Array(orders.trails.length),
  };
}

export function hasOrders({ stops, targets, trails, breakEvens, exitAfter }: SideOrders): boolean {
  return stops.length + targets.length + trails.length + breakEvens.length > 0 || exitAfter !== null;
}

export function loadGuard(guard: Guard, plan: Plan, evaluator: Evaluator): void {
  loadAmounts(guard.amounts, plan, evaluator);
}

/** Reads the orders on the signal bar, once the entry's price is known. An amount that is no number is no order. */
export function raiseGuard(guard: Guard, side: number, signalBar: number, entryBar: number, entryPrice: number): void {
  const { amounts, groups, kinds, levels, trailAmounts, trailKinds } = guard;
  levels[STOP] = -Infinity;
  levels[TARGET] = Infinity;
  levels[ARM] = Infinity;
  levels[TIME_BAR] = -1;
  let trails = 0;
  for (let k = 0; k < groups.length; k++) {
    const amount = amountAt(amounts, k, signalBar);
    const group = groups[k]!;
    if (amount !== amount) continue;
    if (group === AFTER) {
      levels[TIME_BAR] = entryBar + amount;
    } else if (group === TRAILS) {
      trailAmounts[trails] = amount;
      trailKinds[trails++] = kinds[k]!;
    } else {
      const price = side * priceAway(entryPrice, group === STOPS ? -side : side, kinds[k]!, amount);
      if (group === STOPS) levels[STOP] = Math.max(levels[STOP], price);
      else if (group === TARGETS) levels[TARGET] = Math.min(levels[TARGET], price);
      else levels[ARM] = Math.min(levels[ARM], price);
    }
  }
  levels[TRAIL_COUNT] = trails;
}

/** Price away from another one, upwards where the direction is positive. */
export function priceAway(price: number, direction: number, kind: number, amount: number): number {
  if (kind === LEVEL) return amount;
  return kind === FRACTION ? price * (1 + direction * amount) : price + direction * amount;
}

/** Times the side: the nearest trail under the best price, −∞ without one. */
export function trailLevel({ levels, trailAmounts, trailKinds }: Guard, side: number, extreme: number): number {
  let nearest = -Infinity;
  for (let k = 0; k < levels[TRAIL_COUNT]!; k++) {
    nearest = Math.max(nearest, side * priceAway(extreme, -side, trailKinds[k]!, trailAmounts[k]!));
  }
  return nearest;
}
