import type { CompareFn } from '../language/scalar.ts';
import { aboveBits, aboveLevelBits, belowLevelBits, equalBits, notBelowBits, unequalBits } from './bit-ops.ts';
import { nextDouble } from './next-double.ts';

/** The comparison that says the same with its operands exchanged. */
export const MIRRORED = { gt: 'lt', lt: 'gt', ge: 'le', le: 'ge', eq: 'eq', ne: 'ne' } as const satisfies Record<
  CompareFn,
  CompareFn
>;

/** `a fn b` at each bar. */
export function compareSeries(
  fn: CompareFn,
  a: Float64Array,
  b: Float64Array,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  if (fn === 'eq') equalBits(a, b, bits, out, bars);
  else if (fn === 'ne') unequalBits(a, b, bits, out, bars);
  else compareOrder(fn, a, 0, b, 0, bits, out, bars);
}

/** `a fn b` for an order, of `a` from its value `aFrom` on, of `b` from `bFrom` on. */
export function compareOrder(
  fn: CompareFn,
  a: Float64Array,
  aFrom: number,
  b: Float64Array,
  bFrom: number,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  if (fn === 'gt') aboveBits(a, aFrom, b, bFrom, bits, out, bars);
  else if (fn === 'lt') aboveBits(b, bFrom, a, aFrom, bits, out, bars);
  else if (fn === 'ge') notBelowBits(a, aFrom, b, bFrom, bits, out, bars);
  else notBelowBits(b, bFrom, a, aFrom, bits, out, bars);
}

/** `x fn level` for a finite level `levels[at]` and an order: the neighbouring double makes ≥ and ≤ of > and <. */
export function compareLevel(
  fn: CompareFn,
  x: Float64Array,
  from: number,
  levels: Float64Array,
  at: number,
  bits: Uint32Array,
  out: number,
  bars: number,
): void {
  LIMIT[0] = levels[at]!;
  if (fn === 'ge') LIMIT[0] = nextDouble(levels[at]!, -1);
  else if (fn === 'le') LIMIT[0] = nextDouble(levels[at]!, 1);
  if (fn === 'gt' || fn === 'ge') aboveLevelBits(x, from, LIMIT, bits, out, bars);
  else belowLevelBits(x, from, LIMIT, bits, out, bars);
}

/** Of one comparison: a double that crosses a call is put on the heap. */
const LIMIT = new Float64Array(1);
