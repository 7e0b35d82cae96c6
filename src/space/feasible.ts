import { splitSpace } from './count.ts';
import { Paving } from './paving.ts';
import type { Space } from './space.ts';

/** Attempts at one draw before it goes on from the nearest feasible trial instead. */
const ATTEMPTS = 2000;

/** Feasible trials by construction: drawn evenly, or the nearest to a wished one. Axes that no constraint reads cost nothing. */
export class Feasible {
  readonly #sizes: readonly number[];
  readonly #free: readonly number[];
  readonly #pavings: readonly Paving[];
  readonly #never: boolean;

  constructor({ axes, constraints }: Space) {
    const { groups, never } = splitSpace({ axes, constraints });
    this.#sizes = axes.map(({ size }) => size);
    this.#never = never;
    this.#pavings = groups.map((group) => new Paving(axes, group.constraints, group.axes));
    const tied = new Set(groups.flatMap((group) => group.axes));
    this.#free = axes.flatMap((_, axis) => (tied.has(axis) ? [] : [axis]));
  }

  /** Whether it is proven that there is no feasible trial. */
  get empty(): boolean {
    return this.#never || this.#pavings.some((paving) => paving.empty);
  }

  /** Boxes and tuples looked at so far. */
  get steps(): number {
    return this.#pavings.reduce((sum, paving) => sum + paving.steps, 0);
  }

  /**
   * Refines until hardly any draw fails, or `most` attempts were made; then the same numbers give the same trial.
   * @param unit numbers in [0, 1)
   */
  refine(unit: () => number, most: number): void {
    const units = new Float64Array(this.#sizes.length);
    const out = new Int32Array(this.#sizes.length);
    for (const paving of this.#pavings) {
      for (let tried = 0, passed = 0; tried < most && passed < 200 && !paving.empty; tried++) {
        for (let a = 0; a < units.length; a++) units[a] = unit();
        passed = paving.draw(units, out) ? passed + 1 : 0;
      }
    }
  }

  /**
   * The trial at a point of the unit cube. Even points give even trials.
   * @param unit further numbers, for attempts after the first
   * @returns false where nothing feasible was found
   */
  at(point: ArrayLike<number>, unit: () => number, out: Int32Array): boolean {
    if (this.#never) return false;
    for (const axis of this.#free) out[axis] = Math.floor(point[axis]! * this.#sizes[axis]!);
    for (const paving of this.#pavings) {
      if (paving.draw(point, out)) continue;
      if (!this.#again(paving, unit, out)) return false;
    }
    return true;
  }

  /** Every feasible trial is equally likely. */
  draw(unit: () => number, out: Int32Array): boolean {
    const point = Float64Array.from(this.#sizes, unit);
    return this.at(point, unit, out);
  }

  /**
   * Moves positions to the nearest feasible trial; those outside the axes are cut to their ends first.
   * @returns false where none is found
   */
  nearest(positions: Int32Array, unit: () => number): boolean {
    if (this.#never) return false;
    for (let a = 0; a < positions.length; a++) positions[a] = Math.max(0, Math.min(this.#sizes[a]! - 1, positions[a]!));
    for (const paving of this.#pavings) if (!paving.nearest(positions) && !this.#again(paving, unit, positions)) return false;
    return true;
  }

  #again(paving: Paving, unit: () => number, out: Int32Array): boolean {
    const units = new Float64Array(this.#sizes.length);
    for (let attempt = 0; attempt < ATTEMPTS && !paving.empty; attempt++) {
      for (let a = 0; a < units.length; a++) units[a] = unit();
      if (paving.draw(units, out)) return true;
    }
    if (paving.empty) return false;
    for (let a = 0; a < units.length; a++) out[a] = Math.floor(units[a]! * this.#sizes[a]!);
    return paving.nearest(out);
  }
}
