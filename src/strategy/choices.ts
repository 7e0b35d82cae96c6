import type { Expr } from '../language/expression.ts';
import type { ScalarExpr } from '../language/scalar.ts';
import type { Span } from '../language/tokens.ts';
import { builtIn, ownName } from './names.ts';
import {
  BROKEN,
  compareScalar,
  FALSE,
  joinScalar,
  readsBarsOnly,
  selectScalar,
  type Scope,
  type SeriesValue,
  type Value,
} from './values.ts';

type Choice = Extract<Value, { type: 'choice' }>;
type Of<T extends Value['type']> = Extract<Value, { type: T }>;

/**
 * What a choice means where a value belongs: the series, number or condition that the trial's name stands for, if all of its
 * names are of one kind. A choice of other names stays one.
 */
export function chosenValue(scope: Scope, choice: Choice, at: Span, elaborate: (scope: Scope, expr: Expr) => Value): Value {
  const values = choice.names.map(({ name }) => ownName(scope, name, elaborate)?.value ?? builtIn(scope, name));
  if (values.some((value) => value?.type === 'broken')) return BROKEN;
  if (!values.every((value) => value === null || readsBarsOnly(scope, value, at, 'in a choice'))) return BROKEN;
  const all = <T extends Value['type']>(...types: readonly T[]): Of<T>[] | null => {
    const those = values.filter((value): value is Of<T> => types.some((type) => value?.type === type));
    return those.length === values.length ? those : null;
  };
  const series = all('series');
  if (series !== null) return chosenSeries(scope, choice, series);
  const numbers = all('number');
  if (numbers !== null) return chosenNumber(scope, choice, numbers, at);
  const truths = all('truth');
  if (truths !== null) return chosenTruth(scope, choice, truths, at);
  const conditions = all('truth', 'condition');
  return conditions === null ? choice : chosenCondition(scope, choice, conditions, at);
}

function chosenSeries(scope: Scope, { axis }: Choice, series: readonly SeriesValue[]): Value {
  const options = series.map(({ node }) => node);
  const level = series.every((one) => one.level === 'price') ? 'price' : 'own';
  return { type: 'series', node: scope.graph.pick(axis, options), level };
}

function chosenNumber(scope: Scope, choice: Choice, numbers: readonly Of<'number'>[], at: Span): Value {
  let chosen: ScalarExpr | null = numbers.at(-1)!.expr;
  for (let k = numbers.length - 2; k >= 0 && chosen !== null; k--) {
    const is = isChosen(scope, choice, k, at);
    chosen = is === null ? null : selectScalar(scope, is, numbers[k]!.expr, chosen, at);
  }
  return chosen === null ? BROKEN : { type: 'number', expr: chosen };
}

function chosenTruth(scope: Scope, choice: Choice, truths: readonly Of<'truth'>[], at: Span): Value {
  let any: ScalarExpr | null = FALSE;
  for (const [k, { expr }] of truths.entries()) {
    const is = isChosen(scope, choice, k, at);
    const both = is === null ? null : joinScalar(scope, 'and', is, expr, at);
    any = both === null || any === null ? null : joinScalar(scope, 'or', any, both, at);
  }
  return any === null ? BROKEN : { type: 'truth', expr: any };
}

function chosenCondition(scope: Scope, choice: Choice, values: readonly Of<'truth' | 'condition'>[], at: Span): Value {
  const { graph } = scope;
  let any = graph.truth(FALSE);
  for (const [k, value] of values.entries()) {
    const is = isChosen(scope, choice, k, at);
    if (is === null) return BROKEN;
    const node = value.type === 'truth' ? graph.truth(value.expr) : value.node;
    any = graph.join('or', any, graph.join('and', graph.truth(is), node));
  }
  return { type: 'condition', node: any };
}

function isChosen(scope: Scope, { axis }: Choice, position: number, at: Span): ScalarExpr | null {
  return compareScalar(scope, 'eq', { op: 'axis', axis }, { op: 'const', value: position }, at);
}
