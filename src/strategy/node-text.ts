import type { CompareFn, MathFn, ScalarExpr } from '../language/scalar.ts';
import type { NodeId, Plan, PlanNode } from './plan.ts';

const MATH: Partial<Record<MathFn, string>> = { add: '+', sub: '-', mul: '*', div: '/', pow: '^' };
const COMPARE: Readonly<Record<CompareFn, string>> = { gt: '>', ge: '>=', lt: '<', le: '<=', eq: '==', ne: '!=' };
/** Longer texts are cut: they head a line of a table. */
const LONGEST = 90;

/** A node as strategy text would say it, axes by their names. */
export function nodeText(plan: Plan, id: NodeId): string {
  const text = writeNode(plan, plan.nodes, id);
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}

function writeNode(plan: Plan, nodes: readonly PlanNode[], id: NodeId): string {
  const node = nodes[id]!;
  const text = (input: NodeId): string => writeNode(plan, nodes, input);
  const inner = (input: NodeId): string => bracket(text(input));
  switch (node.op) {
    case 'number':
    case 'scalar':
      return writeScalar(plan, node.expr);
    case 'source':
      return node.source;
    case 'math':
      return writeMath(node.fn, node.args.map(text));
    case 'shift':
    case 'shiftCondition':
      return `${inner(node.arg)}[${text(node.bars)}]`;
    case 'indicator':
      return `${node.name}(${[...node.inputs, ...node.params].map(text).join(', ')})`;
    case 'flags':
      return text(node.arg);
    case 'pick':
      return `${axisName(plan, node.axis)}{${node.options.map(text).join(' | ')}}`;
    case 'select':
      return `${inner(node.when)} ? ${inner(node.then)} : ${inner(node.otherwise)}`;
    case 'random':
      return `random(${text(node.seed)})`;
    case 'frame':
    case 'frameCondition': {
      const of = plan.frames[node.frame]!;
      return `tf("${of.frame.name}", ${writeNode(plan, of.nodes, node.node)})`;
    }
    case 'held':
      return node.term;
    case 'constant':
      return String(node.value);
    case 'compare':
      return `${inner(node.left)} ${COMPARE[node.fn]} ${inner(node.right)}`;
    case 'cross':
      return `${node.direction === 'over' ? 'crossover' : 'crossunder'}(${text(node.left)}, ${text(node.right)})`;
    case 'and':
    case 'or':
      return `${inner(node.left)} ${node.op} ${inner(node.right)}`;
    case 'not':
      return `not ${inner(node.arg)}`;
    case 'session':
      return 'session';
  }
}

function writeScalar(plan: Plan, expr: ScalarExpr): string {
  const text = (of: ScalarExpr): string => writeScalar(plan, of);
  switch (expr.op) {
    case 'const':
      return String(expr.value);
    case 'axis':
      return axisName(plan, expr.axis);
    case 'math':
      return writeMath(expr.fn, expr.args.map(text));
    case 'compare':
      return `${bracket(text(expr.left))} ${COMPARE[expr.fn]} ${bracket(text(expr.right))}`;
    case 'and':
    case 'or':
      return `${bracket(text(expr.left))} ${expr.op} ${bracket(text(expr.right))}`;
    case 'not':
      return `not ${bracket(text(expr.arg))}`;
    case 'select':
      return `${bracket(text(expr.when))} ? ${bracket(text(expr.then))} : ${bracket(text(expr.otherwise))}`;
  }
}

function writeMath(fn: MathFn, args: readonly string[]): string {
  const [left, right] = args;
  const sign = MATH[fn];
  if (sign !== undefined && left !== undefined && right !== undefined) return `${bracket(left)} ${sign} ${bracket(right)}`;
  return fn === 'neg' && left !== undefined ? `-${bracket(left)}` : `${fn}(${args.join(', ')})`;
}

function axisName({ space }: Plan, axis: number): string {
  return space.axes[axis]?.name ?? `axis ${axis}`;
}

/** What is more than a name, a number, a call or a value read some bars back goes into brackets. */
function bracket(text: string): string {
  let depth = 0;
  for (const sign of text) {
    if ('([{'.includes(sign)) depth++;
    if (depth === 0 && !/[\w.]/.test(sign)) return `(${text})`;
    if (')]}'.includes(sign)) depth--;
  }
  return text.startsWith('(') ? `(${text})` : text;
}
