import { heldNodes } from './held-nodes.ts';
import { passingSeries } from './passing.ts';
import type { NodeId, Plan, PlanNode } from './plan.ts';

/** Nodes of one kind whose values are remembered. */
export interface MemoShape {
  /** Per member: count of distinct tuples of the axes it depends on; may be beyond 2^53 (then inexact or Infinity). */
  readonly tuples: readonly number[];
  /** Count of trials of the study: a node with as many tuples never meets one twice. */
  readonly trials: number;
  /** Per member, whether it is read only where a value with the same tuple is computed, which is itself remembered. */
  readonly passing?: readonly boolean[];
}

/** Which values are listed: those that recur, and are few enough. */
export interface MemoLayout {
  readonly offsets: Int32Array; // per member: number of the entry of its first tuple, −1 where none is listed
  readonly entries: number;
  readonly own: number; // members that are not listed
  readonly shared: number; // the others
}

/** At most so many tuples of one node, and of all nodes together, are listed (4 bytes each). */
const TABLE_LIMIT = 1 << 20;
const TABLES_LIMIT = 1 << 22;

export function layOut({ tuples, trials, passing }: MemoShape): MemoLayout {
  const offsets = new Int32Array(tuples.length).fill(-1);
  let entries = 0;
  let shared = 0;
  tuples.forEach((count, member) => {
    if (passing?.[member] === true) return;
    // with a single trial in all, a table of one entry serves the re-run of that trial
    if (count > TABLE_LIMIT || entries + count > TABLES_LIMIT || (count >= trials && trials > 1)) return;
    offsets[member] = entries;
    entries += count;
    shared++;
  });
  return { offsets, entries, own: tuples.length - shared, shared };
}

export interface Members {
  readonly ids: readonly NodeId[];
  readonly shape: MemoShape;
}

export interface Remembered {
  readonly tuples: readonly number[]; // per node of the plan
  readonly passing: ReadonlySet<NodeId>;
  readonly series: Members;
  readonly conditions: Members;
}

/** Computed series and conditions. A source and a pick are names of other memory; what reads the position belongs to its trade. */
export function rememberedNodes(plan: Plan, axisSizes: readonly number[]): Remembered {
  const { nodes } = plan;
  const trials = axisSizes.reduce((product, size) => product * size, 1);
  const tuples = nodes.map((node) => node.deps.reduce((product, axis) => product * axisSizes[axis]!, 1));
  const held = heldNodes(plan);
  const passing = passingSeries(plan);
  const members = (type: 'series' | 'condition'): Members => {
    const ids = nodes.flatMap((node, id) =>
      node.type === type && node.op !== 'source' && node.op !== 'pick' && !held.has(id) ? [id] : [],
    );
    return { ids, shape: { tuples: ids.map((id) => tuples[id]!), trials, passing: ids.map((id) => passing.has(id)) } };
  };
  return { tuples, passing, series: members('series'), conditions: members('condition') };
}

/** Conditions whose values are listed. */
export function recurringConditions(plan: Plan, axisSizes: readonly number[]): ReadonlySet<NodeId> {
  const { ids, shape } = rememberedNodes(plan, axisSizes).conditions;
  const { offsets } = layOut(shape);
  return new Set(ids.filter((_, member) => offsets[member]! >= 0));
}

/** Weights of the node's axes in its tuple number, the first one heaviest. */
export function radixStrides(node: PlanNode, axisSizes: readonly number[]): readonly number[] {
  const strides: number[] = [];
  let stride = 1;
  for (const axis of node.deps.toReversed()) {
    strides.unshift(stride);
    stride *= axisSizes[axis]!;
  }
  return strides;
}
