import { sha256Hex, utf8Bytes } from '../core/hash.ts';
import { scalarAxes, type CompareFn, type MathFn, type ScalarExpr } from '../language/scalar.ts';
import { inputsOf, mapInputs, ownParts, type NodeDraft } from './nodes.ts';
import type { HeldTerm, NodeId, PlanNode, SourceName } from './plan.ts';
import type { SessionSpan } from './session.ts';

/**
 * The graph under construction. A node's fingerprint is the hash of what it is and of its inputs' fingerprints, so equal
 * subexpressions get one id, however they were written; operands that may trade places stand in the order of fingerprints.
 */
export interface Graph {
  readonly nodes: readonly PlanNode[];
  number(expr: ScalarExpr): NodeId;
  source(source: SourceName): NodeId;
  math(fn: MathFn, args: readonly NodeId[]): NodeId;
  shift(arg: NodeId, bars: NodeId): NodeId;
  indicator(name: string, inputs: readonly NodeId[], params: readonly NodeId[]): NodeId;
  flags(arg: NodeId): NodeId;
  pick(axis: number, options: readonly NodeId[]): NodeId;
  select(when: NodeId, then: NodeId, otherwise: NodeId): NodeId;
  random(seed: NodeId): NodeId;
  held(term: HeldTerm): NodeId;
  truth(expr: ScalarExpr): NodeId;
  compare(fn: CompareFn, left: NodeId, right: NodeId): NodeId;
  cross(direction: 'over' | 'under', left: NodeId, right: NodeId): NodeId;
  join(op: 'and' | 'or', left: NodeId, right: NodeId): NodeId;
  not(arg: NodeId): NodeId;
  shiftCondition(arg: NodeId, bars: NodeId): NodeId;
  session(spans: readonly SessionSpan[]): NodeId;
  /** A node of another graph, which is evaluated over the bars of a frame. */
  frame(of: GraphFrame, node: NodeId): NodeId;
  fingerprint(id: NodeId): string;
  /** The first term of a held position that the node reads, however indirectly; null for a node of bars alone. */
  heldTerm(id: NodeId): HeldTerm | null;
}

/** The graph of what is evaluated over a frame's bars. */
export interface GraphFrame {
  readonly index: number; // in Plan.frames
  readonly name: string;
  readonly graph: Graph;
}

const COMMUTATIVE: ReadonlySet<string> = new Set(['add', 'mul', 'min', 'max', 'eq', 'ne']);

const NOTHING = { parts: [], deps: [] };

export function createGraph(): Graph {
  const nodes: PlanNode[] = [];
  const fingerprints: string[] = [];
  const heldTerms: (HeldTerm | null)[] = [];
  const known = new Map<string, NodeId>();

  /** @param of of a frame's node: what it is and the axes that it depends on */
  function intern(
    draft: NodeDraft,
    of: { readonly parts: readonly string[]; readonly deps: readonly number[] } = NOTHING,
  ): NodeId {
    const parts = [draft.type, draft.op, ...ownParts(draft), ...of.parts, ...inputsOf(draft).map((id) => fingerprints[id]!)];
    const fingerprint = sha256Hex(utf8Bytes(JSON.stringify(parts)));
    const found = known.get(fingerprint);
    if (found !== undefined) return found;
    const deps = new Set<number>([...of.deps, ...inputsOf(draft).flatMap((id) => nodes[id]!.deps)]);
    if (draft.op === 'number' || draft.op === 'scalar') for (const axis of scalarAxes(draft.expr)) deps.add(axis);
    if (draft.op === 'pick') deps.add(draft.axis);
    const id = nodes.length;
    nodes.push({ ...draft, deps: [...deps].sort((a, b) => a - b) });
    fingerprints.push(fingerprint);
    const terms = inputsOf(draft).map((input) => heldTerms[input] ?? null);
    heldTerms.push(draft.op === 'held' ? draft.term : (terms.find((term) => term !== null) ?? null));
    known.set(fingerprint, id);
    return id;
  }

  const ordered = (a: NodeId, b: NodeId): [NodeId, NodeId] => (fingerprints[a]! <= fingerprints[b]! ? [a, b] : [b, a]);

  const graph: Graph = {
    nodes,
    number: (expr) => intern({ type: 'number', op: 'number', expr }),
    source: (source) => intern({ type: 'series', op: 'source', source }),
    math: (fn, args) => {
      const inOrder = args.length === 2 && COMMUTATIVE.has(fn) ? ordered(args[0]!, args[1]!) : args;
      return intern({ type: 'series', op: 'math', fn, args: inOrder });
    },
    shift: (arg, bars) => intern({ type: 'series', op: 'shift', arg, bars }),
    indicator: (name, inputs, params) => intern({ type: 'series', op: 'indicator', name, inputs, params }),
    flags: (arg) => intern({ type: 'series', op: 'flags', arg }),
    pick: (axis, options) => intern({ type: 'series', op: 'pick', axis, options }),
    select: (when, then, otherwise) => intern({ type: 'series', op: 'select', when, then, otherwise }),
    random: (seed) => intern({ type: 'series', op: 'random', seed }),
    held: (term) => intern({ type: 'series', op: 'held', term }),
    truth: (expr) =>
      expr.op === 'const'
        ? intern({ type: 'condition', op: 'constant', value: expr.value !== 0 })
        : intern({ type: 'condition', op: 'scalar', expr }),
    compare: (fn, a, b) => {
      const [left, right] = COMMUTATIVE.has(fn) ? ordered(a, b) : [a, b];
      return intern({ type: 'condition', op: 'compare', fn, left, right });
    },
    cross: (direction, left, right) => intern({ type: 'condition', op: 'cross', direction, left, right }),
    join: (op, a, b) => {
      if (a === b) return a;
      for (const [one, other] of [
        [a, b],
        [b, a],
      ] as const) {
        const node = nodes[one]!;
        if (node.op === 'constant') return node.value === (op === 'and') ? other : one;
      }
      const [left, right] = ordered(a, b);
      return intern({ type: 'condition', op, left, right });
    },
    not: (arg) => {
      const node = nodes[arg]!;
      if (node.op === 'not') return node.arg;
      if (node.op === 'constant') return intern({ type: 'condition', op: 'constant', value: !node.value });
      return intern({ type: 'condition', op: 'not', arg });
    },
    shiftCondition: (arg, bars) => intern({ type: 'condition', op: 'shiftCondition', arg, bars }),
    session: (spans) => intern({ type: 'condition', op: 'session', spans }),
    frame: ({ index, name, graph: inner }, node) => {
      const { type, deps } = inner.nodes[node]!;
      const of = { parts: [name, inner.fingerprint(node)], deps };
      if (type === 'condition') return intern({ type, op: 'frameCondition', frame: index, node }, of);
      return intern({ type: 'series', op: 'frame', frame: index, node }, of);
    },
    fingerprint: (id) => fingerprints[id]!,
    heldTerm: (id) => heldTerms[id] ?? null,
  };
  return graph;
}

/**
 * Keeps what the roots reach, in the order of a walk from them: inputs before their readers, numbered anew.
 * @returns the nodes and the new id of each old one that is kept
 */
export function reachable(
  nodes: readonly PlanNode[],
  roots: readonly NodeId[],
): { nodes: PlanNode[]; ids: Map<NodeId, NodeId> } {
  const kept: PlanNode[] = [];
  const ids = new Map<NodeId, NodeId>();
  const visit = (id: NodeId): void => {
    if (ids.has(id)) return;
    const node = nodes[id]!;
    for (const input of inputsOf(node)) visit(input);
    ids.set(id, kept.length);
    kept.push(mapInputs(node, (input) => ids.get(input)!));
  };
  for (const root of roots) visit(root);
  return { nodes: kept, ids };
}
