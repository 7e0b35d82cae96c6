import { exp, log, pow } from '../core/maths.ts';
import type { MathFn } from '../language/scalar.ts';

/** Element-wise arithmetic on series of equal length; `out` may be an input. */

export function unarySeries(fn: MathFn, x: Float64Array, out: Float64Array): void {
  const bars = out.length;
  switch (fn) {
    case 'neg':
      for (let i = 0; i < bars; i++) out[i] = -x[i]!;
      return;
    case 'abs':
      for (let i = 0; i < bars; i++) out[i] = Math.abs(x[i]!);
      return;
    case 'round':
      for (let i = 0; i < bars; i++) out[i] = Math.round(x[i]!);
      return;
    case 'floor':
      for (let i = 0; i < bars; i++) out[i] = Math.floor(x[i]!);
      return;
    case 'ceil':
      for (let i = 0; i < bars; i++) out[i] = Math.ceil(x[i]!);
      return;
    case 'sqrt':
      for (let i = 0; i < bars; i++) out[i] = Math.sqrt(x[i]!);
      return;
    case 'sign':
      for (let i = 0; i < bars; i++) out[i] = Math.sign(x[i]!);
      return;
    case 'log':
      for (let i = 0; i < bars; i++) out[i] = log(x[i]!);
      return;
    case 'exp':
      for (let i = 0; i < bars; i++) out[i] = exp(x[i]!);
      return;
    default:
      // `min` and `max` of one value, and `add` or `mul` of one, are that value
      out.set(x);
  }
}

export function binarySeries(fn: MathFn, a: Float64Array, b: Float64Array, out: Float64Array): void {
  const bars = out.length;
  switch (fn) {
    case 'add':
      for (let i = 0; i < bars; i++) out[i] = a[i]! + b[i]!;
      return;
    case 'sub':
      for (let i = 0; i < bars; i++) out[i] = a[i]! - b[i]!;
      return;
    case 'mul':
      for (let i = 0; i < bars; i++) out[i] = a[i]! * b[i]!;
      return;
    case 'div':
      for (let i = 0; i < bars; i++) out[i] = a[i]! / b[i]!;
      return;
    case 'min':
      for (let i = 0; i < bars; i++) out[i] = Math.min(a[i]!, b[i]!);
      return;
    case 'max':
      for (let i = 0; i < bars; i++) out[i] = Math.max(a[i]!, b[i]!);
      return;
    case 'pow':
      for (let i = 0; i < bars; i++) out[i] = pow(a[i]!, b[i]!);
      return;
    default:
      throw new RangeError(`${fn} of two series`);
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
