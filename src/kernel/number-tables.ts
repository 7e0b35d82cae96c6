import type { NodeId, PlanNode } from '../strategy/plan.ts';

/** Numbers of one node that are remembered, at most. */
const MOST_NUMBERS = 65_536;

/** Remembers what a Plan's numbers are per tuple of their axes, so that a trial works none out that another one did. */
export interface NumberTables {
  /** Writes the number of a tuple at `out[at]`: a double that is returned may be put on the heap. */
  write(id: NodeId, key: number, out: Float64Array, at: number): void;
}

/**
 * @param tuples per node: count of distinct tuples
 * @param numberOf works a node's number out for the trial under way
 */
export function createNumberTables(
  nodes: readonly PlanNode[],
  tuples: readonly number[],
  numberOf: (id: NodeId) => number,
): NumberTables {
  const tables = nodes.map((node, id) => {
    const size = tuples[id]!;
    if (node.op !== 'number' || size > MOST_NUMBERS) return null;
    return { values: new Float64Array(size), known: new Uint8Array(size) };
  });
  return {
    write(id, key, out, at) {
      const table = tables[id] ?? null;
      if (table === null) {
        out[at] = numberOf(id);
        return;
      }
      if (table.known[key] === 0) {
        table.known[key] = 1;
        table.values[key] = numberOf(id);
      }
      out[at] = table.values[key]!;
    },
  };
}
