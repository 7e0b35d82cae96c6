import { AVERAGE_KINDS, findIndicator } from '../indicators/catalogue.ts';
import type { Indicator } from '../indicators/indicator.ts';
import type { Expr } from '../language/expression.ts';
import type { MathFn } from '../language/scalar.ts';
import { didYouMean } from '../language/suggest.ts';
import { quoted, type Span } from '../language/tokens.ts';
import { nameValue, ownName } from './names.ts';
import { mathValue } from './numeric.ts';
import type { NodeId } from './plan.ts';
import { isMissing, random, session, timeFrame } from './time-calls.ts';
import { CALENDAR, CALLABLE, MATH_CALLS, SOURCES } from './vocabulary.ts';
import {
  BROKEN,
  isNumeric,
  kindOf,
  notNumeric,
  numericNode,
  readsBarsOnly,
  report,
  wordsOf,
  type Scope,
  type SeriesValue,
  type Value,
} from './values.ts';

export type Call = Extract<Expr, { kind: 'call' }>;
type Elaborate = (scope: Scope, expr: Expr) => Value;

export function call(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const form = CALLABLE.get(expr.name);
  if (form === undefined) return unknownCall(scope, expr, elaborate);
  const indicator = findIndicator(expr.name);
  if (indicator !== null) return indicatorCall(scope, indicator, expr, expr.args, elaborate) ?? BROKEN;
  const count = form.split(',').length;
  const [least, most] = MATH_CALLS.get(expr.name) ?? [count, count];
  if (expr.args.length < least || expr.args.length > most) return wrongCount(scope, expr, least, most);
  switch (expr.name) {
    case 'ma':
      return movingAverage(scope, expr, elaborate);
    case 'na':
      return isMissing(scope, expr, elaborate);
    case 'random':
      return random(scope, expr, elaborate);
    case 'session':
      return session(scope, expr);
    case 'tf':
      return timeFrame(scope, expr, elaborate);
    case 'rising':
    case 'falling':
      return trend(scope, expr, elaborate);
    case 'crossover':
    case 'crossunder':
    case 'cross':
      return cross(scope, expr, elaborate);
    default:
      return math(scope, expr, elaborate);
  }
}

function unknownCall(scope: Scope, { name, nameAt }: Call, elaborate: Elaborate): Value {
  if (ownName(scope, name, elaborate) !== undefined)
    return report(
      scope,
      'not_a_function',
      `\`${name}\` is a value and cannot be called.`,
      `Write \`${name}[1]\` for the value one bar back.`,
      nameAt,
    );
  if (SOURCES.has(name) || CALENDAR.has(name))
    return report(scope, 'not_a_function', `\`${name}\` is a series and cannot be called.`, `Write \`${name}\` alone.`, nameAt);
  const advice = didYouMean(name, CALLABLE.keys(), 'Use one of the functions that docs/strategy-language.md lists.');
  return report(scope, 'unknown_function', `${quoted(name)} is not a function here.`, advice, nameAt);
}

function cross(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const args = expr.args.map((arg) => elaborate(scope, arg));
  const numeric = args.filter(isNumeric);
  args.forEach((arg, k) => isNumeric(arg) || notNumeric(scope, arg, expr.args[k]!, `\`${expr.name}\``));
  const [left, right] = numeric;
  if (left === undefined || right === undefined) return BROKEN;
  if (left.type === 'number' && right.type === 'number')
    return report(
      scope,
      'wrong_type',
      `Both arguments of \`${expr.name}\` are numbers and never cross.`,
      'Give it at least one series.',
      expr.at,
    );
  for (const [k, arg] of [left, right].entries())
    if (!readsBarsOnly(scope, arg, expr.args[k]!.at, 'one bar back')) return BROKEN;
  const { graph } = scope;
  const [a, b] = [numericNode(scope, left), numericNode(scope, right)];
  if (expr.name !== 'cross')
    return { type: 'condition', node: graph.cross(expr.name === 'crossover' ? 'over' : 'under', a, b) };
  return { type: 'condition', node: graph.join('or', graph.cross('over', a, b), graph.cross('under', a, b)) };
}

/** `rising(x, n)`: x is above the highest of the n values before it, as Pine's `ta.rising` says; `falling` likewise. */
function trend(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const { graph } = scope;
  const extreme = findIndicator(expr.name === 'rising' ? 'highest' : 'lowest')!;
  const x = elaborate(scope, expr.args[0]!);
  if (x.type !== 'series') {
    misplaced(scope, x, 'a series (`x`)', expr, expr.args[0]!);
    return BROKEN;
  }
  const found = indicatorCall(scope, extreme, expr, expr.args, elaborate);
  if (found === null) return BROKEN;
  const before = graph.shift(found.node, graph.number({ op: 'const', value: 1 }));
  return { type: 'condition', node: graph.compare(expr.name === 'rising' ? 'gt' : 'lt', x.node, before) };
}

/** `min` and `max` of more than two go from left to right. */
function math(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const args = expr.args.map((arg) => elaborate(scope, arg));
  args.forEach((arg, k) => isNumeric(arg) || notNumeric(scope, arg, expr.args[k]!, `\`${expr.name}\``));
  const [first, ...rest] = args.filter(isNumeric);
  if (first === undefined || rest.length + 1 < args.length) return BROKEN;
  const fn = expr.name as MathFn;
  if (rest.length === 0) return mathValue(scope, fn, [first], expr);
  return rest.reduce<Value>((all, arg) => (isNumeric(all) ? mathValue(scope, fn, [all, arg], expr) : all), first);
}

function wrongCount(scope: Scope, { name, nameAt, args }: Call, least: number, most: number): Value {
  const takes =
    least === most
      ? `${most} argument${most === 1 ? '' : 's'}`
      : `${least} ${most === least + 1 ? 'or' : 'to'} ${most} arguments`;
  const message = `\`${name}\` takes ${takes} and got ${args.length}.`;
  return report(scope, 'argument_count', message, `Write it as \`${CALLABLE.get(name)!}\`.`, nameAt);
}

function indicatorCall(
  scope: Scope,
  indicator: Indicator,
  expr: Call,
  args: readonly Expr[],
  elaborate: Elaborate,
): SeriesValue | null {
  const values = args.map((arg) => elaborate(scope, arg));
  const given = indicator.inputs.filter(({ kind }) => kind !== 'column');
  const optional = given.length > 0 && given.every(({ column }) => column !== null);
  // as in `highest(20)`: no number stands where a series belongs
  const leftOut = optional && (values.length === 0 || values[0]!.type === 'number');
  const most = (leftOut ? 0 : given.length) + indicator.params.length;
  const least = most - indicator.params.filter(({ value }) => value !== null).length;
  if (values.length < least || values.length > most) {
    const more = expr.args.length - args.length; // `ma` has a kind before them
    const fewest = optional ? least - (leftOut ? 0 : given.length) : least;
    wrongCount(scope, expr, fewest + more, given.length + indicator.params.length + more);
    return null;
  }
  const faults = scope.faults.length;
  let level: SeriesValue['level'] = indicator.level === 'price' ? 'price' : 'own';
  /** The input whose scale the values are on. */
  const scaled = indicator.level === 'input' ? indicator.inputs.findIndex(({ kind }) => kind !== 'condition') : -1;
  let next = 0;
  const inputs = indicator.inputs.map((input, k): NodeId => {
    if (input.kind === 'column' || leftOut) {
      if (k === scaled) level = SOURCES.get(input.column!) ?? 'own';
      return scope.graph.source(input.column!);
    }
    const at = next++;
    const value = values[at]!;
    if (!readsBarsOnly(scope, value, args[at]!.at, 'over a period')) return -1;
    if (input.kind === 'condition') {
      if (value.type === 'condition') return scope.graph.flags(value.node);
      if (value.type === 'truth') return scope.graph.flags(scope.graph.truth(value.expr));
    } else if (value.type === 'series') {
      if (k === scaled) level = value.level;
      return value.node;
    }
    return misplaced(scope, value, `a ${input.kind} (\`${input.name}\`)`, expr, args[at]!);
  });
  const params = indicator.params.map((param): NodeId => {
    const at = next++;
    const value = values[at];
    if (value === undefined) return scope.graph.number({ op: 'const', value: param.value! });
    if (value.type !== 'number') return misplaced(scope, value, `a number (\`${param.name}\`)`, expr, args[at]!);
    scope.uses.push({ expr: value.expr, rule: param, of: expr.name, at: args[at]!.at });
    return scope.graph.number(value.expr);
  });
  if (scope.faults.length > faults || values.some(({ type }) => type === 'broken')) return null;
  return { type: 'series', node: scope.graph.indicator(indicator.name, inputs, params), level };
}

/** Reports an argument of the wrong kind; what it returns is not used then. */
function misplaced(scope: Scope, value: Value, wanted: string, { name }: Call, arg: Expr): NodeId {
  if (value.type !== 'broken') {
    const message = `${wordsOf(scope, arg.at)} is ${kindOf(value)} where \`${name}\` takes ${wanted}.`;
    report(scope, 'wrong_type', message, `Write it as \`${CALLABLE.get(name)!}\`.`, arg.at);
  }
  return -1;
}

/** `ma(kind, x, n)`: one average for a literal kind, a pick among all of a choice's kinds. */
function movingAverage(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const [kind, ...rest] = expr.args;
  const average = (name: string): SeriesValue | null => indicatorCall(scope, findIndicator(name)!, expr, rest, elaborate);
  if (kind?.kind === 'name' && isLiteralKind(scope, kind.name, elaborate)) {
    return knownKind(scope, kind.name, kind.at) ? (average(kind.name) ?? BROKEN) : BROKEN;
  }
  const value = kindValue(scope, kind!, elaborate);
  if (value.type === 'broken') return BROKEN;
  if (value.type !== 'choice') {
    const message = `${wordsOf(scope, kind!.at)} is ${kindOf(value)} where \`ma\` takes a kind of average.`;
    return report(scope, 'wrong_type', message, `Use one of ${AVERAGE_KINDS.join(', ')}, or a \`choice\` of them.`, kind!.at);
  }
  if (value.names.filter(({ name, at }) => !knownKind(scope, name, at)).length > 0) return BROKEN;
  const before = scope.faults.length;
  const options: SeriesValue[] = [];
  for (const { name } of value.names) {
    const option = average(name);
    if (option === null || scope.faults.length > before) return BROKEN; // the other kinds would say the same
    options.push(option);
  }
  const node = scope.graph.pick(
    value.axis,
    options.map((option) => option.node),
  );
  return { type: 'series', node, level: options[0]!.level };
}

/** A choice stays one, whatever its names mean elsewhere. */
function kindValue(scope: Scope, kind: Expr, elaborate: Elaborate): Value {
  return kind.kind === 'name' ? nameValue(scope, kind.name, kind.at, elaborate) : elaborate(scope, kind);
}

/** A name that is no choice of the text: `ma(sma, …)` means the average, also where a value is called so. */
function isLiteralKind(scope: Scope, name: string, elaborate: Elaborate): boolean {
  const own = ownName(scope, name, elaborate);
  return own === undefined || (own.value.type !== 'choice' && AVERAGE_KINDS.includes(name));
}

function knownKind(scope: Scope, name: string, at: Span): boolean {
  if (AVERAGE_KINDS.includes(name)) return true;
  const advice = didYouMean(name, AVERAGE_KINDS, `Use one of ${AVERAGE_KINDS.join(', ')}.`);
  report(scope, 'unknown_kind', `${quoted(name)} is not a moving average here.`, advice, at);
  return false;
}
