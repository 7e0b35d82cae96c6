import type { CompareFn, MathFn } from '../language/scalar.ts';
import type { NodeId } from '../strategy/plan.ts';

/** A comparison of arithmetic that nobody else needs: steps from leaves and numbers to its operands. */
export interface Arithmetic {
  readonly fn: CompareFn;
  readonly steps: readonly Step[]; // each reads leaves, numbers and steps before it
  readonly left: Operand;
  readonly right: Operand;
  readonly leaves: readonly NodeId[]; // series that are there for all bars
}

/** A column, of a leaf or after them of a step, or a number. */
export interface Operand {
  readonly column: number; // −1: a number
  readonly number: number;
}

export interface Step {
  readonly fn: MathFn;
  readonly left: Operand;
  readonly right: Operand | null;
}
