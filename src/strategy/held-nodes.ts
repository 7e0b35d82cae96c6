import { inputsOf } from './nodes.ts';
import type { NodeId, Plan } from './plan.ts';

/** Nodes whose value depends on the position. */
export function heldNodes({ nodes }: Pick<Plan, 'nodes'>): ReadonlySet<NodeId> {
  const found = new Set<NodeId>();
  nodes.forEach((node, id) => {
    if (node.op === 'held' || inputsOf(node).some((input) => found.has(input))) found.add(id);
  });
  return found;
}
