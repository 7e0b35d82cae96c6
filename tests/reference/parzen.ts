import { exp } from '../../src/core/maths.ts';
import type { Draws } from '../../src/search/draws.ts';
import type { Scale } from '../../src/search/scale.ts';

/** Longer axes are looked at in this many equal pieces. */
const MOST_CELLS = 1024;

/**
 * The density of src/search/methods/parzen, kernel by kernel and cell by cell: one kernel over all axes at once per observed trial, and an even one. Along an ordered axis a kernel is a
 * normal curve, cut at the ends and brought to sum 1 there; along a choice the own name weighs more than the others.
 */
export class PlainParzen {
  readonly #scales: readonly Scale[];
  readonly #cells: readonly number[]; // per axis
  readonly #kernels: readonly Float64Array[]; // per axis, by distance in cells
  readonly #norms: readonly Float64Array[]; // per axis, by the kernel's cell: 1 ÷ its sum
  readonly #centres: Int32Array[] = []; // cells, per kernel
  readonly #even: number;

  /** @param observed how many trials the widths are made for */
  constructor(scales: readonly Scale[], observed: number) {
    this.#scales = scales;
    this.#cells = scales.map(({ size }) => Math.min(size, MOST_CELLS));
    const axes = scales.filter(({ size }) => size > 1).length;
    // D. W. Scott's rule for the width, as a share of the axis; at least that of a hundred observations.
    const share = 0.2 * root(Math.max(1, observed), axes + 4);
    const least = 1 / Math.min(100, observed + 1);
    this.#kernels = scales.map((scale, a) => {
      const cells = this.#cells[a]!;
      if (!scale.ordered) {
        const other = 1 / Math.max(1, observed);
        return Float64Array.from({ length: cells }, (_, d) => (d === 0 ? 1 + other : other));
      }
      const width = Math.max(0.6, cells * Math.max(share, least));
      return Float64Array.from({ length: cells }, (_, d) => exp((-0.5 * d * d) / (width * width)));
    });
    this.#norms = scales.map((_, a) => this.#normsOf(a));
    this.#even = this.#cells.reduce((product, cells) => product / cells, 1);
  }

  #normsOf(a: number): Float64Array {
    const cells = this.#cells[a]!;
    const kernel = this.#kernels[a]!;
    if (!this.#scales[a]!.ordered) return new Float64Array(cells).fill(1 / (kernel[0]! + (cells - 1) * (kernel[1] ?? 0)));
    const upTo = new Float64Array(cells); // sum of distances 0 … d
    for (let d = 0, sum = 0; d < cells; d++) upTo[d] = sum += kernel[d]!;
    return Float64Array.from({ length: cells }, (_, c) => 1 / (upTo[c]! + upTo[cells - 1 - c]! - kernel[0]!));
  }

  /** Adds a kernel at a trial. */
  add(ranks: ArrayLike<number>): void {
    this.#centres.push(Int32Array.from(ranks, (rank, a) => this.#cell(rank, a)));
  }

  density(ranks: ArrayLike<number>): number {
    const axes = this.#scales.length;
    const at = Int32Array.from(ranks, (rank, a) => this.#cell(rank, a));
    let sum = this.#even;
    for (const centre of this.#centres) {
      let product = 1;
      for (let a = 0; a < axes; a++) {
        const distance = this.#distance(at[a]!, centre[a]!, a);
        product *= this.#kernels[a]![distance]! * this.#norms[a]![centre[a]!]!;
      }
      sum += product;
    }
    return sum / (this.#centres.length + 1);
  }

  /** Draws ranks from the density. */
  draw(draws: Draws, out: Float64Array): void {
    const centre = this.#centres[draws.below(this.#centres.length + 1)];
    for (let a = 0; a < out.length; a++) {
      const cells = this.#cells[a]!;
      const { size } = this.#scales[a]!;
      const cell = centre === undefined ? draws.below(cells) : this.#drawCell(a, centre[a]!, draws);
      // Inside a piece of a long axis every rank is equally likely.
      const low = Math.floor((cell * size) / cells);
      const high = Math.floor(((cell + 1) * size) / cells);
      out[a] = low + draws.below(high - low);
    }
  }

  #drawCell(a: number, centre: number, draws: Draws): number {
    const kernel = this.#kernels[a]!;
    const cells = this.#cells[a]!;
    let rest = draws.unit() / this.#norms[a]![centre]!;
    for (let cell = 0; cell < cells - 1; cell++) {
      rest -= kernel[this.#distance(cell, centre, a)]!;
      if (rest < 0) return cell;
    }
    return cells - 1;
  }

  #distance(cell: number, centre: number, a: number): number {
    return this.#scales[a]!.ordered ? Math.abs(cell - centre) : Number(cell !== centre);
  }

  #cell(rank: number, a: number): number {
    return Math.floor((rank * this.#cells[a]!) / this.#scales[a]!.size);
  }
}

/** x^(−1 ÷ power) for x ≥ 1, by halving an interval: nothing but + and ×. */
function root(x: number, power: number): number {
  let low = 0;
  let high = 1;
  for (let k = 0; k < 60; k++) {
    const middle = (low + high) / 2;
    let product = x;
    for (let p = 0; p < power; p++) product *= middle;
    if (product > 1) high = middle;
    else low = middle;
  }
  return low;
}
