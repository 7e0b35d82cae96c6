import { exp } from '../../core/maths.ts';
import type { Draws } from '../draws.ts';
import type { Scale } from '../scale.ts';

/** Longer axes are looked at in this many equal pieces. */
const MOST_CELLS = 1024;
const FIRST_KERNELS = 512;

/**
 * A density over trials: one kernel over all axes at once per observed trial, and an even one. Along an ordered axis a kernel is a
 * normal curve, cut at the ends and brought to sum 1 there; along a choice the own name weighs more than the others.
 */
export class Parzen {
  readonly #scales: readonly Scale[];
  readonly #cells: readonly number[]; // per axis
  readonly #kernels: readonly Float64Array[]; // per axis, by distance in cells
  readonly #sums: readonly Float64Array[]; // per axis, of the kernel at distances up to this one
  readonly #norms: readonly Float64Array[]; // per axis, by the kernel's cell: 1 ÷ its sum
  readonly #even: number;
  #count = 0;
  #centres: readonly Int32Array[]; // per axis, by kernel: its cell
  #heights: readonly Float64Array[]; // per axis, by kernel: the norm there
  #products: Float64Array; // scratch, by kernel

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
    this.#sums = this.#kernels.map((kernel) => {
      let sum = 0;
      return kernel.map((height) => (sum += height));
    });
    this.#norms = scales.map((_, a) => this.#normsOf(a));
    this.#even = this.#cells.reduce((product, cells) => product / cells, 1);
    this.#centres = scales.map(() => new Int32Array(FIRST_KERNELS));
    this.#heights = scales.map(() => new Float64Array(FIRST_KERNELS));
    this.#products = new Float64Array(FIRST_KERNELS);
  }

  #normsOf(a: number): Float64Array {
    const cells = this.#cells[a]!;
    const kernel = this.#kernels[a]!;
    if (!this.#scales[a]!.ordered) return new Float64Array(cells).fill(1 / (kernel[0]! + (cells - 1) * (kernel[1] ?? 0)));
    const upTo = this.#sums[a]!;
    return Float64Array.from({ length: cells }, (_, c) => 1 / (upTo[c]! + upTo[cells - 1 - c]! - kernel[0]!));
  }

  /** Adds a kernel at a trial. */
  add(ranks: ArrayLike<number>): void {
    if (this.#count === this.#products.length) this.#grow();
    for (let a = 0; a < this.#cells.length; a++) {
      const cell = this.#cell(ranks[a]!, a);
      this.#centres[a]![this.#count] = cell;
      this.#heights[a]![this.#count] = this.#norms[a]![cell]!;
    }
    this.#count++;
  }

  #grow(): void {
    const length = this.#count * 2;
    this.#centres = this.#centres.map((from) => copied(from, new Int32Array(length)));
    this.#heights = this.#heights.map((from) => copied(from, new Float64Array(length)));
    this.#products = new Float64Array(length);
  }

  density(ranks: ArrayLike<number>): number {
    const count = this.#count;
    const products = this.#products;
    for (let k = 0; k < count; k++) products[k] = 1;
    // Axis by axis: the inner loop has one kernel's table.
    for (let a = 0; a < this.#cells.length; a++) {
      multiply(products, count, this.#cell(ranks[a]!, a), this.#kernels[a]!, this.#centres[a]!, this.#heights[a]!);
    }
    let sum = this.#even;
    for (let k = 0; k < count; k++) sum += products[k]!;
    return sum / (count + 1);
  }

  /** Draws ranks from the density. */
  draw(draws: Draws, out: Float64Array): void {
    const kernel = draws.below(this.#count + 1);
    for (let a = 0; a < out.length; a++) {
      const cells = this.#cells[a]!;
      const { size } = this.#scales[a]!;
      const even = kernel === this.#count;
      const cell = even ? draws.below(cells) : this.#drawCell(a, this.#centres[a]![kernel]!, draws);
      // Inside a piece of a long axis every rank is equally likely.
      const low = Math.floor((cell * size) / cells);
      const high = Math.floor(((cell + 1) * size) / cells);
      out[a] = low + draws.below(high - low);
    }
  }

  /** The first cell up to which the kernel has more than a share that is drawn evenly. */
  #drawCell(a: number, centre: number, draws: Draws): number {
    const wanted = draws.next() / this.#norms[a]![centre]!;
    let low = 0;
    let high = this.#cells[a]! - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#upTo(a, centre, middle) > wanted) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Sum of a kernel over cells 0 … `cell`. */
  #upTo(a: number, centre: number, cell: number): number {
    const kernel = this.#kernels[a]!;
    if (!this.#scales[a]!.ordered) return (cell + 1) * (kernel[1] ?? 0) + (cell >= centre ? kernel[0]! - (kernel[1] ?? 0) : 0);
    const sums = this.#sums[a]!;
    if (cell >= centre) return sums[centre]! + sums[cell - centre]! - kernel[0]!;
    return sums[centre]! - sums[centre - cell - 1]!;
  }

  #cell(rank: number, a: number): number {
    return Math.floor((rank * this.#cells[a]!) / this.#scales[a]!.size);
  }
}

function copied<T extends Int32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Multiplies by the heights of the kernels at a cell. A choice has the same height at every distance but 0. */
function multiply(
  products: Float64Array,
  count: number,
  cell: number,
  kernel: Float64Array,
  centres: Int32Array,
  heights: Float64Array,
): void {
  for (let k = 0; k < count; k++) {
    const apart = cell - centres[k]!;
    products[k]! *= kernel[apart < 0 ? -apart : apart]! * heights[k]!;
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
