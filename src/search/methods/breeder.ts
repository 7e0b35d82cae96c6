import type { Tools } from '../method.ts';
import type { Trials } from './trials.ts';

const CROSSOVER = 0.85;
const BLEND = 0.35;
const AGAIN = 6; // further mutations of a child that ran before

/**
 * Children of two trials. Numbers are crossed by BLX-α, L. J. Eshelman, J. D. Schaffer, "Real-coded genetic algorithms and
 * interval-schemata" (1993), or taken from one parent; names are taken from either. Mutation moves a number by a normal step
 * and draws a name anew.
 */
export class Breeder {
  readonly #tools: Tools;
  readonly #trials: Trials;
  readonly #ranks: Float64Array;
  readonly #movable: readonly number[];

  constructor(tools: Tools, trials: Trials) {
    this.#tools = tools;
    this.#trials = trials;
    this.#ranks = new Float64Array(tools.scales.length);
    this.#movable = tools.scales.flatMap(({ size }, a) => (size > 1 ? [a] : []));
  }

  /**
   * Leaves a child in the trial: one that did not run yet, where a few attempts find one.
   * @param step of a mutation, share of an axis
   */
  child(mother: number, father: number, step: number): boolean {
    this.#cross(mother, father, this.#trials.draws.next() < CROSSOVER);
    this.#mutate(step, false);
    let made = this.#trials.near(this.#ranks);
    for (let again = 0; made && this.#trials.known && again < AGAIN; again++) {
      this.#mutate(step, true);
      made = this.#trials.near(this.#ranks);
    }
    return made;
  }

  #cross(mother: number, father: number, both: boolean): void {
    const { draws } = this.#trials;
    for (let a = 0; a < this.#ranks.length; a++) {
      const one = this.#trials.rank(mother, a);
      const other = both ? this.#trials.rank(father, a) : one;
      const low = Math.min(one, other);
      const width = Math.abs(one - other);
      const { ordered } = this.#tools.scales[a]!;
      if (!ordered || draws.next() < 0.5) this.#ranks[a] = draws.next() < 0.5 ? one : other;
      else this.#ranks[a] = Math.round(low - BLEND * width + draws.next() * width * (1 + 2 * BLEND));
    }
  }

  /** Changes each axis with a chance of one in the count of axes; one at least where `certain`. */
  #mutate(step: number, certain: boolean): void {
    const { draws } = this.#trials;
    const movable = this.#movable;
    if (movable.length === 0) return;
    const sure = certain ? movable[draws.below(movable.length)]! : -1;
    for (const a of movable) {
      if (a !== sure && draws.next() >= 1 / movable.length) continue;
      const { size, ordered } = this.#tools.scales[a]!;
      if (!ordered) {
        this.#ranks[a] = draws.below(size);
        continue;
      }
      const move = draws.normal() * Math.max(1, step * size);
      const whole = move < 0 ? Math.min(-1, Math.round(move)) : Math.max(1, Math.round(move));
      const to = this.#ranks[a]! + whole;
      // Reflected at the ends: cutting would heap trials up there.
      this.#ranks[a] = to < 0 ? -to : to >= size ? 2 * (size - 1) - to : to;
    }
  }
}
