import type { Expr } from '../language/expression.ts';
import { quoted } from '../language/tokens.ts';
import { call } from './calls.ts';
import { mathValue } from './numeric.ts';
import { BARS_BACK } from './periods.ts';
import { chosenValue } from './choices.ts';
import { nameValue, ownName } from './names.ts';
import { select } from './select.ts';
import {
  BROKEN,
  compareScalar,
  conditionNode,
  FALSE,
  isNumeric,
  joinScalar,
  kindOf,
  notCondition,
  notNumeric,
  notScalar,
  numericNode,
  readsBarsOnly,
  report,
  TRUE,
  wordsOf,
  type Scope,
  type Value,
} from './values.ts';

/** Types an expression and puts what it needs into the graph. Faults go to the scope; their value is `broken`. */
export function elaborate(scope: Scope, expr: Expr): Value {
  switch (expr.kind) {
    case 'number':
      return { type: 'number', expr: { op: 'const', value: expr.value } };
    case 'truth':
      return { type: 'truth', expr: expr.value ? TRUE : FALSE };
    case 'text':
      return report(
        scope,
        'text_here',
        `${wordsOf(scope, expr.at)} is quoted and no value.`,
        'Write names without quotes; texts stand in `tf("1D", x)` and `session("0930-1600")` only.',
        expr.at,
      );
    case 'name': {
      const value = nameValue(scope, expr.name, expr.at, elaborate);
      return value.type === 'choice' ? chosenValue(scope, value, expr.at, elaborate) : value;
    }
    case 'call':
      return call(scope, expr, elaborate);
    case 'back':
      return back(scope, expr);
    case 'negate':
      return negate(scope, expr);
    case 'not': {
      const arg = elaborate(scope, expr.arg);
      if (arg.type === 'truth') return truth(notScalar(scope, arg.expr, expr.at));
      if (arg.type === 'condition') return { type: 'condition', node: scope.graph.not(arg.node) };
      return notCondition(scope, arg, expr.arg);
    }
    case 'arithmetic':
      return arithmetic(scope, expr);
    case 'compare':
      return compare(scope, expr);
    case 'join':
      return join(scope, expr);
    case 'select':
      return select(scope, expr, elaborate);
  }
}

function back(scope: Scope, expr: Extract<Expr, { kind: 'back' }>): Value {
  const arg = elaborate(scope, expr.arg);
  const bars = elaborate(scope, expr.bars);
  if (arg.type === 'broken' || bars.type === 'broken') return BROKEN;
  if (bars.type !== 'number')
    return report(
      scope,
      'wrong_type',
      `${wordsOf(scope, expr.bars.at)} is ${kindOf(bars)} where a number of bars belongs.`,
      'Write `x[1]` for the value one bar back.',
      expr.bars.at,
    );
  if (arg.type !== 'series' && arg.type !== 'condition')
    return report(
      scope,
      'wrong_type',
      `${wordsOf(scope, expr.arg.at)} is ${kindOf(arg)} and the same at every bar.`,
      'Only series and conditions can be read some bars back.',
      expr.arg.at,
    );
  if (bars.expr.op === 'const' && bars.expr.value < 0)
    return report(
      scope,
      'look_ahead',
      `\`[${bars.expr.value}]\` would read a bar of the future.`,
      'Use 0 or more: `x[1]` is one bar back.',
      expr.bars.at,
    );
  if (!readsBarsOnly(scope, arg, expr.arg.at, 'some bars back')) return BROKEN;
  scope.uses.push({ expr: bars.expr, rule: BARS_BACK, of: '', at: expr.bars.at });
  if (bars.expr.op === 'const' && bars.expr.value === 0) return arg;
  const count = scope.graph.number(bars.expr);
  if (arg.type === 'series') return { ...arg, node: scope.graph.shift(arg.node, count) };
  return { type: 'condition', node: scope.graph.shiftCondition(arg.node, count) };
}

function negate(scope: Scope, expr: Extract<Expr, { kind: 'negate' }>): Value {
  const arg = elaborate(scope, expr.arg);
  return isNumeric(arg) ? mathValue(scope, 'neg', [arg], expr) : notNumeric(scope, arg, expr.arg, '`-`');
}

const SIGNS = { add: '`+`', sub: '`-`', mul: '`*`', div: '`/`' } as const;

function arithmetic(scope: Scope, expr: Extract<Expr, { kind: 'arithmetic' }>): Value {
  const left = elaborate(scope, expr.left);
  const right = elaborate(scope, expr.right);
  if (isNumeric(left) && isNumeric(right)) return mathValue(scope, expr.fn, [left, right], expr);
  if (!isNumeric(left)) notNumeric(scope, left, expr.left, SIGNS[expr.fn]);
  return isNumeric(right) ? BROKEN : notNumeric(scope, right, expr.right, SIGNS[expr.fn]);
}

function compare(scope: Scope, expr: Extract<Expr, { kind: 'compare' }>): Value {
  const named = comparedChoice(scope, expr);
  if (named !== null) return named;
  const left = elaborate(scope, expr.left);
  const right = elaborate(scope, expr.right);
  if (isNumeric(left) && isNumeric(right)) {
    if (left.type === 'number' && right.type === 'number') {
      const compared = compareScalar(scope, expr.fn, left.expr, right.expr, expr.at);
      if (compared !== null) scope.comparisons.push({ expr: compared, at: expr.at });
      return truth(compared);
    }
    const [a, b] = [numericNode(scope, left), numericNode(scope, right)];
    const same = { op: 'const', value: Number(['ge', 'le', 'eq'].includes(expr.fn)) } as const;
    if (a === b) scope.comparisons.push({ expr: same, at: expr.at });
    const node = scope.graph.compare(expr.fn, a, b);
    return { type: 'condition', node };
  }
  if (!isNumeric(left)) notNumeric(scope, left, expr.left, 'a comparison');
  return isNumeric(right) ? BROKEN : notNumeric(scope, right, expr.right, 'a comparison');
}

/** A comparison of a choice with one of its names, or a choice without a value; null where values are compared. */
function comparedChoice(scope: Scope, expr: Extract<Expr, { kind: 'compare' }>): Value | null {
  for (const [one, other] of [
    [expr.left, expr.right],
    [expr.right, expr.left],
  ] as const) {
    const choice = one.kind === 'name' ? ownName(scope, one.name, elaborate)?.value : undefined;
    if (one.kind !== 'name' || choice?.type !== 'choice') continue;
    const named = other.kind === 'name' && choice.names.some(({ name }) => name === other.name);
    const byName = named && (expr.fn === 'eq' || expr.fn === 'ne');
    if (byName || chosenValue(scope, choice, one.at, elaborate).type === 'choice')
      return compareChoice(scope, expr, one, other);
  }
  return null;
}

/** `kind == ema`: the name is looked up among the choice's, not in the text. */
function compareChoice(
  scope: Scope,
  expr: Extract<Expr, { kind: 'compare' }>,
  choice: Extract<Expr, { kind: 'name' }>,
  other: Expr,
): Value {
  const value = nameValue(scope, choice.name, choice.at, elaborate);
  if (value.type !== 'choice') return BROKEN;
  const names = value.names.map(({ name }) => name);
  const advice = `Compare it with one of ${names.map(quoted).join(', ')} by \`==\` or \`!=\`.`;
  if (expr.fn !== 'eq' && expr.fn !== 'ne')
    return report(scope, 'wrong_type', `\`${choice.name}\` is a choice of names and has no order.`, advice, choice.at);
  const position = other.kind === 'name' ? names.indexOf(other.name) : -1;
  if (position < 0)
    return report(
      scope,
      'unknown_choice',
      `${wordsOf(scope, other.at)} is none of the names of \`${choice.name}\`.`,
      advice,
      other.at,
    );
  return truth(compareScalar(scope, expr.fn, { op: 'axis', axis: value.axis }, { op: 'const', value: position }, expr.at));
}

function join(scope: Scope, expr: Extract<Expr, { kind: 'join' }>): Value {
  const left = elaborate(scope, expr.left);
  const right = elaborate(scope, expr.right);
  if (left.type === 'truth' && right.type === 'truth') return truth(joinScalar(scope, expr.fn, left.expr, right.expr, expr.at));
  const a = conditionNode(scope, left, expr.left);
  const b = conditionNode(scope, right, expr.right);
  return a === null || b === null ? BROKEN : { type: 'condition', node: scope.graph.join(expr.fn, a, b) };
}

function truth(expr: Extract<Value, { type: 'truth' }>['expr'] | null): Value {
  return expr === null ? BROKEN : { type: 'truth', expr };
}
