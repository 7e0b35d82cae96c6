import { fault, type Fault } from '../core/fault.ts';
import type { Param } from '../indicators/indicator.ts';
import type { Expr } from '../language/expression.ts';
import { MAX_NUMBER_PARTS } from '../language/limits.ts';
import { applyCompare, applyMath, scalarParts, type CompareFn, type MathFn, type ScalarExpr } from '../language/scalar.ts';
import { placeOf, quoted, type Span } from '../language/tokens.ts';
import type { Frame } from './frame.ts';
import type { Graph, GraphFrame } from './graph.ts';
import type { NodeId } from './plan.ts';

/** What an expression means. `level` tells whether a series lies on the price scale, so that it is drawn over the prices. */
export type Value =
  | { readonly type: 'number'; readonly expr: ScalarExpr }
  | { readonly type: 'truth'; readonly expr: ScalarExpr } // a condition that is the same at every bar
  | { readonly type: 'series'; readonly node: NodeId; readonly level: 'price' | 'own' }
  | { readonly type: 'condition'; readonly node: NodeId }
  | { readonly type: 'choice'; readonly axis: number; readonly names: readonly { readonly name: string; readonly at: Span }[] }
  | { readonly type: 'broken' }; // has a fault already; whatever uses it is silent

export type NumberValue = Extract<Value, { type: 'number' }>;
export type SeriesValue = Extract<Value, { type: 'series' }>;

export const BROKEN: Value = { type: 'broken' };
export const TRUE: ScalarExpr = { op: 'const', value: 1 };
export const FALSE: ScalarExpr = { op: 'const', value: 0 };

/** A number that must keep a rule: the parameter of a function, or how many bars back. */
export interface NumberUse {
  readonly expr: ScalarExpr;
  readonly rule: Param;
  readonly of: string; // the function, or '' for x[n]
  readonly at: Span;
}

/** What the elaboration of one text shares. */
export interface Scope {
  readonly text: string;
  readonly graph: Graph;
  /** What the text has defined so far; asked through `ownName`. */
  readonly names: Map<string, OwnName>;
  /** Names that the text defines further down. */
  readonly later: Map<string, Span>;
  readonly uses: NumberUse[];
  /** Comparisons that are the same at every bar: constant ones are hardly meant. */
  readonly comparisons: { readonly expr: ScalarExpr; readonly at: Span }[];
  readonly faults: Fault[];
  /** Graphs of higher time frames, by name. */
  readonly frames: Map<string, FrameScope>;
  /** Inside `tf(…)` the scope around it, else null. */
  readonly outer: Scope | null;
}

export interface OwnName {
  readonly value: Value;
  readonly nameAt: Span;
  /** What the name stands for, so that `tf` can work it out over other bars; null for parameters and what has a fault. */
  readonly expr: Expr | null;
}

export interface FrameScope extends GraphFrame {
  readonly frame: Frame;
  readonly scope: Scope;
}

/** One fault of a kind at a place: what is worked out again over the bars of a time frame says nothing twice. */
export function report(scope: Scope, code: string, message: string, advice: string, at: Span): Value {
  const said = scope.faults.some(
    ({ code: other, place }) =>
      other === code && place?.kind === 'text' && place.line === at.line && place.column === at.column,
  );
  if (!said) scope.faults.push(fault(code, message, advice, placeOf(at)));
  return BROKEN;
}

/** The user's own words for an expression, for messages. */
export function wordsOf(scope: Scope, at: Span): string {
  return quoted(scope.text.slice(at.offset, at.offset + at.length));
}

const KINDS = {
  number: 'a number',
  truth: 'a condition of parameters',
  series: 'a series',
  condition: 'a condition',
  choice: 'a choice of names',
  broken: 'broken',
} as const;

/** "a number", "a series" … */
export function kindOf(value: Value): string {
  return KINDS[value.type];
}

/** One calculation on numbers, done at once where all of them are known. Null, with its fault, where it has no finite value. */
export function mathScalar(scope: Scope, fn: MathFn, args: readonly ScalarExpr[], at: Span): ScalarExpr | null {
  const [a, b] = args;
  if (a?.op === 'const' && (b === undefined || b.op === 'const')) {
    const value = applyMath(fn, a.value, b?.value ?? 0) + 0; // + 0: no negative zero
    if (Number.isFinite(value)) return { op: 'const', value };
    report(
      scope,
      'not_finite',
      `${wordsOf(scope, at)} has no finite value.`,
      'Check what it divides by or takes the root of.',
      at,
    );
    return null;
  }
  return sized(scope, { op: 'math', fn, args }, at);
}

export function compareScalar(scope: Scope, fn: CompareFn, left: ScalarExpr, right: ScalarExpr, at: Span): ScalarExpr | null {
  if (left.op === 'const' && right.op === 'const') return applyCompare(fn, left.value, right.value) ? TRUE : FALSE;
  return sized(scope, { op: 'compare', fn, left, right }, at);
}

export function joinScalar(scope: Scope, op: 'and' | 'or', left: ScalarExpr, right: ScalarExpr, at: Span): ScalarExpr | null {
  for (const [one, other] of [
    [left, right],
    [right, left],
  ] as const) {
    if (one.op === 'const') return (one.value !== 0) === (op === 'and') ? other : one;
  }
  return sized(scope, { op, left, right }, at);
}

export function notScalar(scope: Scope, arg: ScalarExpr, at: Span): ScalarExpr | null {
  if (arg.op === 'const') return arg.value === 0 ? TRUE : FALSE;
  return arg.op === 'not' ? arg.arg : sized(scope, { op: 'not', arg }, at);
}

export function selectScalar(
  scope: Scope,
  when: ScalarExpr,
  then: ScalarExpr,
  otherwise: ScalarExpr,
  at: Span,
): ScalarExpr | null {
  if (when.op === 'const') return when.value !== 0 ? then : otherwise;
  return sized(scope, { op: 'select', when, then, otherwise }, at);
}

/** Definitions are written out inside numbers, so a few lines could make one of astronomic size. */
function sized(scope: Scope, expr: ScalarExpr, at: Span): ScalarExpr | null {
  if (scalarParts(expr) <= MAX_NUMBER_PARTS) return expr;
  report(
    scope,
    'too_large',
    `${wordsOf(scope, at)} has more than ${MAX_NUMBER_PARTS} parts, definitions written out.`,
    'Simplify it.',
    at,
  );
  return null;
}

/** The node of a number or series. */
export function numericNode(scope: Scope, value: NumberValue | SeriesValue): NodeId {
  return value.type === 'number' ? scope.graph.number(value.expr) : value.node;
}

export function isNumeric(value: Value): value is NumberValue | SeriesValue {
  return value.type === 'number' || value.type === 'series';
}

/** The node of a condition; null, with its fault, for anything else. */
export function conditionNode(scope: Scope, value: Value, expr: Expr): NodeId | null {
  if (value.type === 'condition') return value.node;
  if (value.type === 'truth') return scope.graph.truth(value.expr);
  notCondition(scope, value, expr);
  return null;
}

export function notCondition(scope: Scope, value: Value, expr: Expr): Value {
  if (value.type === 'broken') return BROKEN;
  const advice = isNumeric(value)
    ? 'Compare it with something, as in `x > 0`.'
    : 'Compare it with one of its names, as in `kind == ema`.';
  return report(
    scope,
    'wrong_type',
    `${wordsOf(scope, expr.at)} is ${kindOf(value)} where a condition belongs.`,
    advice,
    expr.at,
  );
}

export function notNumeric(scope: Scope, value: Value, expr: Expr, where: string): Value {
  if (value.type === 'broken') return BROKEN;
  const advice =
    value.type === 'choice'
      ? 'A choice of series or numbers can stand here, others in `ma(kind, x, n)` and in comparisons with their names.'
      : 'Use `and`, `or`, `not` on conditions.';
  return report(
    scope,
    'wrong_type',
    `${wordsOf(scope, expr.at)} is ${kindOf(value)}, and ${where} takes numbers and series.`,
    advice,
    expr.at,
  );
}

/** Whether a value is known at every bar; a fault where it reads a held position and `what` would look at bars outside of it. */
export function readsBarsOnly(scope: Scope, value: Value, at: Span, what: string): boolean {
  const term = value.type === 'series' || value.type === 'condition' ? scope.graph.heldTerm(value.node) : null;
  if (term === null) return true;
  report(
    scope,
    'held_history',
    `${quoted(term)} is known only while a position is held, so it has no value ${what}.`,
    'Compare it as it is, or calculate with it.',
    at,
  );
  return false;
}
