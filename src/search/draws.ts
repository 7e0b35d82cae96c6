import { normal, uniform } from '../core/random.ts';

/** Random numbers of one stream, one after the other: the same for the same seed and stream, wherever they are drawn. */
export class Draws {
  readonly #seed: number;
  readonly #stream: number;
  #at = 0;

  constructor(seed: number, stream: number) {
    this.#seed = seed;
    this.#stream = stream;
  }

  /** Uniform in [0, 1). */
  readonly unit = (): number => uniform(this.#seed, this.#at++, this.#stream);

  /** Standard normal. */
  readonly normal = (): number => normal(this.#seed, this.#at++, this.#stream);

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.unit() * count);
  }
}
