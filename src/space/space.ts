import type { Place } from '../core/fault.ts';
import type { ScalarExpr } from '../language/scalar.ts';
import type { Axis } from './axis.ts';

/** `require fast < slow`: trials where it does not hold are excluded. */
export interface Constraint {
  readonly expr: ScalarExpr;
  readonly text: string; // as written, for messages: "fast < slow"
  readonly axes: readonly number[]; // sorted indices of the axes it reads
  readonly place: Place;
}

/**
 * The parameter space: axes in the order of their first appearance in the text. The trial index is mixed radix over the full
 * product, the first axis varying slowest; excluded trials keep their index. Never materialised.
 */
export interface Space {
  readonly axes: readonly Axis[];
  readonly constraints: readonly Constraint[];
}
