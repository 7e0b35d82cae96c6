import { AVERAGE_KINDS, findIndicator } from '../indicators/catalogue.ts';
import type { Indicator } from '../indicators/indicator.ts';
import type { Expr } from '../language/expression.ts';
import type { MathFn } from '../language/scalar.ts';
import { didYouMean } from '../language/suggest.ts';
import { quoted, type Span } from '../language/tokens.ts';
import { mathValue } from './numeric.ts';
import type { NodeId, SourceName } from './plan.ts';
import { CALLABLE, LATER_NAMES, MATH_CALLS, SOURCES } from './vocabulary.ts';
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
  if (form === undefined) return unknownCall(scope, expr);
  const indicator = findIndicator(expr.name);
  const most = form.endsWith('()') ? 0 : form.split(',').length;
  const least = most - (indicator?.defaults.length ?? 0);
  if (expr.args.length > most || expr.args.length < least) {
    const takes = least < most ? `${least} or ${most} arguments` : `${most} argument${most === 1 ? '' : 's'}`;
    return report(
      scope,
      'argument_count',
      `\`${expr.name}\` takes ${takes} and got ${expr.args.length}.`,
      `Write it as \`${form}\`.`,
      expr.nameAt,
    );
  }
  if (indicator !== null) return indicatorCall(scope, indicator, expr, expr.args, elaborate) ?? BROKEN;
  if (expr.name === 'ma') return movingAverage(scope, expr, elaborate);
  return MATH_CALLS.has(expr.name) ? math(scope, expr, elaborate) : cross(scope, expr, elaborate);
}

function unknownCall(scope: Scope, { name, nameAt }: Call): Value {
  if (scope.names.has(name))
    return report(
      scope,
      'not_a_function',
      `\`${name}\` is a value and cannot be called.`,
      `Write \`${name}[1]\` for the value one bar back.`,
      nameAt,
    );
  if (SOURCES.has(name))
    return report(scope, 'not_a_function', `\`${name}\` is a series and cannot be called.`, `Write \`${name}\` alone.`, nameAt);
  if (LATER_NAMES.has(name))
    return report(scope, 'not_available', `\`${name}\` is not available in this version yet.`, 'Remove it.', nameAt);
  const advice = didYouMean(name, CALLABLE.keys(), `Use one of ${[...CALLABLE.keys()].join(', ')}.`);
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
  const direction = expr.name === 'crossover' ? 'over' : 'under';
  return { type: 'condition', node: scope.graph.cross(direction, numericNode(scope, left), numericNode(scope, right)) };
}

function math(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const args = expr.args.map((arg) => elaborate(scope, arg));
  args.forEach((arg, k) => isNumeric(arg) || notNumeric(scope, arg, expr.args[k]!, `\`${expr.name}\``));
  const numeric = args.filter(isNumeric);
  return numeric.length === args.length ? mathValue(scope, expr.name as MathFn, numeric, expr) : BROKEN;
}

function indicatorCall(
  scope: Scope,
  indicator: Indicator,
  expr: Call,
  args: readonly Expr[],
  elaborate: Elaborate,
): SeriesValue | null {
  const seriesCount = indicator.implied ? 0 : indicator.inputs.length;
  const inputs: NodeId[] = indicator.implied ? indicator.inputs.map((name) => scope.graph.source(name as SourceName)) : [];
  const params: NodeId[] = [];
  let level: 'price' | 'own' = 'own';
  args.forEach((arg, k) => {
    const value = elaborate(scope, arg);
    const belongs = k < seriesCount ? 'series' : 'number';
    if (value.type === 'broken') return;
    if (value.type !== belongs) {
      const what =
        belongs === 'series'
          ? `a series (\`${indicator.inputs[k]!}\`)`
          : `a number (\`${indicator.params[k - seriesCount]!}\`)`;
      const message = `${wordsOf(scope, arg.at)} is ${kindOf(value)} where \`${expr.name}\` takes ${what}.`;
      report(scope, 'wrong_type', message, `Write it as \`${CALLABLE.get(expr.name)!}\`.`, arg.at);
    } else if (value.type === 'series') {
      if (!readsBarsOnly(scope, value, arg.at, 'over a period')) return;
      inputs.push(value.node);
      if (indicator.level === 'input') level = value.level;
    } else {
      scope.wholes.push({ expr: value.expr, least: 1, of: expr.name, at: arg.at });
      params.push(scope.graph.number(value.expr));
    }
  });
  for (const value of indicator.defaults.slice(params.length)) params.push(scope.graph.number({ op: 'const', value }));
  if (inputs.length < indicator.inputs.length || params.length < indicator.params.length) return null;
  return { type: 'series', node: scope.graph.indicator(indicator.name, inputs, params), level };
}

/** `ma(kind, x, n)`: one average for a literal kind, a pick among all of a choice's kinds. */
function movingAverage(scope: Scope, expr: Call, elaborate: Elaborate): Value {
  const [kind, ...rest] = expr.args;
  const average = (name: string): SeriesValue | null => indicatorCall(scope, findIndicator(name)!, expr, rest, elaborate);
  if (kind?.kind === 'name' && isLiteralKind(scope, kind.name)) {
    return knownKind(scope, kind.name, kind.at) ? (average(kind.name) ?? BROKEN) : BROKEN;
  }
  const value = elaborate(scope, kind!);
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

/** A name that is no choice of the text: `ma(sma, …)` means the average, also where a value is called so. */
function isLiteralKind(scope: Scope, name: string): boolean {
  const own = scope.names.get(name);
  return own === undefined || (own.value.type !== 'choice' && AVERAGE_KINDS.includes(name));
}

function knownKind(scope: Scope, name: string, at: Span): boolean {
  if (AVERAGE_KINDS.includes(name)) return true;
  const advice = didYouMean(name, AVERAGE_KINDS, `Use one of ${AVERAGE_KINDS.join(', ')}.`);
  report(scope, 'unknown_kind', `${quoted(name)} is not a moving average here.`, advice, at);
  return false;
}
