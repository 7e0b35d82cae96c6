import type { Arithmetic } from './arithmetic.ts';
import { wordCount } from './bit-ops.ts';

/**
 * A series against a band around another, `x > middle ± factor × width` in any order and direction: what Bollinger, Keltner and
 * channels of true range are compared with. One pass, where fused arithmetic needs one per operation.
 */
export interface Band {
  readonly x: number; // columns of the arithmetic
  readonly middle: number;
  readonly width: number;
  readonly factor: number; // of its numbers
  readonly below: boolean; // width is subtracted
  readonly under: boolean; // x is to be the smaller one
  readonly orEqual: boolean;
}

/** Null where the arithmetic of a comparison is something else. */
export function bandOf({ fn, steps, left, right, leaves }: Arithmetic): Band | null {
  const [product, sum] = steps;
  if (steps.length !== 2 || product?.fn !== 'mul' || (sum?.fn !== 'add' && sum?.fn !== 'sub')) return null;
  const whole = leaves.length;
  const isLeaf = (column: number): boolean => column >= 0 && column < whole;
  const [one, other] = [product.left, product.right!];
  const [width, factor] = one.column < 0 ? [other, one] : [one, other];
  if (!isLeaf(width.column) || factor.column >= 0) return null;
  const first = sum.left.column;
  const second = sum.right!.column;
  const middle = second === whole ? first : sum.fn === 'add' && first === whole ? second : -1;
  const isRight = right.column === whole + 1;
  const x = isRight ? left.column : right.column;
  if (!isLeaf(middle) || !isLeaf(x) || !(isRight || left.column === whole + 1)) return null;
  return {
    x,
    middle,
    width: width.column,
    factor: factor.number,
    below: sum.fn === 'sub',
    under: (fn === 'lt' || fn === 'le') === isRight,
    orEqual: fn === 'ge' || fn === 'le',
  };
}

/** As `runFused`, bit for bit: a change of every sign changes no rounding. */
export function runBand(
  { x, middle, width, factor, below, under, orEqual }: Band,
  columns: readonly Float64Array[],
  values: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  SIGNS[0] = under ? -1 : 1;
  SIGNS[1] = SIGNS[0] * (below ? -1 : 1) * values[factor]!;
  if (orEqual) notBelowBandBits(columns[x]!, columns[middle]!, columns[width]!, SIGNS, bits, out, bars);
  else aboveBandBits(columns[x]!, columns[middle]!, columns[width]!, SIGNS, bits, out, bars);
}

/** Of one comparison: a double that crosses a call is put on the heap. */
const SIGNS = new Float64Array(2);

/** `s × x > s × middle + f × width` at each bar, for s and f in `signs`. */
function aboveBandBits(
  x: Float64Array,
  middle: Float64Array,
  width: Float64Array,
  signs: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const s = signs[0]!;
  const f = signs[1]!;
  const whole = bars & ~31;
  let i = 0;
  for (let w = out; i < whole; w++) {
    let word = 0;
    // four bars shifted in from the top, as in bit-ops
    for (const stop = i + 32; i < stop; i += 4) {
      const first = Number(s * x[i]! > s * middle[i]! + f * width[i]!) << 28;
      const second = Number(s * x[i + 1]! > s * middle[i + 1]! + f * width[i + 1]!) << 29;
      const third = Number(s * x[i + 2]! > s * middle[i + 2]! + f * width[i + 2]!) << 30;
      const fourth = Number(s * x[i + 3]! > s * middle[i + 3]! + f * width[i + 3]!) << 31;
      word = (word >>> 4) | first | second | third | fourth;
    }
    bits[w] = word;
  }
  if (i === bars) return;
  let word = 0;
  for (let bit = 0; i < bars; i++, bit++) word |= Number(s * x[i]! > s * middle[i]! + f * width[i]!) << bit;
  bits[out + wordCount(bars) - 1] = word;
}

/** As `aboveBandBits`, with ≥. */
function notBelowBandBits(
  x: Float64Array,
  middle: Float64Array,
  width: Float64Array,
  signs: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  const s = signs[0]!;
  const f = signs[1]!;
  const whole = bars & ~31;
  let i = 0;
  for (let w = out; i < whole; w++) {
    let word = 0;
    for (const stop = i + 32; i < stop; i += 4) {
      const first = Number(s * x[i]! >= s * middle[i]! + f * width[i]!) << 28;
      const second = Number(s * x[i + 1]! >= s * middle[i + 1]! + f * width[i + 1]!) << 29;
      const third = Number(s * x[i + 2]! >= s * middle[i + 2]! + f * width[i + 2]!) << 30;
      const fourth = Number(s * x[i + 3]! >= s * middle[i + 3]! + f * width[i + 3]!) << 31;
      word = (word >>> 4) | first | second | third | fourth;
    }
    bits[w] = word;
  }
  if (i === bars) return;
  let word = 0;
  for (let bit = 0; i < bars; i++, bit++) word |= Number(s * x[i]! >= s * middle[i]! + f * width[i]!) << bit;
  bits[out + wordCount(bars) - 1] = word;
}
