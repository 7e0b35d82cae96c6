import type { NodeId, Plan } from '../strategy/plan.ts';
import type { Arithmetic, Operand, Step } from './arithmetic.ts';
import { bandOf, runBand, type Band } from './band.ts';
import { compareLevel, compareOrder, MIRRORED } from './comparisons.ts';
import { binarySeries, numberWith, unarySeries, withNumber } from './series-ops.ts';

/**
 * Arithmetic worked out a block of bars at a time: what passes from one operation to the next stays in the cache nearest to the core,
 * and over long data the memory is read once instead of once per operation.
 */
export interface Fused extends Arithmetic {
  readonly numbers: readonly NodeId[];
  readonly band: Band | null; // one pass instead
  // Of the trial under way: the leaves' values, then a block per step; and the numbers.
  readonly columns: Float64Array[];
  readonly values: Float64Array;
}

/** Bars of a block: a multiple of 32, and a few blocks fit the first cache. */
const BLOCK = 1024;
/** Longer arithmetic would need more blocks than that cache holds. */
const MOST_STEPS = 12;

/** @param passing as `passingSeries` gives it; null where there is nothing to fuse */
export function fuse(plan: Plan, id: NodeId, passing: ReadonlySet<NodeId>): Fused | null {
  const { nodes } = plan;
  const compare = nodes[id]!;
  if (compare.op !== 'compare' || compare.fn === 'eq' || compare.fn === 'ne') return null;
  const leaves: NodeId[] = [];
  const numbers: NodeId[] = [];
  const inner: NodeId[] = []; // nodes of the steps, inputs first
  const visit = (at: NodeId): void => {
    const node = nodes[at]!;
    if (inner.includes(at) || leaves.includes(at) || numbers.includes(at)) return;
    if (node.type === 'number') {
      numbers.push(at);
    } else if (node.op === 'math' && passing.has(at)) {
      node.args.forEach(visit);
      inner.push(at);
    } else {
      leaves.push(at);
    }
  };
  visit(compare.left);
  visit(compare.right);
  if (inner.length === 0 || inner.length > MOST_STEPS) return null;
  const operand = (at: NodeId): Operand => {
    const number = numbers.indexOf(at);
    if (number >= 0) return { column: -1, number };
    const leaf = leaves.indexOf(at);
    return { column: leaf >= 0 ? leaf : leaves.length + inner.indexOf(at), number };
  };
  const steps = inner.map((at): Step => {
    const node = nodes[at]!;
    if (node.op !== 'math') throw new TypeError(`node ${at} is no arithmetic`);
    const [left, right] = node.args;
    return { fn: node.fn, left: operand(left!), right: right === undefined ? null : operand(right) };
  });
  const shape = { fn: compare.fn, steps, left: operand(compare.left), right: operand(compare.right), leaves };
  return {
    ...shape,
    numbers,
    band: bandOf(shape),
    columns: [...leaves.map(() => new Float64Array(0)), ...steps.map(() => new Float64Array(BLOCK))],
    values: new Float64Array(numbers.length),
  };
}

/** Whether `runFused` may be used: a comparison with a number needs a finite one. */
export function canRun({ left, right, values }: Fused): boolean {
  const number = left.column < 0 ? left.number : right.column < 0 ? right.number : -1;
  return number < 0 || Number.isFinite(values[number]!);
}

/** Writes the condition over `bars` bars from word `out` on; `columns` and `values` hold the leaves and the numbers. */
export function runFused(fused: Fused, bits: Uint32Array, out: number, bars: number): void {
  const { fn, steps, left, right, leaves, columns, values, band } = fused;
  if (band !== null) return runBand(band, columns, values, bits, out, bars);
  const whole = leaves.length;
  for (let from = 0; from < bars; from += BLOCK) {
    const length = Math.min(BLOCK, bars - from);
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k]!;
      const to = columns[whole + k]!;
      const a = step.left.column;
      if (step.right === null) {
        unarySeries(step.fn, columns[a]!, a < whole ? from : 0, to, 0, length);
        continue;
      }
      const b = step.right.column;
      if (a < 0) numberWith(step.fn, values[step.left.number]!, columns[b]!, b < whole ? from : 0, to, 0, length);
      else if (b < 0) withNumber(step.fn, columns[a]!, a < whole ? from : 0, values[step.right.number]!, to, 0, length);
      else binarySeries(step.fn, columns[a]!, a < whole ? from : 0, columns[b]!, b < whole ? from : 0, to, 0, length);
    }
    const word = out + (from >>> 5);
    const a = left.column;
    const b = right.column;
    const aFrom = a < whole ? from : 0;
    const bFrom = b < whole ? from : 0;
    if (b < 0) compareLevel(fn, columns[a]!, aFrom, values, right.number, bits, word, length);
    else if (a < 0) compareLevel(MIRRORED[fn], columns[b]!, bFrom, values, left.number, bits, word, length);
    else compareOrder(fn, columns[a]!, aFrom, columns[b]!, bFrom, bits, word, length);
  }
}
