import type { Expr } from '../language/expression.ts';
import {
  BROKEN,
  conditionNode,
  isNumeric,
  joinScalar,
  kindOf,
  notCondition,
  notScalar,
  numericNode,
  report,
  selectScalar,
  wordsOf,
  type Scope,
  type Value,
} from './values.ts';

export type Select = Extract<Expr, { kind: 'select' }>;
type Elaborate = (scope: Scope, expr: Expr) => Value;

/** `c ? a : b` of two numbers or series, or of two conditions. */
export function select(scope: Scope, expr: Select, elaborate: Elaborate): Value {
  const when = elaborate(scope, expr.when);
  const then = elaborate(scope, expr.then);
  const otherwise = elaborate(scope, expr.otherwise);
  if (when.type !== 'truth' && when.type !== 'condition') return notCondition(scope, when, expr.when);
  if (then.type === 'broken' || otherwise.type === 'broken') return BROKEN;
  if (when.type === 'truth' && when.expr.op === 'const') return when.expr.value !== 0 ? then : otherwise;
  if (isNumeric(then) && isNumeric(otherwise)) return numeric(scope, expr, when, then, otherwise);
  if (isCondition(then) && isCondition(otherwise)) return logical(scope, expr, when, then, otherwise);
  const message = `${wordsOf(scope, expr.then.at)} is ${kindOf(then)}, and ${wordsOf(scope, expr.otherwise.at)} is ${kindOf(otherwise)}.`;
  return report(
    scope,
    'wrong_type',
    message,
    'Choose between two numbers or series, or between two conditions.',
    expr.otherwise.at,
  );
}

type Condition = Extract<Value, { type: 'truth' | 'condition' }>;
type Numeric = Extract<Value, { type: 'number' | 'series' }>;

function isCondition(value: Value): value is Condition {
  return value.type === 'truth' || value.type === 'condition';
}

function numeric(scope: Scope, expr: Select, when: Condition, then: Numeric, otherwise: Numeric): Value {
  if (when.type === 'truth' && then.type === 'number' && otherwise.type === 'number') {
    const chosen = selectScalar(scope, when.expr, then.expr, otherwise.expr, expr.at);
    return chosen === null ? BROKEN : { type: 'number', expr: chosen };
  }
  const condition = conditionNode(scope, when, expr.when);
  if (condition === null) return BROKEN;
  const node = scope.graph.select(condition, numericNode(scope, then), numericNode(scope, otherwise));
  const price = [then, otherwise].some((value) => value.type === 'series' && value.level === 'price');
  return { type: 'series', node, level: price ? 'price' : 'own' };
}

/** `(c and a) or (not c and b)`. */
function logical(scope: Scope, expr: Select, when: Condition, then: Condition, otherwise: Condition): Value {
  if (when.type === 'truth' && then.type === 'truth' && otherwise.type === 'truth') {
    const not = notScalar(scope, when.expr, expr.at);
    const first = joinScalar(scope, 'and', when.expr, then.expr, expr.at);
    const second = not === null ? null : joinScalar(scope, 'and', not, otherwise.expr, expr.at);
    const either = first === null || second === null ? null : joinScalar(scope, 'or', first, second, expr.at);
    return either === null ? BROKEN : { type: 'truth', expr: either };
  }
  const { graph } = scope;
  const nodeOf = (value: Condition) => (value.type === 'truth' ? graph.truth(value.expr) : value.node);
  const condition = nodeOf(when);
  const first = graph.join('and', condition, nodeOf(then));
  return { type: 'condition', node: graph.join('or', first, graph.join('and', graph.not(condition), nodeOf(otherwise))) };
}
