import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { MAX_FAULTS, MAX_TEXT } from '../language/limits.ts';
import { Parser, type Budget } from '../language/parser.ts';
import { placeOf, quoted, tokenFault, tokenize } from '../language/tokens.ts';
import { planOf } from './assemble.ts';
import { emptyOrders } from './draft.ts';
import { elaborate } from './elaborate.ts';
import { createGraph } from './graph.ts';
import { createNumberCheck } from './periods.ts';
import type { NodeId, Plan } from './plan.ts';
import { kindOf, readsBarsOnly, report, type Scope, type Value } from './values.ts';

const MOST_SERIES = 256;

/**
 * Compiles expressions alone, as a strategy text could hold them, into a Plan that has no rules and one plot per expression, in
 * their order. A condition becomes 1 and 0. Faults are placed in the expression that their message names.
 */
export function compileSeries(texts: readonly string[]): Outcome<Plan> {
  if (texts.length > MOST_SERIES)
    return failed(
      fault('too_many', `${texts.length} expressions are asked for, and ${MOST_SERIES} are allowed.`, 'Ask twice.'),
    );
  const graph = createGraph();
  const frames: Scope['frames'] = new Map();
  const shared = { graph, names: new Map(), later: new Map(), outer: null };
  const budget: Budget = { nodes: 0 };
  const faults: Fault[] = [];
  const plots = texts.map((text) => {
    const scope: Scope = { ...shared, text, uses: [], comparisons: [], faults: [], frames: new Map() };
    const { uses, faults: own } = scope;
    // a time frame is one for all expressions, but what is said about it belongs to the one that is read
    for (const [name, frame] of frames)
      scope.frames.set(name, { ...frame, scope: { ...frame.scope, text, uses, faults: own, outer: scope } });
    const plot = plotOf(scope, budget);
    for (const [name, frame] of scope.frames) frames.set(name, frame);
    checkNumbers(scope);
    for (const found of scope.faults) faults.push({ ...found, message: `In ${quoted(text)}: ${found.message}` });
    return { name: text, ...plot };
  });
  const [first, ...more] = faults.slice(0, MAX_FAULTS);
  if (first !== undefined) return failed(first, ...more);
  const draft = {
    scope: { ...shared, text: '', uses: [], comparisons: [], faults, frames },
    axes: [],
    axisPlaces: [],
    constraints: [],
    rules: new Map(),
    rulePlaces: new Map(),
    orders: { long: emptyOrders(), short: emptyOrders() },
    size: null,
    warnings: [],
  };
  return ok(planOf(draft, [], plots));
}

/** Node and pane of one expression; what it returns is not used where there is a fault. */
function plotOf(scope: Scope, budget: Budget): { node: NodeId; pane: 'price' | 'own' } {
  const none = { node: -1, pane: 'own' } as const;
  const { text, faults, graph } = scope;
  if (text.length > MAX_TEXT) {
    faults.push(fault('text_too_long', `It has ${text.length} characters, and ${MAX_TEXT} are allowed.`, 'Shorten it.'));
    return none;
  }
  const tokens = tokenize(text).filter(({ kind }) => kind !== 'comment' && kind !== 'newline' && kind !== 'end');
  faults.push(...tokens.flatMap((token) => tokenFault(token) ?? []));
  if (tokens.length === 0) faults.push(fault('unfinished', 'There is nothing.', 'Write a series, as in `rsi(close, 14)`.'));
  if (faults.length > 0) return none;
  const parser = new Parser(tokens, faults, budget);
  const expr = parser.attempt(() => {
    const read = parser.expression();
    parser.expectEnd();
    return read;
  });
  if (expr === null) return none;
  const value: Value = elaborate(scope, expr);
  if (!readsBarsOnly(scope, value, expr.at, 'here')) return none;
  switch (value.type) {
    case 'series':
      return { node: value.node, pane: value.level };
    case 'number':
      return { node: graph.number(value.expr), pane: 'own' };
    case 'condition':
      return { node: graph.flags(value.node), pane: 'own' };
    case 'truth':
      return { node: graph.flags(graph.truth(value.expr)), pane: 'own' };
    case 'choice':
      report(scope, 'wrong_type', `It is ${kindOf(value)}.`, 'Write a series, as in `rsi(close, 14)`.', expr.at);
      return none;
    case 'broken':
      return none;
  }
}

function checkNumbers({ uses, faults }: Scope): void {
  const check = createNumberCheck([], []);
  const seen = new Set<number>();
  for (const { expr, rule, of, at } of uses) {
    if (seen.has(at.offset)) continue;
    seen.add(at.offset);
    const found = check(expr, rule, of);
    if (found !== null) faults.push({ ...found, place: placeOf(at) });
  }
}
