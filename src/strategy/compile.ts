import { failed, fault, ok, type Fault, type Outcome, type Place } from '../core/fault.ts';
import type { Expr } from '../language/expression.ts';
import { MAX_FAULTS, MAX_TEXT } from '../language/limits.ts';
import { scalarAxes } from '../language/scalar.ts';
import { placeOf, quoted, tokenize, type Span } from '../language/tokens.ts';
import { addAxis } from './axes.ts';
import { assemble } from './assemble.ts';
import { emptyOrders, type Draft, type RuleName } from './draft.ts';
import { elaborate } from './elaborate.ts';
import { createGraph } from './graph.ts';
import { checkRisk, takeAfter, takeOrder, takeSize, unheld } from './orders.ts';
import { createNumberCheck } from './periods.ts';
import type { NodeId, Plan } from './plan.ts';
import { readStatements, type Statement } from './statements.ts';
import { SOURCES } from './vocabulary.ts';
import { conditionNode, kindOf, report, wordsOf, type Scope, type Value } from './values.ts';

/**
 * Compiles a strategy text. Reports every fault it can find at once, in the order of the text, at most 50; each has a place in
 * the text unless it is about the text as a whole. Never throws, whatever the text.
 */
export function compileStrategy(text: string): Outcome<Plan> {
  if (text.length > MAX_TEXT)
    return failed(
      fault('text_too_long', `The text has ${text.length} characters, and ${MAX_TEXT} are allowed.`, 'Shorten it.'),
    );
  const faults: Fault[] = [];
  const statements = readStatements(tokenize(text), faults);
  const draft = takeStatements(text, statements, faults);
  checkNumbers(draft);
  checkRisk(draft);
  const plan = faults.length > 0 ? null : assemble(draft);
  if (plan !== null && faults.length === 0) return ok(plan);
  const [first, ...more] = faults.sort(byPlace).slice(0, MAX_FAULTS);
  return failed(first!, ...more);
}

function takeStatements(text: string, statements: readonly Statement[], faults: Fault[]): Draft {
  const later = new Map<string, Span>();
  for (const statement of statements)
    if ('name' in statement && !later.has(statement.name)) later.set(statement.name, statement.nameAt);
  const scope: Scope = {
    text,
    graph: createGraph(),
    names: new Map(),
    later,
    uses: [],
    comparisons: [],
    faults,
    frames: new Map(),
    outer: null,
  };
  const draft: Draft = {
    scope,
    axes: [],
    axisPlaces: [],
    constraints: [],
    rules: new Map(),
    rulePlaces: new Map(),
    orders: { long: emptyOrders(), short: emptyOrders() },
    size: null,
    warnings: [],
  };
  for (const statement of statements) takeStatement(draft, statement);
  return draft;
}

function takeStatement(draft: Draft, statement: Statement): void {
  const { scope } = draft;
  switch (statement.kind) {
    case 'broken':
      return define(scope, statement.name, statement.nameAt, { type: 'broken' }, null);
    case 'define':
      return define(scope, statement.name, statement.nameAt, elaborate(scope, statement.expr), statement.expr);
    case 'axis': {
      if (isTaken(scope, statement.name, statement.nameAt)) return;
      const value = addAxis(scope, draft.axes, statement);
      if (value.type !== 'broken') draft.axisPlaces.push(statement.at);
      return define(scope, statement.name, statement.nameAt, value, null);
    }
    case 'require':
      return constrain(draft, statement.expr);
    case 'rule':
      return takeRule(draft, statement);
    case 'order':
      return takeOrder(draft, statement);
    case 'after':
      return takeAfter(draft, statement);
    case 'size':
      return takeSize(draft, statement);
  }
}

const RULE_NAMES = {
  enter: { long: ['enterLong'], short: ['enterShort'] },
  exit: { long: ['exitLong', 'exitLongHeld'], short: ['exitShort', 'exitShortHeld'] },
} as const;

function takeRule({ scope, rules, rulePlaces }: Draft, { action, side, when }: Extract<Statement, { kind: 'rule' }>): void {
  const node = conditionNode(scope, elaborate(scope, when), when);
  if (node === null) return;
  const [name, heldName] = RULE_NAMES[action][side];
  const add = (to: RuleName, part: NodeId): void => {
    const before = rules.get(to);
    rules.set(to, before === undefined ? part : scope.graph.join('or', before, part));
    if (before === undefined) rulePlaces.set(to, when.at);
  };
  if (heldName === undefined) {
    if (unheld(scope, node, when.at, `\`enter ${side}\``)) add(name, node);
    return;
  }
  for (const part of alternatives(scope, node)) add(scope.graph.heldTerm(part) === null ? name : heldName, part);
}

/** The parts that `or` joins, if one of them reads a held position; otherwise the condition as it is. */
function alternatives(scope: Scope, id: NodeId): NodeId[] {
  const node = scope.graph.nodes[id]!;
  if (node.op !== 'or' || scope.graph.heldTerm(id) === null) return [id];
  return [...alternatives(scope, node.left), ...alternatives(scope, node.right)];
}

function define(scope: Scope, name: string, nameAt: Span, value: Value, expr: Expr | null): void {
  if (!isTaken(scope, name, nameAt)) scope.names.set(name, { value, nameAt, expr });
}

function isTaken(scope: Scope, name: string, nameAt: Span): boolean {
  const before = scope.names.get(name);
  if (before !== undefined) {
    const message = `${quoted(name)} is defined already, in line ${before.nameAt.line}.`;
    report(scope, 'name_taken', message, 'Choose another name; a value never changes.', nameAt);
    return true;
  }
  if (!SOURCES.has(name)) return false;
  report(scope, 'name_taken', `${quoted(name)} is a built-in series.`, 'Choose another name.', nameAt);
  return true;
}

/** `require a and b` becomes two constraints, which are counted and searched faster than one. */
function constrain(draft: Draft, expr: Expr): void {
  const { scope } = draft;
  if (expr.kind === 'join' && expr.fn === 'and') {
    constrain(draft, expr.left);
    return constrain(draft, expr.right);
  }
  const before = scope.comparisons.length;
  const value = elaborate(scope, expr);
  scope.comparisons.length = before; // what is constant here is said below
  if (value.type === 'broken') return;
  const words = wordsOf(scope, expr.at);
  if (value.type !== 'truth') {
    const advice = 'A constraint compares parameters, as in `require fast < slow`.';
    report(
      scope,
      'wrong_type',
      `${words} is ${kindOf(value)} and says nothing about a parameter combination.`,
      advice,
      expr.at,
    );
    return;
  }
  if (value.expr.op !== 'const') {
    const text = scope.text.slice(expr.at.offset, expr.at.offset + expr.at.length);
    draft.constraints.push({ expr: value.expr, text, axes: scalarAxes(value.expr), place: placeOf(expr.at) });
  } else if (value.expr.value === 0) {
    report(
      scope,
      'never_satisfied',
      `${words} is never true, so no combination is left.`,
      'Remove the line or compare parameters.',
      expr.at,
    );
  } else {
    draft.warnings.push(fault('always_satisfied', `${words} is always true.`, 'Remove the line.', placeOf(expr.at)));
  }
}

function checkNumbers({ scope, axes, axisPlaces, constraints }: Draft): void {
  const check = createNumberCheck(axes, constraints);
  const seen = new Set<number>();
  for (const { expr, rule, of, at } of scope.uses) {
    if (seen.has(at.offset)) continue; // one argument of `ma` serves every kind
    seen.add(at.offset);
    const found = check(expr, rule, of);
    if (found === null) continue;
    const place = placeOf(expr.op === 'axis' ? axisPlaces[expr.axis]! : at);
    if (!scope.faults.some((other) => other.code === found.code && samePlace(other.place, place)))
      scope.faults.push({ ...found, place });
  }
}

function samePlace(a: Place | undefined, b: Place): boolean {
  return a?.kind === 'text' && b.kind === 'text' && a.line === b.line && a.column === b.column;
}

function byPlace(a: Fault, b: Fault): number {
  const at = ({ place }: Fault): number => (place?.kind === 'text' ? place.line * 1e6 + place.column : Infinity);
  const [x, y] = [at(a), at(b)];
  return x === y ? 0 : x - y;
}
