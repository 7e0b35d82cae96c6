import type { Expr } from '../language/expression.ts';
import { quoted, type Span } from '../language/tokens.ts';
import type { AfterClause, Amount, OrderClause, OrderWord, Side, SizeClause } from './clauses.ts';
import type { Draft, OrderDraft } from './draft.ts';
import { elaborate } from './elaborate.ts';
import { mathValue } from './numeric.ts';
import { AFTER, BARS_AFTER } from './periods.ts';
import type { LevelRule, NodeId } from './plan.ts';
import {
  isNumeric,
  notNumeric,
  numericNode,
  report,
  wordsOf,
  type NumberValue,
  type Scope,
  type SeriesValue,
} from './values.ts';

const LISTS = { stop: 'stops', target: 'targets', trail: 'trails', breakeven: 'breakEvens' } as const satisfies Record<
  OrderWord,
  keyof OrderDraft
>;

const SIDES: readonly Side[] = ['long', 'short'];

export function takeOrder(draft: Draft, { word, side, amount, at }: OrderClause): void {
  const rule = levelRule(draft.scope, word, amount);
  for (const one of side === null ? SIDES : [side]) {
    const orders = draft.orders[one];
    orders.places.push({ word, at, bothSides: side === null, level: amount.unit === 'level' });
    if (rule !== null && !orders[LISTS[word]].some(({ kind, node }) => kind === rule.kind && node === rule.node))
      orders[LISTS[word]].push(rule);
  }
}

export function takeAfter(draft: Draft, { side, bars, at }: AfterClause): void {
  const { scope } = draft;
  const value = elaborate(scope, bars);
  if (value.type === 'broken') return;
  if (value.type !== 'number') {
    const message = `${wordsOf(scope, bars.at)} is no number that stays the same during a trade.`;
    report(scope, 'wrong_type', message, 'Write a number or a parameter, as in `exit after 40 bars`.', bars.at);
    return;
  }
  scope.uses.push({ expr: value.expr, rule: BARS_AFTER, of: AFTER, at: bars.at });
  for (const one of side === null ? SIDES : [side]) {
    const orders = draft.orders[one];
    orders.places.push({ word: 'after', at, bothSides: side === null, level: false });
    const both = orders.exitAfter === null ? value : mathValue(scope, 'min', [orders.exitAfter, value], bars);
    if (both.type === 'number') orders.exitAfter = both;
  }
}

export function takeSize(draft: Draft, { of, expr, per, at }: SizeClause): void {
  const { scope } = draft;
  if (draft.size !== null) {
    const message = `A size is given already, in line ${draft.size.at.line}.`;
    report(scope, 'size_twice', message, 'Keep one of the two lines.', at);
    return;
  }
  const share = of === 'equity' || of === 'risk' || of === 'volatility';
  const node = amountNode(scope, `size`, expr, share);
  const perNode = per === null ? null : amountNode(scope, 'size', per, false);
  if (per !== null && perNode !== null && scope.graph.nodes[perNode]!.type !== 'series') {
    const message = `${wordsOf(scope, per.at)} is a number and no movement of the price.`;
    report(scope, 'wrong_type', message, 'Name a series, as in `per atr(14)`.', per.at);
  }
  draft.size = { at, kind: of, node: node ?? -1, per: perNode };
}

function levelRule(scope: Scope, word: OrderWord, { unit, expr }: Amount): LevelRule | null {
  const node = amountNode(scope, word, expr, unit === 'percent');
  if (node === null) return null;
  return { kind: unit === 'percent' ? 'fraction' : unit, node };
}

/** The node of an amount; a percentage becomes a fraction. Null, with its fault, for what is no amount. */
function amountNode(scope: Scope, word: string, expr: Expr, percent: boolean): NodeId | null {
  const value = elaborate(scope, expr);
  if (!isNumeric(value)) {
    notNumeric(scope, value, expr, `\`${word}\``);
    return null;
  }
  if (value.type === 'number' && value.expr.op === 'const' && !(value.expr.value > 0)) {
    const message = `${wordsOf(scope, expr.at)} is not above 0.`;
    report(scope, 'bad_amount', message, `\`${word}\` takes an amount above 0; to go without it, remove the line.`, expr.at);
    return null;
  }
  if (!unheld(scope, numericNode(scope, value), expr.at, `\`${word}\``)) return null;
  const amount = percent ? percentOf(scope, value, expr) : value;
  return amount === null ? null : numericNode(scope, amount);
}

function percentOf(scope: Scope, value: NumberValue | SeriesValue, expr: Expr): NumberValue | SeriesValue | null {
  const fraction = mathValue(scope, 'div', [value, { type: 'number', expr: { op: 'const', value: 100 } }], expr);
  return isNumeric(fraction) ? fraction : null;
}

/** Whether a node can be known without a position; otherwise its fault. */
export function unheld(scope: Scope, node: NodeId, at: Span, where: string): boolean {
  const term = scope.graph.heldTerm(node);
  if (term === null) return true;
  report(
    scope,
    'held_outside_exit',
    `${quoted(term)} is known only while a position is held, and ${where} is read before.`,
    'Use it in `exit long when …` and `exit short when …` only.',
    at,
  );
  return false;
}

/** `size risk` counts to the initial stop: a side without one has no size. */
export function checkRisk({ scope, rules, orders, size }: Draft): void {
  if (size?.kind !== 'risk') return;
  for (const side of SIDES) {
    const enters = rules.has(side === 'long' ? 'enterLong' : 'enterShort');
    if (!enters || orders[side].stops.length > 0 || orders[side].trails.length > 0) continue;
    const message = `\`size risk\` counts to the stop, and no \`stop\` protects a ${side} position.`;
    report(scope, 'risk_without_stop', message, 'Add a line such as `stop 2%`.', size.at);
    return;
  }
}
