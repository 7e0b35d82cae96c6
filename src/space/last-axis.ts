import { evaluateScalar, scalarBounds, type MathFn, type ScalarExpr } from '../language/scalar.ts';
import { axisValue, type Axis } from './axis.ts';
import type { Constraint } from './space.ts';

/** Functions whose value is a finite number wherever their bounds are finite. */
const TAME: ReadonlySet<MathFn> = new Set([
  'add',
  'sub',
  'mul',
  'div',
  'neg',
  'min',
  'max',
  'abs',
  'sign',
  'round',
  'floor',
  'ceil',
]);
/** Bounds cost about as much as so many tests: shorter stretches are tested position by position. */
const TESTS_PER_LOOK = 4;
/** Positions are counted in one go, at most as many as a page tests in a turn; longer axes are walked in steps. */
const LONGEST = 2_000;

/** Counts the positions of one axis that satisfy constraints while all other axes stand still. */
export interface AxisCount {
  /** @param values of every axis of the space; that of the counted one is changed */
  count(values: Float64Array): number;
  /** Stretches and positions looked at so far: the cost. */
  readonly steps: number;
}

/**
 * Whole stretches of positions are decided by interval arithmetic, and halved where it cannot tell: `fast < slow` takes twenty looks
 * at a thousand positions.
 *
 * @param axes the whole space's axes
 * @param last index of the counted one
 * @returns null where bounds may not hold every value (a value that is no number, values out of order) or the axis is too long
 */
export function createAxisCount(axes: readonly Axis[], constraints: readonly Constraint[], last: number): AxisCount | null {
  const axis = axes[last]!;
  if (axis.size > LONGEST) return null;
  const table = Float64Array.from({ length: axis.size }, (_, position) => axisValue(axis, position));
  if (table.some((value, position) => position > 0 && value < table[position - 1]!)) return null;
  const [lows, highs] = boundsOf(axes);
  if (!constraints.every(({ expr }) => isTame(expr, lows, highs))) return null;
  let steps = 0;
  let isPlain = false; // halving took longer than testing every position would

  function tested(values: Float64Array, from: number, to: number): number {
    let found = 0;
    for (let position = from; position <= to; position++) {
      steps++;
      values[last] = table[position]!;
      if (constraints.every(({ expr }) => evaluateScalar(expr, values) !== 0)) found++;
    }
    return found;
  }

  function within(values: Float64Array, from: number, to: number): number {
    if (to - from < TESTS_PER_LOOK) return tested(values, from, to);
    steps++;
    lows[last] = table[from]!;
    highs[last] = table[to]!;
    let all = true;
    for (const { expr } of constraints) {
      const { low, high } = scalarBounds(expr, lows, highs);
      if (low === 0 && high === 0) return 0;
      if (!(low > 0)) all = false;
    }
    if (all) return to - from + 1;
    const middle = from + ((to - from) >> 1);
    return within(values, from, middle) + within(values, middle + 1, to);
  }

  return {
    count(values) {
      if (isPlain) return tested(values, 0, axis.size - 1);
      lows.set(values);
      highs.set(values);
      const before = steps;
      const found = within(values, 0, axis.size - 1);
      if (TESTS_PER_LOOK * (steps - before) > axis.size) isPlain = true;
      return found;
    },
    get steps() {
      return steps;
    },
  };
}

/** The least and the largest value of every axis. */
function boundsOf(axes: readonly Axis[]): [Float64Array, Float64Array] {
  const [lows, highs] = [new Float64Array(axes.length), new Float64Array(axes.length)];
  axes.forEach((axis, a) => {
    const ends = axis.kind === 'range' ? [0, axis.size - 1] : Array.from({ length: axis.size }, (_, p) => p);
    const values = ends.map((position) => axisValue(axis, position));
    lows[a] = Math.min(...values);
    highs[a] = Math.max(...values);
  });
  return [lows, highs];
}

/** Whether an expression and all its parts are finite numbers, whatever the axes' values. */
function isTame(expr: ScalarExpr, lows: Float64Array, highs: Float64Array): boolean {
  const { low, high } = scalarBounds(expr, lows, highs);
  if (!(Math.abs(low) < Infinity && Math.abs(high) < Infinity)) return false;
  const tame = (part: ScalarExpr): boolean => isTame(part, lows, highs);
  switch (expr.op) {
    case 'const':
    case 'axis':
      return true;
    case 'math':
      return TAME.has(expr.fn) && expr.args.every(tame);
    case 'not':
      return tame(expr.arg);
    case 'select':
      return tame(expr.when) && tame(expr.then) && tame(expr.otherwise);
    default:
      return tame(expr.left) && tame(expr.right);
  }
}
