import { exp, log, pow } from '../core/maths.ts';
import type { MathFn } from '../language/scalar.ts';

/**
 * Element-wise arithmetic over `bars` values: of `x` from its value `xAt` on, into `out` from its value `outAt` on. `out` may be an
 * input at the same place.
 */

export function unarySeries(fn: MathFn, x: Float64Array, xAt: number, out: Float64Array, outAt: number, bars: number): void {
  switch (fn) {
    case 'neg':
      for (let i = 0; i < bars; i++) out[outAt + i] = -x[xAt + i]!;
      return;
    case 'abs':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.abs(x[xAt + i]!);
      return;
    case 'round':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.round(x[xAt + i]!);
      return;
    case 'floor':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.floor(x[xAt + i]!);
      return;
    case 'ceil':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.ceil(x[xAt + i]!);
      return;
    case 'sqrt':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.sqrt(x[xAt + i]!);
      return;
    case 'sign':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.sign(x[xAt + i]!);
      return;
    case 'log':
      for (let i = 0; i < bars; i++) out[outAt + i] = log(x[xAt + i]!);
      return;
    case 'exp':
      for (let i = 0; i < bars; i++) out[outAt + i] = exp(x[xAt + i]!);
      return;
    default:
      // `min` and `max` of one value, and `add` or `mul` of one, are that value
      for (let i = 0; i < bars; i++) out[outAt + i] = x[xAt + i]!;
  }
}

export function binarySeries(
  fn: MathFn,
  a: Float64Array,
  aAt: number,
  b: Float64Array,
  bAt: number,
  out: Float64Array,
  outAt: number,
  bars: number,
): void {
  switch (fn) {
    case 'add':
      for (let i = 0; i < bars; i++) out[outAt + i] = a[aAt + i]! + b[bAt + i]!;
      return;
    case 'sub':
      for (let i = 0; i < bars; i++) out[outAt + i] = a[aAt + i]! - b[bAt + i]!;
      return;
    case 'mul':
      for (let i = 0; i < bars; i++) out[outAt + i] = a[aAt + i]! * b[bAt + i]!;
      return;
    case 'div':
      for (let i = 0; i < bars; i++) out[outAt + i] = a[aAt + i]! / b[bAt + i]!;
      return;
    case 'min':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.min(a[aAt + i]!, b[bAt + i]!);
      return;
    case 'max':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.max(a[aAt + i]!, b[bAt + i]!);
      return;
    case 'pow':
      for (let i = 0; i < bars; i++) out[outAt + i] = pow(a[aAt + i]!, b[bAt + i]!);
      return;
    default:
      throw new RangeError(`${fn} of two series`);
  }
}

/** The operation with a number as its second operand. */
export function withNumber(
  fn: MathFn,
  x: Float64Array,
  xAt: number,
  number: number,
  out: Float64Array,
  outAt: number,
  bars: number,
): void {
  switch (fn) {
    case 'add':
      for (let i = 0; i < bars; i++) out[outAt + i] = x[xAt + i]! + number;
      return;
    case 'sub':
      for (let i = 0; i < bars; i++) out[outAt + i] = x[xAt + i]! - number;
      return;
    case 'mul':
      for (let i = 0; i < bars; i++) out[outAt + i] = x[xAt + i]! * number;
      return;
    case 'div':
      for (let i = 0; i < bars; i++) out[outAt + i] = x[xAt + i]! / number;
      return;
    case 'min':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.min(x[xAt + i]!, number);
      return;
    case 'max':
      for (let i = 0; i < bars; i++) out[outAt + i] = Math.max(x[xAt + i]!, number);
      return;
    case 'pow':
      for (let i = 0; i < bars; i++) out[outAt + i] = pow(x[xAt + i]!, number);
      return;
    default:
      throw new RangeError(`${fn} of a series and a number`);
  }
}

/** The operation with a number as its first operand. */
export function numberWith(
  fn: MathFn,
  number: number,
  x: Float64Array,
  xAt: number,
  out: Float64Array,
  outAt: number,
  bars: number,
): void {
  switch (fn) {
    case 'sub':
      for (let i = 0; i < bars; i++) out[outAt + i] = number - x[xAt + i]!;
      return;
    case 'div':
      for (let i = 0; i < bars; i++) out[outAt + i] = number / x[xAt + i]!;
      return;
    case 'pow':
      for (let i = 0; i < bars; i++) out[outAt + i] = pow(number, x[xAt + i]!);
      return;
    default:
      withNumber(fn, x, xAt, number, out, outAt, bars); // the operands may change places
  }
}

/** x[by]: the value `by` bars before, NaN at the first `by` bars and everywhere where `by` is no whole number ≥ 0. */
export function shiftSeries(x: Float64Array, by: number, out: Float64Array): void {
  const bars = out.length;
  if (!(Number.isInteger(by) && by >= 0 && by < bars)) {
    out.fill(NaN);
    return;
  }
  out.fill(NaN, 0, by);
  for (let i = by; i < bars; i++) out[i] = x[i - by]!;
}
