import type { Expr } from '../language/expression.ts';
import type { MathFn } from '../language/scalar.ts';
import { BROKEN, mathScalar, numericNode, type NumberValue, type Scope, type SeriesValue, type Value } from './values.ts';

/** A calculation on numbers and series: a number if all are numbers. */
export function mathValue(scope: Scope, fn: MathFn, args: readonly (NumberValue | SeriesValue)[], expr: Expr): Value {
  const numbers = args.flatMap((arg) => (arg.type === 'number' ? [arg.expr] : []));
  if (numbers.length === args.length) {
    const folded = mathScalar(scope, fn, numbers, expr.at);
    return folded === null ? BROKEN : { type: 'number', expr: folded };
  }
  const node = scope.graph.math(
    fn,
    args.map((arg) => numericNode(scope, arg)),
  );
  return { type: 'series', node, level: levelOf(fn, args) };
}

/** Price ± distance and price × number stay on the price scale; a difference or ratio of prices leaves it. */
function levelOf(fn: MathFn, args: readonly (NumberValue | SeriesValue)[]): 'price' | 'own' {
  const [a, b] = args.map((arg) => (arg.type === 'number' ? 'number' : arg.level));
  switch (fn) {
    case 'sub':
      return a === 'price' && b !== 'price' ? 'price' : 'own';
    case 'mul':
      return (a === 'price' && b === 'number') || (a === 'number' && b === 'price') ? 'price' : 'own';
    case 'div':
      return a === 'price' && b === 'number' ? 'price' : 'own';
    case 'neg':
    case 'sign':
    case 'sqrt':
    case 'log':
    case 'exp':
    case 'pow':
      return 'own';
    default:
      return a === 'price' || b === 'price' ? 'price' : 'own';
  }
}
