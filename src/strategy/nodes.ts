import type { ScalarExpr } from '../language/scalar.ts';
import type { NodeId, PlanNode } from './plan.ts';
import type { SessionSpan } from './session.ts';

type WithoutDeps<T> = T extends unknown ? Omit<T, 'deps'> : never;
/** A node before its axis dependencies are known. */
export type NodeDraft = WithoutDeps<PlanNode>;

/** The nodes that a node reads. */
export function inputsOf(node: NodeDraft): readonly NodeId[] {
  switch (node.op) {
    case 'math':
      return node.args;
    case 'shift':
    case 'shiftCondition':
      return [node.arg, node.bars];
    case 'indicator':
      return [...node.inputs, ...node.params];
    case 'pick':
      return node.options;
    case 'select':
      return [node.when, node.then, node.otherwise];
    case 'random':
      return [node.seed];
    case 'compare':
    case 'cross':
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'not':
    case 'flags':
      return [node.arg];
    default:
      return [];
  }
}

/** The same node reading other nodes: every input id goes through `map`. */
export function mapInputs<T extends NodeDraft>(node: T, map: (id: NodeId) => NodeId): T;
export function mapInputs(node: NodeDraft, map: (id: NodeId) => NodeId): NodeDraft {
  switch (node.op) {
    case 'math':
      return { ...node, args: node.args.map(map) };
    case 'shift':
    case 'shiftCondition':
      return { ...node, arg: map(node.arg), bars: map(node.bars) };
    case 'indicator':
      return { ...node, inputs: node.inputs.map(map), params: node.params.map(map) };
    case 'pick':
      return { ...node, options: node.options.map(map) };
    case 'select':
      return { ...node, when: map(node.when), then: map(node.then), otherwise: map(node.otherwise) };
    case 'random':
      return { ...node, seed: map(node.seed) };
    case 'compare':
    case 'cross':
    case 'and':
    case 'or':
      return { ...node, left: map(node.left), right: map(node.right) };
    case 'not':
    case 'flags':
      return { ...node, arg: map(node.arg) };
    default:
      return node;
  }
}

/** What a node is apart from its inputs: parts of its identity, in a fixed order. Nodes of frames have more, see the graph. */
export function ownParts(node: NodeDraft): readonly (string | number | boolean | ScalarExpr | SessionSpan)[] {
  switch (node.op) {
    case 'number':
    case 'scalar':
      return [node.expr];
    case 'source':
      return [node.source];
    case 'math':
    case 'compare':
      return [node.fn];
    case 'indicator':
      return [node.name, node.inputs.length];
    case 'pick':
      return [node.axis];
    case 'held':
      return [node.term];
    case 'session':
      return node.spans;
    case 'constant':
      return [node.value];
    case 'cross':
      return [node.direction];
    default:
      return [];
  }
}
