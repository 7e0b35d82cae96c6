import type { Fault } from '../core/fault.ts';
import type { Span } from '../language/tokens.ts';
import type { Axis } from '../space/axis.ts';
import type { Constraint } from '../space/space.ts';
import type { NodeId, Plan } from './plan.ts';
import type { Scope } from './values.ts';

export type RuleName = keyof Plan['rules'];

/** What the statements leave behind for `assemble`. */
export interface Draft {
  readonly scope: Scope;
  readonly axes: Axis[];
  readonly axisPlaces: Span[];
  readonly constraints: Constraint[];
  readonly rules: Map<RuleName, NodeId>;
  /** Where each rule stands first. */
  readonly rulePlaces: Map<RuleName, Span>;
  readonly warnings: Fault[];
}
