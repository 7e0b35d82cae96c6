import { evaluateScalar, scalarBounds } from '../language/scalar.ts';
import { axisValue, type Axis } from './axis.ts';
import type { Constraint } from './space.ts';

/** Boxes that a paving may keep; beyond it, draws are rejected without learning from it. */
const MOST_BOXES = 100_000;
/** Boxes looked at before a search for the nearest tuple gives up. */
const MOST_SEARCHED = 20_000;

/**
 * The feasible tuples of some axes as a tree of boxes. A box of which interval arithmetic proves that no tuple satisfies the
 * constraints weighs nothing; every other one weighs its count of tuples. A draw descends by weight, takes a tuple of the
 * leaf uniformly and tests it. So every feasible tuple is equally likely, whatever the tree looks like, and each draw that
 * fails splits its leaf: a feasible share of a millionth costs a few thousand splits once, not a million tests per draw.
 */
export class Paving {
  /** Boxes classified and tuples tested so far: the cost. */
  steps = 0;
  readonly #which: readonly number[];
  readonly #constraints: readonly Constraint[];
  readonly #sizes: readonly number[];
  readonly #value: readonly ((position: number) => number)[];
  readonly #bounds: readonly ((low: number, high: number, a: number) => void)[];
  readonly #ordered: readonly boolean[]; // whether positions near each other are alike
  readonly #values: Float64Array; // scratch, one per axis of the space
  readonly #lows: Float64Array;
  readonly #highs: Float64Array;
  // One entry per box; ends per walked axis.
  readonly #ends: number[] = []; // low and high of each axis, box after box
  readonly #weights: number[] = [];
  readonly #children: number[] = []; // first of two, 0 at a leaf
  readonly #parents: number[] = [];
  readonly #inside: boolean[] = []; // every tuple of the box is feasible
  readonly #point: Int32Array;

  /**
   * @param axes the whole space's axes
   * @param constraints all of whose axes are in `which`
   * @param which indices of the axes, ascending
   */
  constructor(axes: readonly Axis[], constraints: readonly Constraint[], which: readonly number[]) {
    this.#which = which;
    this.#constraints = constraints;
    this.#sizes = which.map((axis) => axes[axis]!.size);
    this.#value = which.map((axis) => tableOf(axes[axis]!));
    this.#ordered = which.map((axis) => axes[axis]!.kind !== 'choice');
    this.#values = new Float64Array(axes.length);
    this.#lows = new Float64Array(axes.length);
    this.#highs = new Float64Array(axes.length);
    this.#bounds = which.map((axis, k) => this.#boundsOf(axes[axis]!, k));
    this.#point = new Int32Array(which.length);
    this.#addBox(
      this.#sizes.flatMap((size) => [0, size - 1]),
      -1,
    );
  }

  /** Whether it is proven that nothing is feasible. */
  get empty(): boolean {
    return this.#weights[0] === 0;
  }

  /** Upper bound of the feasible tuples, as far as the tree knows. */
  get weight(): number {
    return this.#weights[0]!;
  }

  /**
   * One attempt at a feasible tuple. With the same numbers and a tree that does not change, the tuple moves with them axis by
   * axis, so that points which cover the unit cube evenly cover the feasible tuples evenly.
   *
   * @param units one per axis of the space, each in [0, 1)
   * @param out one per axis of the space, receives the positions of the walked axes
   * @returns whether the tuple is feasible; otherwise the tree was refined where there is room
   */
  draw(units: ArrayLike<number>, out: { [axis: number]: number }): boolean {
    const which = this.#which;
    const width = which.length * 2;
    const rest = this.#values; // free until a tuple is tested
    for (const axis of which) rest[axis] = units[axis]!;
    let box = 0;
    while (this.#children[box] !== 0) {
      const left = this.#children[box]!;
      const share = this.#weights[left]! / this.#weights[box]!;
      const axis = which[this.#splitAxis(box)]!;
      const unit = rest[axis]!;
      // A share that is 0 or 1 never divides: the other child has nothing.
      if (unit < share) {
        rest[axis] = unit / share;
        box = left;
      } else {
        rest[axis] = (unit - share) / (1 - share);
        box = left + 1;
      }
    }
    const point = this.#point;
    for (let k = 0; k < which.length; k++) {
      const low = this.#ends[box * width + 2 * k]!;
      const high = this.#ends[box * width + 2 * k + 1]!;
      point[k] = Math.min(high, low + Math.floor(rest[which[k]!]! * (high - low + 1)));
    }
    if (!this.#inside[box] && !this.#holds(point)) {
      this.#split(box);
      return false;
    }
    for (let k = 0; k < which.length; k++) out[which[k]!] = point[k]!;
    return true;
  }

  /**
   * Moves positions to the nearest feasible tuple: by best-first search over boxes, so that the first tuple found is the
   * nearest one. Distances are in shares of an axis; another name of a choice is half an axis away.
   *
   * @param positions one per axis of the space, inside the axes; those of the walked axes are changed
   * @returns false where the search is given up: nothing was changed
   */
  nearest(positions: { [axis: number]: number }): boolean {
    const which = this.#which;
    const point = this.#point;
    for (let k = 0; k < point.length; k++) point[k] = positions[which[k]!]!;
    if (this.#holds(point)) return true; // the usual case, without any memory
    const wanted = Float64Array.from(point);
    const whole = this.#sizes.flatMap((size) => [0, size - 1]);
    const heap = new BoxHeap();
    if (this.#classify(whole) !== NOTHING) heap.push(whole, this.#distance(whole, wanted));
    for (let looked = 0; looked < MOST_SEARCHED; looked++) {
      const box = heap.pop();
      if (box === null) return false;
      // The box's point nearest to the wanted one is as far away as the box: if it is feasible, nothing is nearer.
      for (let k = 0; k < point.length; k++) point[k] = Math.min(Math.max(wanted[k]!, box[2 * k]!), box[2 * k + 1]!);
      if (this.#holds(point)) {
        for (let k = 0; k < which.length; k++) positions[which[k]!] = point[k]!;
        return true;
      }
      const halves = halve(box, widest(box));
      if (halves === null) continue;
      for (const half of halves) if (this.#classify(half) !== NOTHING) heap.push(half, this.#distance(half, wanted));
    }
    return false;
  }

  #distance(box: readonly number[], wanted: ArrayLike<number>): number {
    let sum = 0;
    for (let k = 0; k < this.#which.length; k++) {
      const gap = Math.max(box[2 * k]! - wanted[k]!, wanted[k]! - box[2 * k + 1]!, 0);
      const share = gap === 0 ? 0 : this.#ordered[k]! ? gap / this.#sizes[k]! : 0.5;
      sum += share * share;
    }
    return sum;
  }

  #holds(point: ArrayLike<number>): boolean {
    this.steps++;
    for (let k = 0; k < this.#which.length; k++) this.#values[this.#which[k]!] = this.#value[k]!(point[k]!);
    for (const { expr } of this.#constraints) if (evaluateScalar(expr, this.#values) === 0) return false;
    return true;
  }

  #classify(ends: readonly number[]): typeof NOTHING | typeof SOME | typeof ALL {
    this.steps++;
    for (let k = 0; k < this.#which.length; k++) this.#bounds[k]!(ends[2 * k]!, ends[2 * k + 1]!, this.#which[k]!);
    let all = true;
    for (const { expr } of this.#constraints) {
      const { low, high } = scalarBounds(expr, this.#lows, this.#highs);
      if (low <= 0 && high <= 0 && low >= 0) return NOTHING;
      if (!(low > 0)) all = false;
    }
    return all ? ALL : SOME;
  }

  #addBox(ends: readonly number[], parent: number): number {
    const kind = this.#classify(ends);
    let tuples = 1;
    for (let k = 0; k < ends.length; k += 2) tuples *= ends[k + 1]! - ends[k]! + 1;
    this.#ends.push(...ends);
    this.#weights.push(kind === NOTHING ? 0 : tuples);
    this.#children.push(0);
    this.#parents.push(parent);
    // Bounds ignore NaN, which no comparison lets through, so that "all" is tested once more where it is believed.
    this.#inside.push(false);
    return this.#weights.length - 1;
  }

  #splitAxis(box: number): number {
    const width = this.#which.length * 2;
    return widest(this.#ends.slice(box * width, (box + 1) * width));
  }

  #split(box: number): void {
    const width = this.#which.length * 2;
    const ends = this.#ends.slice(box * width, (box + 1) * width);
    const halves = halve(ends, widest(ends));
    if (halves === null) {
      this.#reweigh(box, 0);
    } else if (this.#weights.length < MOST_BOXES) {
      const first = this.#addBox(halves[0], box);
      const second = this.#addBox(halves[1], box);
      this.#children[box] = first;
      this.#reweigh(box, this.#weights[first]! + this.#weights[second]!);
    }
  }

  #reweigh(box: number, weight: number): void {
    this.#weights[box] = weight;
    for (let at = this.#parents[box]!; at >= 0; at = this.#parents[at]!) {
      const first = this.#children[at]!;
      this.#weights[at] = this.#weights[first]! + this.#weights[first + 1]!;
    }
  }

  /** Writes the interval of an axis' values between two positions. */
  #boundsOf(axis: Axis, k: number): (low: number, high: number, a: number) => void {
    const value = this.#value[k]!;
    if (isRising(axis)) {
      return (low, high, a) => {
        this.#lows[a] = value(low);
        this.#highs[a] = value(high);
      };
    }
    return (low, high, a) => {
      let least = Infinity;
      let most = -Infinity;
      for (let position = low; position <= high; position++) {
        least = Math.min(least, value(position));
        most = Math.max(most, value(position));
      }
      this.#lows[a] = least;
      this.#highs[a] = most;
    };
  }
}

const NOTHING = 0;
const SOME = 1;
const ALL = 2;

function isRising(axis: Axis): boolean {
  if (axis.kind === 'range' || axis.kind === 'log') return true;
  for (let p = 1; p < axis.size; p++) if (axisValue(axis, p) < axisValue(axis, p - 1)) return false;
  return true;
}

/** Values of a longer range are computed each time: a table would take more memory than it is worth. */
const LONGEST_TABLE = 10_000;

function tableOf(axis: Axis): (position: number) => number {
  if (axis.size > LONGEST_TABLE) return (position) => axisValue(axis, position);
  const table = Float64Array.from({ length: axis.size }, (_, position) => axisValue(axis, position));
  return (position) => table[position]!;
}

/** The axis with the most positions in a box. */
function widest(ends: readonly number[]): number {
  let best = 0;
  for (let k = 1; 2 * k < ends.length; k++) {
    if (ends[2 * k + 1]! - ends[2 * k]! > ends[2 * best + 1]! - ends[2 * best]!) best = k;
  }
  return best;
}

/** Both halves of a box across an axis; null where it has one position there. */
function halve(ends: readonly number[], k: number): [number[], number[]] | null {
  const low = ends[2 * k]!;
  const high = ends[2 * k + 1]!;
  if (low === high) return null;
  const middle = low + Math.floor((high - low) / 2);
  const first = [...ends];
  const second = [...ends];
  first[2 * k + 1] = middle;
  second[2 * k] = middle + 1;
  return [first, second];
}

/** Boxes by distance; equal ones in the order in which they came. */
class BoxHeap {
  readonly #items: { readonly box: readonly number[]; readonly distance: number; readonly order: number }[] = [];
  #pushed = 0;

  push(box: readonly number[], distance: number): void {
    const items = this.#items;
    let at = items.length;
    const item = { box, distance, order: this.#pushed++ };
    items.push(item);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!before(item, items[parent]!)) break;
      items[at] = items[parent]!;
      at = parent;
    }
    items[at] = item;
  }

  pop(): readonly number[] | null {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (first === undefined || last === undefined) return null;
    if (items.length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= items.length) break;
        if (child + 1 < items.length && before(items[child + 1]!, items[child]!)) child++;
        if (!before(items[child]!, last)) break;
        items[at] = items[child]!;
        at = child;
      }
      items[at] = last;
    }
    return first.box;
  }
}

interface Ordered {
  readonly distance: number;
  readonly order: number;
}

function before(a: Ordered, b: Ordered): boolean {
  return a.distance < b.distance || (a.distance === b.distance && a.order < b.order);
}
