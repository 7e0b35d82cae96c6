import type { Draws } from '../draws.ts';
import type { Tools } from '../method.ts';
import { sobolPoints } from './sobol.ts';

/** Ranks to feasible trials and back, and the first trials of a method that learns. */
export class Trials {
  readonly axes: number;
  readonly positions: Int32Array; // of the last trial made
  readonly draws: Draws;
  readonly #tools: Tools;
  readonly #point: Float64Array;
  readonly #start: (point: Float64Array) => void;

  constructor(tools: Tools, stream: number) {
    this.#tools = tools;
    this.axes = tools.scales.length;
    this.positions = new Int32Array(this.axes);
    this.#point = new Float64Array(this.axes);
    this.draws = tools.draws(stream);
    this.#start = sobolPoints(this.axes, tools.draws(stream + 1));
  }

  /** The next of evenly spread trials. */
  spread(): boolean {
    this.#start(this.#point);
    return this.#tools.feasible.at(this.#point, this.draws.unit, this.positions);
  }

  random(): boolean {
    return this.#tools.feasible.draw(this.draws.unit, this.positions);
  }

  /**
   * The feasible trial nearest to these ranks.
   * @param ranks one per axis; rounded down, so that rank k is what [k, k + 1) means
   */
  near(ranks: ArrayLike<number>): boolean {
    const { scales, feasible } = this.#tools;
    for (let a = 0; a < this.axes; a++) {
      const { size } = scales[a]!;
      const rank = Math.floor(ranks[a]!);
      this.positions[a] = scales[a]!.positionOf(rank >= size ? size - 1 : rank > 0 ? rank : 0);
    }
    return feasible.nearest(this.positions, this.draws.unit);
  }

  /** Whether the last trial made was asked before. */
  get known(): boolean {
    return this.#tools.archive.find(this.positions) >= 0;
  }

  rank(entry: number, axis: number): number {
    return this.#tools.scales[axis]!.rankOf(this.#tools.archive.position(entry, axis));
  }
}

/** One trial that a method keeps, with its score. */
export interface Member {
  readonly entry: number;
  readonly score: number;
}

/** Best first, ties by age; each trial once. */
export function ranked(members: readonly Member[]): Member[] {
  const seen = new Set<number>();
  return [...members]
    .sort((a, b) => (a.score === b.score ? a.entry - b.entry : b.score > a.score ? 1 : -1))
    .filter(({ entry }) => seen.size !== seen.add(entry).size);
}
