import { evaluateScalar, type CompareFn, type MathFn } from '../../language/scalar.ts';
import { inputsOf } from '../nodes.ts';
import type { NodeId, Plan, PlanNode } from '../plan.ts';
import { READS_HOLES } from './functions.ts';

/** The nodes that some rules need, as assignments in dependency order. */
export interface PythonNodes {
  readonly lines: readonly string[];
  readonly functions: ReadonlySet<string>; // indicators that the lines call
  readonly nameOf: (node: NodeId) => string;
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

interface Names {
  readonly plan: Plan;
  readonly values: ArrayLike<number>; // one per axis of the plan: the trial's
  readonly nameOf: (id: NodeId) => string;
  readonly frameName: (frame: number, node: NodeId) => string;
}

/** @param values one per axis of the plan: the trial's */
export function pythonNodes(plan: Plan, values: ArrayLike<number>, roots: readonly NodeId[], prefix = 'x'): PythonNodes {
  const wanted = [...reachable(plan, roots)].sort((a, b) => a - b).map((id) => [id, plan.nodes[id]!] as const);
  const titles = new Map(prefix === 'x' ? plan.plots.map(({ node, name }) => [node, name]) : []);
  const functions = new Set<string>();
  const nameOf = (id: NodeId): string => {
    const node = plan.nodes[id]!;
    if (node.op === 'source') return node.source;
    if (node.op === 'number') return literal(evaluateScalar(node.expr, values));
    return titles.has(id) ? `${titles.get(id)!}_${id}` : `${prefix}${id}`;
  };
  const lines: string[] = [];
  const frames = framesOf(plan, wanted);
  for (const [frame, nodes] of frames) {
    const inner = pythonNodes({ ...plan, nodes: plan.frames[frame]!.nodes, frames: [] }, values, nodes, `f${frame}_`);
    inner.functions.forEach((name) => functions.add(name));
    lines.push(...frameLines(plan, frame, nodes, inner));
  }
  const names = { plan, values, nameOf, frameName: (frame: number, node: NodeId) => `longer_${frame}_${node}` };
  for (const [id, node] of wanted) {
    if (node.op === 'number' || node.op === 'source') continue;
    if (node.op === 'indicator') functions.add(node.name);
    lines.push(`${nameOf(id)} = ${expressionOf(node, names)}`);
  }
  return { lines, functions, nameOf };
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

/** Nodes of time frames that are read, by frame. */
function framesOf(plan: Plan, wanted: readonly (readonly [NodeId, PlanNode])[]): Map<number, NodeId[]> {
  const found = new Map<number, NodeId[]>(plan.frames.map((_, frame) => [frame, []]));
  for (const [, node] of wanted)
    if (node.op === 'frame' || node.op === 'frameCondition') found.get(node.frame)!.push(node.node);
  return new Map([...found].filter(([, nodes]) => nodes.length > 0));
}

const KEYS = { day: 'day', week: '(day + 3) // 7', month: 'year * 12 + month', minute: '' } as const;

function frameLines(plan: Plan, frame: number, nodes: readonly NodeId[], inner: PythonNodes): string[] {
  const { unit, minutes } = plan.frames[frame]!.frame;
  const key = unit === 'minute' ? `day * 1440 + (hour * 60 + minute) // ${minutes}` : KEYS[unit];
  const once = [...new Set(nodes)];
  return [
    '',
    '',
    `def frame_${frame}():`,
    ...inner.lines.map((line) => `    ${line}`),
    `    return [${once.map(inner.nameOf).join(', ')}]`,
    '',
    '',
    `[${once.map((node) => `longer_${frame}_${node}`).join(', ')}] = longer(${key}, frame_${frame})`,
  ];
}

function expressionOf(node: PlanNode, names: Names): string {
  const { nameOf, values, frameName } = names;
  switch (node.op) {
    case 'math':
      return mathText(node.fn, node.args.map(nameOf));
    case 'shift':
      return `back(${nameOf(node.arg)}, ${nameOf(node.bars)})`;
    case 'shiftCondition':
      return `back(${nameOf(node.arg)}, ${nameOf(node.bars)}) == 1`;
    case 'indicator':
      return indicatorText(node.name, node.inputs.map(nameOf), node.params.map(nameOf));
    case 'flags':
      return `${nameOf(node.arg)}.astype(float)`;
    case 'pick':
      return `series(${nameOf(node.options[values[node.axis]!]!)})`;
    case 'constant':
      return `np.full(BARS, ${node.value ? 'True' : 'False'})`;
    case 'scalar':
      return `np.full(BARS, ${evaluateScalar(node.expr, values) === 0 ? 'False' : 'True'})`;
    case 'compare':
      return compareText(node.fn, `series(${nameOf(node.left)})`, `series(${nameOf(node.right)})`);
    case 'cross': {
      const [left, right] = [nameOf(node.left), nameOf(node.right)];
      return node.direction === 'over' ? `crossed(${left}, ${right})` : `crossed(${right}, ${left})`;
    }
    case 'and':
    case 'or':
      return `${nameOf(node.left)} ${node.op === 'and' ? '&' : '|'} ${nameOf(node.right)}`;
    case 'not':
      return `~${nameOf(node.arg)}`;
    case 'select':
      return `np.where(${nameOf(node.when)}, series(${nameOf(node.then)}), series(${nameOf(node.otherwise)}))`;
    case 'random':
      return `random(${nameOf(node.seed)})`;
    case 'session':
      return `session(${node.spans.map(({ from, to, days }) => `(${from}, ${to}, ${days})`).join(', ')})`;
    case 'frame':
    case 'frameCondition':
      return frameName(node.frame, node.node);
    default:
      throw new TypeError(`${node.op} is no series and no condition`);
  }
}

/** Behind a bar without a value an indicator starts anew, but for those that read such bars. */
function indicatorText(name: string, inputs: readonly string[], params: readonly string[]): string {
  if (READS_HOLES.has(name)) return `${name}(${[...inputs.map((input) => `series(${input})`), ...params].join(', ')})`;
  const call = params.length === 0 ? name : `lambda *x: ${name}(${['*x', ...params].join(', ')})`;
  return `over(${[call, ...inputs].join(', ')})`;
}

/** A comparison with NaN is false, also `!=`. */
function compareText(fn: CompareFn, left: string, right: string): string {
  return fn === 'ne' ? `(${left} < ${right}) | (${left} > ${right})` : `${left} ${COMPARES[fn]} ${right}`;
}

function mathText(fn: MathFn, args: readonly string[]): string {
  const [a = '', b = ''] = args;
  if (fn === 'neg') return `-(${a})`;
  if (fn === 'round') return `np.floor(${a} + 0.5)`;
  const sign = BINARY[fn];
  return sign === undefined ? `${CALLS[fn]!}(${args.join(', ')})` : `${a} ${sign} ${b}`;
}

/** An exit that reads the position: the expression at one bar, and the nodes that it reads of the bars. */
export function heldText(
  { nodes }: Plan,
  values: ArrayLike<number>,
  root: NodeId,
): { readonly roots: readonly NodeId[]; text: (nameOf: (id: NodeId) => string) => string } {
  const roots = new Set<NodeId>();
  const readsHeld = (id: NodeId): boolean => {
    const node = nodes[id]!;
    return node.op === 'held' || inputsOf(node).some(readsHeld);
  };
  const walk = (id: NodeId, nameOf: (id: NodeId) => string): string => {
    const node = nodes[id]!;
    if (node.op === 'number') return literal(evaluateScalar(node.expr, values));
    if (!readsHeld(id)) {
      roots.add(id);
      return `${nameOf(id)}[bar]`;
    }
    const of = (input: NodeId): string => walk(input, nameOf);
    switch (node.op) {
      case 'held':
        return node.term;
      case 'flags':
        return `float(${of(node.arg)})`;
      case 'select':
        return `(${of(node.then)} if ${of(node.when)} else ${of(node.otherwise)})`;
      case 'math':
        return `(${mathText(node.fn, node.args.map(of))})`;
      case 'compare':
        return `(${compareText(node.fn, of(node.left), of(node.right))})`;
      case 'and':
      case 'or':
        return `(${of(node.left)} ${node.op} ${of(node.right)})`;
      case 'not':
        return `(not ${of(node.arg)})`;
      default:
        throw new TypeError(`${node.op} does not read a position`);
    }
  };
  walk(root, String);
  return { roots: [...roots], text: (nameOf) => walk(root, nameOf) };
}

/** A number as Python reads it; negative ones in brackets. */
export function literal(value: number): string {
  if (Number.isNaN(value)) return 'np.nan';
  if (!Number.isFinite(value)) return value > 0 ? 'np.inf' : '(-np.inf)';
  return value < 0 ? `(${value})` : String(value);
}
