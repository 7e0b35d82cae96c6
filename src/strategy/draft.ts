import type { Fault } from '../core/fault.ts';
import type { Span } from '../language/tokens.ts';
import type { Axis } from '../space/axis.ts';
import type { Constraint } from '../space/space.ts';
import type { OrderWord, Side } from './clauses.ts';
import type { LevelRule, NodeId, Plan, SizeRule } from './plan.ts';
import type { NumberValue, Scope } from './values.ts';

export type RuleName = keyof Plan['rules'];

/** A side's orders while statements are read. */
export interface OrderDraft {
  readonly stops: LevelRule[];
  readonly targets: LevelRule[];
  readonly trails: LevelRule[];
  readonly breakEvens: LevelRule[];
  exitAfter: NumberValue | null;
  /** Where each clause stands, for warnings. */
  readonly places: {
    readonly word: OrderWord | 'after';
    readonly at: Span;
    readonly bothSides: boolean;
    readonly level: boolean;
  }[];
}

/** What the statements leave behind for `assemble`. */
export interface Draft {
  readonly scope: Scope;
  readonly axes: Axis[];
  readonly axisPlaces: Span[];
  readonly constraints: Constraint[];
  readonly rules: Map<RuleName, NodeId>;
  /** Where each rule stands first. */
  readonly rulePlaces: Map<RuleName, Span>;
  readonly orders: Readonly<Record<Side, OrderDraft>>;
  size: (SizeRule & { readonly at: Span }) | null;
  readonly warnings: Fault[];
}

export function emptyOrders(): OrderDraft {
  return { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null, places: [] };
}
