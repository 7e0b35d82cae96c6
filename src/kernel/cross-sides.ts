import { priceAverage } from '../strategy/dense-plan.ts';
import type { ConditionNode, NodeId, Plan, PlanNode } from '../strategy/plan.ts';
import { createBlockAverages } from './block-averages.ts';
import type { CrossSide } from './block-cross.ts';
import type { EvaluatedBars } from './sources.ts';

export type Cross = Extract<ConditionNode, { op: 'cross' }>;

/** What an evaluator knows of the trial under way. */
export interface TrialNodes {
  /** The node that a choice of series stands for; other nodes themselves. */
  picked(id: NodeId): NodeId;
  keyOf(id: NodeId): number;
  numberOf(id: NodeId): number;
  /** Whether a series with this tuple number is in memory. */
  isStored(id: NodeId, key: number): boolean;
  /** The series in memory; null where NaN comes back after a value. */
  column(id: NodeId): CrossSide | null;
}

/**
 * The two sides of a crossing where series do not stay in memory: an average that is another one than at the crossing before comes in
 * blocks, one that is the same again is kept.
 */
export interface CrossSides {
  /** Null where both sides are to be had from memory, or one is neither a series without holes nor an average of prices. */
  read(id: NodeId, node: Cross): readonly [CrossSide, CrossSide] | null;
}

export function createCrossSides({ nodes }: Plan, bars: EvaluatedBars, trial: TrialNodes): CrossSides {
  const averages = createBlockAverages(bars);
  const found = nodes.map((_, id) => priceAverage(nodes, id));
  const lastNode = new Int32Array(2 * nodes.length).fill(-1); // of each side of a crossing
  const lastKey = new Float64Array(2 * nodes.length);

  function inBlocks(operand: NodeId, place: number): CrossSide | null {
    const id = trial.picked(operand);
    const average = found[id] ?? null;
    if (average === null) return null;
    const key = trial.keyOf(id);
    const again = lastNode[place] === id && lastKey[place] === key;
    lastNode[place] = id;
    lastKey[place] = key;
    if (again || trial.isStored(id, key)) return null;
    const period = trial.numberOf(average.period);
    const series = averages(average, period);
    return series === null ? null : { series, from: period - 1 };
  }

  return {
    read(id, { left, right }) {
      if (nodes[left]!.type === 'number' || nodes[right]!.type === 'number') return null;
      const a = inBlocks(left, 2 * id);
      const b = inBlocks(right, 2 * id + 1);
      if (a === null && b === null) return null;
      const first = a ?? trial.column(left);
      const second = b ?? trial.column(right);
      return first === null || second === null ? null : [first, second];
    },
  };
}

/** The node that crosses the same operands the other way, −1 if the Plan has none. */
export function crossSibling(nodes: readonly PlanNode[], of: Cross): NodeId {
  return nodes.findIndex(
    (node) => node.op === 'cross' && node.left === of.left && node.right === of.right && node.direction !== of.direction,
  );
}
