import { evaluateScalar } from '../language/scalar.ts';
import { axisValue, type Axis } from './axis.ts';
import type { Constraint } from './space.ts';

/**
 * Walks the feasible tuples of some axes in trial order (the first axis slowest) without holding them. A constraint is tested
 * as soon as the last of its axes is set, so a prefix that breaks one is left at once with everything below it.
 */
export class Odometer {
  /** Position of each walked axis, valid after `next` returned `true`. */
  readonly positions: Int32Array;
  /** Tuples and prefixes tested so far: the cost of the walk. */
  steps = 0;
  readonly #axes: readonly Axis[];
  readonly #which: readonly number[];
  readonly #tests: readonly (readonly Constraint[])[]; // by the depth at which they become decidable
  readonly #values: Float64Array; // one per axis of the whole space
  readonly #alwaysFalse: boolean;
  #depth = 0;
  #done = false;

  /**
   * @param axes the whole space's axes
   * @param constraints the ones to respect, all of whose axes are walked
   * @param which indices of the axes to walk, ascending
   */
  constructor(axes: readonly Axis[], constraints: readonly Constraint[], which: readonly number[] = axes.map((_, a) => a)) {
    this.#axes = axes;
    this.#which = which;
    this.#values = new Float64Array(axes.length);
    this.#tests = which.map((axis) => constraints.filter((constraint) => constraint.axes.at(-1) === axis));
    this.#alwaysFalse = constraints.some(
      ({ axes: read, expr }) => read.length === 0 && evaluateScalar(expr, this.#values) === 0,
    );
    this.positions = new Int32Array(which.length).fill(-1);
  }

  /**
   * Moves to the next feasible tuple.
   * @returns true at a tuple, false at the end, null where `maxSteps` was used up first: call again to go on
   */
  next(maxSteps: number): boolean | null {
    if (this.#done || this.#alwaysFalse) return false;
    const { positions } = this;
    const last = this.#which.length - 1;
    if (last < 0) return (this.#done = true);
    let budget = maxSteps;
    while (this.#depth >= 0) {
      if (budget-- <= 0) return null;
      this.steps++;
      const axis = this.#axes[this.#which[this.#depth]!]!;
      const position = ++positions[this.#depth]!;
      if (position >= axis.size) {
        positions[this.#depth] = -1;
        this.#depth--;
        continue;
      }
      this.#values[this.#which[this.#depth]!] = axisValue(axis, position);
      if (!this.#holds()) continue;
      if (this.#depth === last) return true;
      this.#depth++;
    }
    this.#done = true;
    return false;
  }

  #holds(): boolean {
    for (const { expr } of this.#tests[this.#depth]!) if (evaluateScalar(expr, this.#values) === 0) return false;
    return true;
  }
}
