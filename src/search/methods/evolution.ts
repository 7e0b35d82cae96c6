import { exp, log } from '../../core/maths.ts';
import type { Draws } from '../draws.ts';
import { symmetricEigen } from './eigen.ts';

/**
 * One run of the CMA-ES in an n-dimensional space whose interesting part is the unit cube. N. Hansen, "The CMA evolution
 * strategy: a tutorial" (arXiv 1604.00772): weighted recombination, cumulative step-size adaptation, rank-one and rank-μ update,
 * with the tutorial's default parameters. The weights of the worse half are 0.
 */
export class Evolution {
  readonly n: number;
  readonly lambda: number;
  readonly mean: Float64Array;
  sigma: number;
  iterations = 0;
  readonly #draws: Draws;
  readonly #least: Float64Array; // smallest standard deviation per coordinate
  readonly #weights: Float64Array;
  readonly #mueff: number;
  readonly #cs: number;
  readonly #ds: number;
  readonly #cc: number;
  readonly #c1: number;
  readonly #cmu: number;
  readonly #chi: number;
  readonly #c: Float64Array; // n × n
  readonly #pc: Float64Array;
  readonly #ps: Float64Array;
  #basis: Float64Array; // eigenvectors, in columns
  #lengths: Float64Array; // √ eigenvalues
  #decomposedAt = 0;

  constructor(mean: Float64Array, sigma: number, lambda: number, least: Float64Array, draws: Draws) {
    const n = mean.length;
    this.n = n;
    this.lambda = lambda;
    this.mean = Float64Array.from(mean);
    this.sigma = sigma;
    this.#draws = draws;
    this.#least = least;
    const mu = Math.max(1, Math.floor(lambda / 2));
    const raw = Float64Array.from({ length: mu }, (_, i) => log((lambda + 1) / 2) - log(i + 1));
    const sum = raw.reduce((a, b) => a + b, 0);
    this.#weights = raw.map((w) => w / sum);
    this.#mueff = 1 / this.#weights.reduce((a, w) => a + w * w, 0);
    this.#cs = (this.#mueff + 2) / (n + this.#mueff + 5);
    this.#ds = 1 + 2 * Math.max(0, Math.sqrt((this.#mueff - 1) / (n + 1)) - 1) + this.#cs;
    this.#cc = (4 + this.#mueff / n) / (n + 4 + (2 * this.#mueff) / n);
    this.#c1 = 2 / ((n + 1.3) * (n + 1.3) + this.#mueff);
    this.#cmu = Math.min(1 - this.#c1, (2 * (0.25 + this.#mueff + 1 / this.#mueff - 2)) / ((n + 2) * (n + 2) + this.#mueff));
    this.#chi = Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
    this.#c = new Float64Array(n * n);
    for (let i = 0; i < n; i++) this.#c[i * n + i] = 1;
    this.#pc = new Float64Array(n);
    this.#ps = new Float64Array(n);
    this.#basis = Float64Array.from(this.#c);
    this.#lengths = new Float64Array(n).fill(1);
  }

  /** One point of the present distribution. */
  sample(out: Float64Array): void {
    const { n } = this;
    const z = Float64Array.from({ length: n }, (_, k) => this.#lengths[k]! * this.#draws.normal());
    for (let i = 0; i < n; i++) {
      let y = 0;
      for (let k = 0; k < n; k++) y += this.#basis[i * n + k]! * z[k]!;
      out[i] = this.mean[i]! + this.sigma * y;
    }
  }

  /** Standard deviation of a coordinate. */
  deviation(i: number): number {
    return this.sigma * Math.sqrt(this.#c[i * this.n + i]!);
  }

  /** Ratio of the longest to the shortest axis of the distribution. */
  get condition(): number {
    return Math.max(...this.#lengths) / Math.min(...this.#lengths);
  }

  /** @param points of one generation, best first */
  update(points: readonly Float64Array[]): void {
    const { n, sigma } = this;
    const weights = this.#weights;
    const used = Math.min(weights.length, points.length);
    const old = Float64Array.from(this.mean);
    this.mean.fill(0);
    let total = 0;
    for (let k = 0; k < used; k++) total += weights[k]!;
    for (let k = 0; k < used; k++) {
      for (let i = 0; i < n; i++) this.mean[i]! += (weights[k]! / total) * points[k]![i]!;
    }
    const y = Float64Array.from(this.mean, (m, i) => (m - old[i]!) / sigma);
    const white = this.#whiten(y);
    const rise = Math.sqrt(this.#cs * (2 - this.#cs) * this.#mueff);
    let length = 0;
    for (let i = 0; i < n; i++) {
      this.#ps[i] = (1 - this.#cs) * this.#ps[i]! + rise * white[i]!;
      length += this.#ps[i]! * this.#ps[i]!;
    }
    length = Math.sqrt(length);
    this.iterations++;
    const fade = 1 - exp(2 * this.iterations * log(1 - this.#cs));
    const hold = length / Math.sqrt(fade) < (1.4 + 2 / (n + 1)) * this.#chi;
    const push = hold ? Math.sqrt(this.#cc * (2 - this.#cc) * this.#mueff) : 0;
    for (let i = 0; i < n; i++) this.#pc[i] = (1 - this.#cc) * this.#pc[i]! + push * y[i]!;
    const c1 = this.#c1;
    const kept = 1 - c1 - this.#cmu + (hold ? 0 : c1 * this.#cc * (2 - this.#cc));
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let rank = 0;
        for (let k = 0; k < used; k++) {
          rank += weights[k]! * ((points[k]![i]! - old[i]!) / sigma) * ((points[k]![j]! - old[j]!) / sigma);
        }
        const value = kept * this.#c[i * n + j]! + c1 * this.#pc[i]! * this.#pc[j]! + this.#cmu * rank;
        this.#c[i * n + j] = value;
        this.#c[j * n + i] = value;
      }
    }
    this.sigma *= exp(Math.min(1, (this.#cs / this.#ds) * (length / this.#chi - 1)));
    this.#widen();
    this.#decompose();
  }

  /** Keeps every coordinate able to reach the next value of its axis: R. Hamano et al., "CMA-ES with margin" (2022), in short. */
  #widen(): void {
    const { n } = this;
    for (let i = 0; i < n; i++) {
      const deviation = this.deviation(i);
      if (deviation >= this.#least[i]! || !(deviation > 0)) continue;
      const factor = this.#least[i]! / deviation;
      for (let j = 0; j < n; j++) {
        this.#c[i * n + j]! *= factor;
        this.#c[j * n + i]! *= factor;
      }
    }
  }

  #whiten(y: Float64Array): Float64Array {
    const { n } = this;
    const inner = new Float64Array(n);
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < n; i++) inner[k]! += this.#basis[i * n + k]! * y[i]!;
      inner[k]! /= this.#lengths[k]!;
    }
    const out = new Float64Array(n);
    for (let i = 0; i < n; i++) for (let k = 0; k < n; k++) out[i]! += this.#basis[i * n + k]! * inner[k]!;
    return out;
  }

  #decompose(): void {
    const every = Math.max(1, Math.floor(1 / (10 * this.n * (this.#c1 + this.#cmu))));
    if (this.iterations - this.#decomposedAt < every) return;
    this.#decomposedAt = this.iterations;
    const { vectors, values } = symmetricEigen(this.#c, this.n);
    const largest = Math.max(...values);
    this.#basis = vectors;
    this.#lengths = values.map((value) => Math.sqrt(Math.max(value, largest * 1e-16, 1e-300)));
  }
}
