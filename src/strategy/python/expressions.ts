import { evaluateScalar, type CompareFn, type MathFn } from '../../language/scalar.ts';
import { inputsOf } from '../nodes.ts';
import type { NodeId, Plan, PlanNode } from '../plan.ts';
import { FUNCTIONS } from './functions.ts';

/** The nodes that some rules need, as assignments in dependency order. */
export interface PythonNodes {
  readonly lines: readonly string[];
  readonly functions: ReadonlySet<string>; // indicators that the lines call
  readonly missing: ReadonlySet<string>; // what has no counterpart, in words; where there is any, the lines are not complete
  nameOf(node: NodeId): string;
}

const BINARY: Partial<Record<MathFn, string>> = { add: '+', sub: '-', mul: '*', div: '/', pow: '**' };
const CALLS: Partial<Record<MathFn, string>> = {
  min: 'np.minimum',
  max: 'np.maximum',
  abs: 'np.abs',
  sign: 'np.sign',
  floor: 'np.floor',
  ceil: 'np.ceil',
  sqrt: 'np.sqrt',
  log: 'np.log',
  exp: 'np.exp',
};
const COMPARES: Readonly<Record<CompareFn, string>> = { gt: '>', ge: '>=', lt: '<', le: '<=', eq: '==', ne: '!=' };
const COLUMNS = new Set(['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4']);

/** @param values one per axis of the plan: the trial's */
export function pythonNodes(plan: Plan, values: ArrayLike<number>, roots: readonly NodeId[]): PythonNodes {
  const wanted = reachable(plan, roots);
  const titles = new Map(plan.plots.map(({ node, name }) => [node, name]));
  const functions = new Set<string>();
  const missing = new Set<string>();
  const nameOf = (id: NodeId): string => {
    const node = plan.nodes[id]!;
    if (node.op === 'source') return COLUMNS.has(node.source) ? node.source : `x${id}`;
    if (node.op === 'number') return literal(evaluateScalar(node.expr, values));
    return titles.has(id) ? `${titles.get(id)!}_${id}` : `x${id}`;
  };
  const lines: string[] = [];
  for (const id of [...wanted].sort((a, b) => a - b)) {
    const node = plan.nodes[id]!;
    if (node.op === 'number' || (node.op === 'source' && COLUMNS.has(node.source))) continue;
    if (node.op === 'indicator') functions.add(node.name);
    const text = expressionOf(node, nameOf, values);
    if (typeof text === 'string') lines.push(`${nameOf(id)} = ${text}`);
    else missing.add(text.missing);
  }
  return { lines, functions, missing, nameOf };
}

function reachable({ nodes }: Plan, roots: readonly NodeId[]): Set<NodeId> {
  const found = new Set<NodeId>();
  const waiting = [...roots];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (found.has(id)) continue;
    found.add(id);
    waiting.push(...inputsOf(nodes[id]!));
  }
  return found;
}

function expressionOf(
  node: PlanNode,
  nameOf: (id: NodeId) => string,
  values: ArrayLike<number>,
): string | { readonly missing: string } {
  switch (node.op) {
    case 'math':
      return mathText(node.fn, node.args.map(nameOf));
    case 'shift':
      return `back(${nameOf(node.arg)}, ${nameOf(node.bars)})`;
    case 'shiftCondition':
      return `back(${nameOf(node.arg)}.astype(float), ${nameOf(node.bars)}) == 1`;
    case 'indicator': {
      if (FUNCTIONS[node.name] === undefined) return { missing: `the indicator ${node.name}` };
      return `${node.name}(${[...node.inputs.map((id) => `series(${nameOf(id)})`), ...node.params.map(nameOf)].join(', ')})`;
    }
    case 'flags':
      return `${nameOf(node.arg)}.astype(float)`;
    case 'pick':
      return `series(${nameOf(node.options[values[node.axis]!]!)})`;
    case 'constant':
      return `np.full(BARS, ${node.value ? 'True' : 'False'})`;
    case 'scalar':
      return `np.full(BARS, ${evaluateScalar(node.expr, values) === 0 ? 'False' : 'True'})`;
    case 'compare': {
      const [left, right] = [`series(${nameOf(node.left)})`, `series(${nameOf(node.right)})`];
      // a comparison with NaN is false, also this one
      if (node.fn === 'ne') return `(${left} < ${right}) | (${left} > ${right})`;
      return `${left} ${COMPARES[node.fn]} ${right}`;
    }
    case 'cross': {
      const [left, right] = [nameOf(node.left), nameOf(node.right)];
      return node.direction === 'over' ? `crossed(${left}, ${right})` : `crossed(${right}, ${left})`;
    }
    case 'and':
    case 'or':
      return `${nameOf(node.left)} ${node.op === 'and' ? '&' : '|'} ${nameOf(node.right)}`;
    case 'not':
      return `~${nameOf(node.arg)}`;
    case 'number':
    case 'source':
      return { missing: 'the clock of the bars' };
    case 'held':
      return { missing: 'exits that read the position' };
    default:
      return otherText(node, nameOf);
  }
}

function otherText(node: PlanNode, nameOf: (id: NodeId) => string): string | { readonly missing: string } {
  if (node.op === 'select') {
    const [when, then, otherwise] = [node.when, node.then, node.otherwise].map(nameOf);
    return `np.where(${when}, series(${then}), series(${otherwise}))`;
  }
  if (node.op === 'random') return { missing: 'random numbers' };
  if (node.op === 'session') return { missing: 'sessions' };
  return { missing: 'higher time frames' };
}

function mathText(fn: MathFn, args: readonly string[]): string | { readonly missing: string } {
  const [a = '', b = ''] = args;
  if (fn === 'neg') return `-(${a})`;
  if (fn === 'round') return `np.floor(${a} + 0.5)`;
  const sign = BINARY[fn];
  if (sign !== undefined) return `${a} ${sign} ${b}`;
  const call = CALLS[fn];
  return call === undefined ? { missing: `the function ${fn}` } : `${call}(${args.join(', ')})`;
}

/** A number as Python reads it; negative ones in brackets. */
export function literal(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '-np.inf';
  return value < 0 ? `(${value})` : String(value);
}
