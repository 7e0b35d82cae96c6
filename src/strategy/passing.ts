import { inputsOf } from './nodes.ts';
import type { NodeId, Plan } from './plan.ts';
import { rootsOf } from './roots.ts';
import { heldNodes } from './held-nodes.ts';

/**
 * Series that are read only by nodes of the very same axes: as those are remembered per tuple, the series need not be. So a grid of
 * `close < sma(close, n) - k * stdev(close, n)` keeps its bits, and neither the products nor the differences.
 */
export function passingSeries(plan: Plan): ReadonlySet<NodeId> {
  const { nodes } = plan;
  const held = heldNodes(plan);
  const passing = new Set<NodeId>();
  nodes.forEach((node, id) => {
    if (node.type === 'series' && node.op !== 'source' && node.op !== 'pick') passing.add(id);
  });
  for (const id of rootsOf(plan)) passing.delete(id);
  nodes.forEach((reader, id) => {
    for (const input of inputsOf(reader)) {
      if (held.has(id) || !alike(reader.deps, nodes[input]!.deps)) passing.delete(input);
    }
  });
  return passing;
}

function alike(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((axis, k) => axis === b[k]);
}
