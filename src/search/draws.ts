import { highWord, lowWord, normalOf, uniformOf } from '../core/random.ts';

const HIGH = 4_294_967_296; // 2^32

/** Random numbers of one stream, one after the other: the same for the same seed and stream, wherever they are drawn. */
export class Draws {
  readonly #seedLow: number;
  readonly #seedHigh: number;
  readonly #low: number;
  readonly #high: number;
  #at = 0;

  constructor(seed: number, stream: number) {
    this.#seedLow = lowWord(seed);
    this.#seedHigh = highWord(seed);
    this.#low = lowWord(stream);
    this.#high = highWord(stream);
  }

  /** Uniform in [0, 1). */
  next(): number {
    const at = this.#at++;
    return uniformOf(this.#seedLow, this.#seedHigh, at | 0, (at / HIGH) | 0, this.#low, this.#high);
  }

  /** `next` to be handed on. Called in its place, it would be compiled anew for every stream. */
  readonly unit = (): number => this.next();

  /** Standard normal. */
  normal(): number {
    const at = this.#at++;
    return normalOf(this.#seedLow, this.#seedHigh, at | 0, (at / HIGH) | 0, this.#low, this.#high);
  }

  /** A whole number from 0 to below `count`. */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
}
