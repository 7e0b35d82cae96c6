import { exp, log, pow } from '../core/maths.ts';

/**
 * Numbers and conditions over axis values alone: periods, distances, `require`. Plain data, so that it travels in the Plan.
 * Booleans are 1 and 0. A choice axis has the position of its name among the *text's* names as value.
 */
export type ScalarExpr =
  | { readonly op: 'const'; readonly value: number }
  | { readonly op: 'axis'; readonly axis: number } // index into the Plan's axes
  | { readonly op: 'math'; readonly fn: MathFn; readonly args: readonly ScalarExpr[] }
  | { readonly op: 'compare'; readonly fn: CompareFn; readonly left: ScalarExpr; readonly right: ScalarExpr }
  | { readonly op: 'and' | 'or'; readonly left: ScalarExpr; readonly right: ScalarExpr }
  | { readonly op: 'not'; readonly arg: ScalarExpr }
  | { readonly op: 'select'; readonly when: ScalarExpr; readonly then: ScalarExpr; readonly otherwise: ScalarExpr };

export type MathFn =
  | 'add'
  | 'sub'
  | 'mul'
  | 'div'
  | 'neg'
  | 'min'
  | 'max'
  | 'abs'
  | 'sign'
  | 'round'
  | 'floor'
  | 'ceil'
  | 'sqrt'
  | 'log'
  | 'exp'
  | 'pow';
export type CompareFn = 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne';

export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Value of an expression at a trial's axis values; conditions give 1 or 0. Allocates nothing. */
export function evaluateScalar(expr: ScalarExpr, values: ArrayLike<number>): number {
  switch (expr.op) {
    case 'const':
      return expr.value;
    case 'axis':
      return values[expr.axis] ?? NaN;
    case 'math':
      return applyMath(
        expr.fn,
        evaluateScalar(expr.args[0]!, values),
        expr.args.length > 1 ? evaluateScalar(expr.args[1]!, values) : 0,
      );
    case 'compare':
      return Number(applyCompare(expr.fn, evaluateScalar(expr.left, values), evaluateScalar(expr.right, values)));
    case 'and':
      return Number(evaluateScalar(expr.left, values) !== 0 && evaluateScalar(expr.right, values) !== 0);
    case 'or':
      return Number(evaluateScalar(expr.left, values) !== 0 || evaluateScalar(expr.right, values) !== 0);
    case 'not':
      return evaluateScalar(expr.arg, values) === 0 ? 1 : 0;
    case 'select':
      return evaluateScalar(evaluateScalar(expr.when, values) !== 0 ? expr.then : expr.otherwise, values);
  }
}

/** Functions that take as long as eight plain operations. */
const SLOW: ReadonlySet<MathFn> = new Set(['log', 'exp', 'pow']);

/** About how many plain operations one evaluation takes: what a bound on work counts. */
export function scalarSteps(expr: ScalarExpr): number {
  switch (expr.op) {
    case 'const':
    case 'axis':
      return 1;
    case 'math':
      return expr.args.reduce((sum, arg) => sum + scalarSteps(arg), SLOW.has(expr.fn) ? 8 : 1);
    case 'compare':
    case 'and':
    case 'or':
      return 1 + scalarSteps(expr.left) + scalarSteps(expr.right);
    case 'not':
      return 1 + scalarSteps(expr.arg);
    case 'select':
      return 1 + scalarSteps(expr.when) + Math.max(scalarSteps(expr.then), scalarSteps(expr.otherwise));
  }
}

/** One operation on numbers; `b` is not read where the function has one argument. Series use the same, bar by bar. */
export function applyMath(fn: MathFn, a: number, b: number): number {
  switch (fn) {
    case 'add':
      return a + b;
    case 'sub':
      return a - b;
    case 'mul':
      return a * b;
    case 'div':
      return a / b;
    case 'neg':
      return -a;
    case 'min':
      return Math.min(a, b);
    case 'max':
      return Math.max(a, b);
    case 'abs':
      return Math.abs(a);
    case 'round':
      return Math.round(a); // halves go up
    case 'floor':
      return Math.floor(a);
    case 'ceil':
      return Math.ceil(a);
    case 'sqrt':
      return Math.sqrt(a);
    case 'sign':
      return Math.sign(a);
    case 'log':
      return log(a);
    case 'exp':
      return exp(a);
    case 'pow':
      return pow(a, b);
  }
}

/** A comparison with NaN is false, also `!=`. */
export function applyCompare(fn: CompareFn, a: number, b: number): boolean {
  switch (fn) {
    case 'gt':
      return a > b;
    case 'ge':
      return a >= b;
    case 'lt':
      return a < b;
    case 'le':
      return a <= b;
    case 'eq':
      return a === b;
    case 'ne':
      return a < b || a > b;
  }
}

/** Sorted indices of the axes that an expression reads. */
export function scalarAxes(expr: ScalarExpr): number[] {
  const found = new Set<number>();
  collectAxes(expr, found);
  return [...found].sort((a, b) => a - b);
}

function collectAxes(expr: ScalarExpr, found: Set<number>): void {
  switch (expr.op) {
    case 'const':
      return;
    case 'axis':
      found.add(expr.axis);
      return;
    case 'math':
      for (const arg of expr.args) collectAxes(arg, found);
      return;
    case 'not':
      collectAxes(expr.arg, found);
      return;
    case 'select':
      collectAxes(expr.when, found);
      collectAxes(expr.then, found);
      collectAxes(expr.otherwise, found);
      return;
    default:
      collectAxes(expr.left, found);
      collectAxes(expr.right, found);
  }
}

/** Count of parts of an expression, written out as a tree. */
export function scalarParts(expr: ScalarExpr): number {
  switch (expr.op) {
    case 'const':
    case 'axis':
      return 1;
    case 'math':
      return expr.args.reduce((sum, arg) => sum + scalarParts(arg), 1);
    case 'not':
      return 1 + scalarParts(expr.arg);
    case 'select':
      return 1 + scalarParts(expr.when) + scalarParts(expr.then) + scalarParts(expr.otherwise);
    default:
      return 1 + scalarParts(expr.left) + scalarParts(expr.right);
  }
}

/**
 * Interval that holds every value of an expression while axis k runs through [lows[k], highs[k]] (both included). It may be
 * wider than the truth where an axis occurs twice; values that are NaN (0 ÷ 0, √ of a negative) are not in it.
 */
export function scalarBounds(expr: ScalarExpr, lows: ArrayLike<number>, highs: ArrayLike<number>): Bounds {
  switch (expr.op) {
    case 'const':
      return { low: expr.value, high: expr.value };
    case 'axis':
      return { low: lows[expr.axis] ?? NaN, high: highs[expr.axis] ?? NaN };
    case 'math': {
      const a = scalarBounds(expr.args[0]!, lows, highs);
      return mathBounds(expr.fn, a, expr.args.length > 1 ? scalarBounds(expr.args[1]!, lows, highs) : a);
    }
    case 'compare':
      return compareBounds(expr.fn, scalarBounds(expr.left, lows, highs), scalarBounds(expr.right, lows, highs));
    case 'not': {
      const { low, high } = truthBounds(scalarBounds(expr.arg, lows, highs));
      return { low: 1 - high, high: 1 - low };
    }
    case 'select': {
      const when = truthBounds(scalarBounds(expr.when, lows, highs));
      const then = scalarBounds(expr.then, lows, highs);
      const otherwise = scalarBounds(expr.otherwise, lows, highs);
      return when.low === 1 ? then : when.high === 0 ? otherwise : hull(then, otherwise);
    }
    default: {
      const a = truthBounds(scalarBounds(expr.left, lows, highs));
      const b = truthBounds(scalarBounds(expr.right, lows, highs));
      const pick = expr.op === 'and' ? Math.min : Math.max;
      return { low: pick(a.low, b.low), high: pick(a.high, b.high) };
    }
  }
}

/** Of "is not 0". */
function truthBounds({ low, high }: Bounds): Bounds {
  return { low: Number(low > 0 || high < 0), high: Number(low !== 0 || high !== 0) };
}

function mathBounds(fn: MathFn, a: Bounds, b: Bounds): Bounds {
  switch (fn) {
    case 'sub':
      return { low: a.low - b.high, high: a.high - b.low };
    case 'neg':
      return { low: -a.high, high: -a.low };
    case 'abs':
      return { low: a.low > 0 ? a.low : a.high < 0 ? -a.high : 0, high: Math.max(Math.abs(a.low), Math.abs(a.high)) };
    case 'sqrt':
      return { low: Math.sqrt(Math.max(0, a.low)), high: Math.sqrt(Math.max(0, a.high)) };
    case 'log':
      return { low: log(Math.max(0, a.low)), high: log(Math.max(0, a.high)) };
    case 'pow':
      return a.low > 0 ? corners(a, b, pow) : { low: -Infinity, high: Infinity };
    case 'mul':
      return corners(a, b, (x, y) => (x === 0 || y === 0 ? 0 : x * y));
    case 'div':
      if (b.low <= 0 && b.high >= 0) return { low: -Infinity, high: Infinity };
      return corners(a, b, (x, y) => x / y);
    default: // add, min, max, sign, round, floor, ceil, exp rise with every argument
      return { low: applyMath(fn, a.low, b.low), high: applyMath(fn, a.high, b.high) };
  }
}

function hull(a: Bounds, b: Bounds): Bounds {
  return { low: Math.min(a.low, b.low), high: Math.max(a.high, b.high) };
}

function corners(a: Bounds, b: Bounds, of: (x: number, y: number) => number): Bounds {
  const all = [of(a.low, b.low), of(a.low, b.high), of(a.high, b.low), of(a.high, b.high)];
  return { low: Math.min(...all), high: Math.max(...all) };
}

function compareBounds(fn: CompareFn, a: Bounds, b: Bounds): Bounds {
  switch (fn) {
    case 'gt':
      return { low: Number(a.low > b.high), high: Number(a.high > b.low) };
    case 'ge':
      return { low: Number(a.low >= b.high), high: Number(a.high >= b.low) };
    case 'lt':
      return { low: Number(a.high < b.low), high: Number(a.low < b.high) };
    case 'le':
      return { low: Number(a.high <= b.low), high: Number(a.low <= b.high) };
    case 'eq':
      return {
        low: Number(a.low === a.high && b.low === b.high && a.low === b.low),
        high: Number(a.low <= b.high && b.low <= a.high),
      };
    case 'ne':
      return {
        low: Number(a.high < b.low || b.high < a.low),
        high: Number(!(a.low === a.high && b.low === b.high && a.low === b.low)),
      };
  }
}
