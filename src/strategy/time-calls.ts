import type { Expr } from '../language/expression.ts';
import { parseFrame } from './frame.ts';
import { createGraph } from './graph.ts';
import { SEED } from './periods.ts';
import { parseSession } from './session.ts';
import {
  BROKEN,
  isNumeric,
  kindOf,
  notNumeric,
  numericNode,
  readsBarsOnly,
  report,
  wordsOf,
  type FrameScope,
  type Scope,
  type Value,
} from './values.ts';

type Call = Extract<Expr, { kind: 'call' }>;
type Elaborate = (scope: Scope, expr: Expr) => Value;

/** `random(seed)`: uniform in [0, 1). */
export function random(scope: Scope, { args, name }: Call, elaborate: Elaborate): Value {
  const seed = elaborate(scope, args[0]!);
  if (seed.type === 'broken') return BROKEN;
  if (seed.type !== 'number') {
    const message = `${wordsOf(scope, args[0]!.at)} is ${kindOf(seed)} where \`random\` takes a number (\`seed\`).`;
    return report(scope, 'wrong_type', message, 'Write `random(1)`, or sweep the seed.', args[0]!.at);
  }
  scope.uses.push({ expr: seed.expr, rule: SEED, of: name, at: args[0]!.at });
  return { type: 'series', node: scope.graph.random(scope.graph.number(seed.expr)), level: 'own' };
}

/** `na(x)`: whether a series has no value. */
export function isMissing(scope: Scope, { args }: Call, elaborate: Elaborate): Value {
  const value = elaborate(scope, args[0]!);
  if (!isNumeric(value)) return notNumeric(scope, value, args[0]!, '`na`');
  if (value.type === 'number') return { type: 'truth', expr: { op: 'const', value: 0 } };
  const node = numericNode(scope, value);
  return { type: 'condition', node: scope.graph.not(scope.graph.compare('eq', node, node)) };
}

/** `session("0930-1600")`: whether a bar opens in that part of the day. */
export function session(scope: Scope, { args }: Call): Value {
  const arg = args[0]!;
  const spans = arg.kind === 'text' ? parseSession(arg.value) : null;
  if (spans !== null) return { type: 'condition', node: scope.graph.session(spans) };
  const advice = 'Write `session("0930-1600")`; days may follow, 1 is Sunday, as in `session("0930-1600:23456")`.';
  return report(scope, 'bad_session', `${wordsOf(scope, arg.at)} is no part of the day.`, advice, arg.at);
}

/** `tf("1D", x)`: x over the bars of a higher time frame, only such that are over. */
export function timeFrame(scope: Scope, { args, nameAt }: Call, elaborate: Elaborate): Value {
  const [name, inner] = args as readonly [Expr, Expr];
  const frame = name.kind === 'text' ? parseFrame(name.value) : null;
  if (frame === null) {
    const advice = 'Write `"15m"`, `"1h"`, `"4h"`, `"1D"`, `"1W"` or `"1M"`; minutes and hours divide a day.';
    return report(scope, 'bad_frame', `${wordsOf(scope, name.at)} is no time frame.`, advice, name.at);
  }
  if (scope.outer !== null)
    return report(scope, 'frame_nested', '`tf` stands inside another `tf`.', 'Use one time frame at a time.', nameAt);
  const known = scope.frames.get(frame.name);
  const index = scope.frames.size;
  const own: FrameScope = known ?? { frame, index, name: frame.name, ...innerScope(scope) };
  if (known === undefined) scope.frames.set(frame.name, own);
  const value = elaborate(own.scope, inner);
  if (value.type === 'number' || value.type === 'truth' || value.type === 'broken') return value;
  if (value.type === 'choice') return notNumeric(scope, value, inner, '`tf`');
  if (!readsBarsOnly(own.scope, value, inner.at, 'on bars of a time frame')) return BROKEN;
  const node = scope.graph.frame(own, value.node);
  return value.type === 'series' ? { ...value, node } : { type: 'condition', node };
}

/** Names, faults and checks are shared with the text around; the graph is another one. */
function innerScope(outer: Scope): Pick<FrameScope, 'scope' | 'graph'> {
  const graph = createGraph();
  return { graph, scope: { ...outer, graph, names: new Map(), frames: new Map(), outer } };
}
