import { findIndicator } from '../indicators/catalogue.ts';
import { evaluateScalar, scalarBounds } from '../language/scalar.ts';
import type { Axis } from '../space/axis.ts';
import { inputsOf } from './nodes.ts';
import type { NodeId, Plan, PlanNode } from './plan.ts';
import { rootsOf } from './roots.ts';
import { eachTuple, heldLow, MOST_TUPLES, tupleCount, valuesOfAxis, type Values } from './tuples.ts';

/**
 * Index of the first bar at which every rule, every order's amount and the size rest on values that exist. Both sides of `and` and `or` count, also
 * behind a flag that switches one off; a crossing reads one bar back; a `pick` counts the average that the trial chose.
 * @param values one per axis
 * @param scratch at least as long as `plan.nodes`, for callers that allocate nothing per trial
 */
export function trialWarmup(plan: Plan, values: ArrayLike<number>, scratch = new Float64Array(plan.nodes.length)): number {
  const roots = rootsOf(plan);
  const last = roots.length === 0 ? -1 : roots[roots.length - 1]!;
  for (let id = 0; id <= last; id++) scratch[id] = ownWarmup(plan, plan.nodes[id]!, values, scratch);
  let most = 0;
  for (let k = 0; k < roots.length; k++) most = Math.max(most, scratch[roots[k]!]!);
  return most;
}

/** Warm-up of one node from its inputs' in `of`. */
function ownWarmup(plan: Plan, node: PlanNode, values: ArrayLike<number>, of: ArrayLike<number>): number {
  switch (node.op) {
    case 'math': {
      let most = 0;
      for (let k = 0; k < node.args.length; k++) most = Math.max(most, of[node.args[k]!]!);
      return most;
    }
    case 'shift':
    case 'shiftCondition':
      return of[node.arg]! + Math.max(0, numberAt(plan, node.bars, values));
    case 'indicator': {
      let most = 0;
      for (let k = 0; k < node.inputs.length; k++) most = Math.max(most, of[node.inputs[k]!]!);
      const params = node.params.map((id) => numberAt(plan, id, values));
      return most + findIndicator(node.name)!.warmup(params);
    }
    case 'pick':
      return of[node.options[values[node.axis]!]!] ?? 0;
    case 'compare':
    case 'and':
    case 'or':
      return Math.max(of[node.left]!, of[node.right]!);
    case 'cross':
      return Math.max(of[node.left]!, of[node.right]!) + 1;
    case 'not':
    case 'flags':
      return of[node.arg]!;
    default:
      return 0;
  }
}

function numberAt(plan: Plan, id: NodeId, values: ArrayLike<number>): number {
  const node = plan.nodes[id]!;
  return node.op === 'number' ? evaluateScalar(node.expr, values) : NaN;
}

export interface LargestWarmup {
  readonly bars: number;
  /** The axis whose high end asks for most; null where no axis matters. */
  readonly axis: string | null;
}

/**
 * The largest `trialWarmup` of the whole product of the axes, constraints ignored. Exact while every node whose inputs and
 * parameters share axes has at most 100 000 tuples of them; beyond that an upper bound. Tuples whose periods are no whole
 * numbers do not count: `checkPeriods` has seen that the constraints leave none of them.
 */
export function largestWarmup(plan: Plan, axes: readonly Axis[]): LargestWarmup {
  const all = axes.map(valuesOfAxis);
  const low = all.map(heldLow);
  const bars = boundWarmup(plan, all);
  const least = boundWarmup(plan, low);
  let axis: string | null = null;
  let most = least;
  if (bars > least) {
    all.forEach((values, k) => {
      const alone = boundWarmup(plan, low.with(k, values));
      if (alone <= most) return;
      most = alone;
      axis = values.name;
    });
  }
  return { bars, axis };
}

function boundWarmup(plan: Plan, axes: readonly Values[]): number {
  const { nodes } = plan;
  const lows = axes.map((axis) => axis.low);
  const highs = axes.map((axis) => axis.high);
  const roots = rootsOf(plan);
  const last = roots.at(-1) ?? -1;
  const bounds = new Float64Array(last + 1);
  const drivers: number[][] = []; // per node, the axes that its warm-up depends on
  const values = Float64Array.from(lows);
  const scratch = new Float64Array(last + 1);
  let budget = 10 * MOST_TUPLES; // node evaluations

  for (let id = 0; id <= last; id++) {
    const node = nodes[id]!;
    const own = node.op === 'pick' ? [node.axis] : node.op === 'number' ? node.deps : [];
    const all = new Set([...own, ...inputsOf(node).flatMap((input) => drivers[input]!)]);
    const shared = [...all].filter((k) => axes[k]!.size > 1);
    drivers.push(shared);
    // a maximum of independent parts is the maximum of their maxima; only a sum over shared axes must be enumerated
    const tuples = SUMS.has(node.op) && shared.length > 0 ? tupleCount(axes, shared) : Infinity;
    const chain = tuples <= MOST_TUPLES ? ancestors(nodes, id) : [];
    const work = tuples * chain.length;
    if (work > 0 && work <= budget) {
      budget -= work;
      bounds[id] = enumerate(plan, chain, axes, shared, values, scratch);
    } else bounds[id] = sumOfBounds(plan, node, axes, lows, highs, bounds);
  }
  return Math.max(0, ...roots.map((id) => bounds[id]!));
}

const SUMS: ReadonlySet<string> = new Set(['indicator', 'shift', 'shiftCondition', 'pick']);

/** A node's warm-up from the largest of its inputs' and of its numbers: never too small. */
function sumOfBounds(
  plan: Plan,
  node: PlanNode,
  axes: readonly Values[],
  lows: readonly number[],
  highs: readonly number[],
  bounds: Float64Array,
): number {
  const highest = (id: NodeId): number => {
    const number = plan.nodes[id]!;
    return number.op === 'number' ? Math.floor(scalarBounds(number.expr, lows, highs).high) : NaN;
  };
  switch (node.op) {
    case 'indicator':
      return (
        Math.max(0, ...node.inputs.map((input) => bounds[input]!)) + findIndicator(node.name)!.warmup(node.params.map(highest))
      );
    case 'shift':
    case 'shiftCondition':
      return bounds[node.arg]! + Math.max(0, highest(node.bars));
    case 'pick': {
      const { size, at } = axes[node.axis]!;
      return Math.max(...Array.from({ length: size }, (_, position) => bounds[node.options[at(position)]!] ?? 0));
    }
    default:
      return ownWarmup(plan, node, lows, bounds);
  }
}

/** Largest warm-up of the chain's last node over the chosen axes; the chain holds everything it reads, in order. */
function enumerate(
  plan: Plan,
  chain: readonly NodeId[],
  axes: readonly Values[],
  chosen: readonly number[],
  values: Float64Array,
  scratch: Float64Array,
): number {
  let most = 0;
  eachTuple(axes, chosen, values, MOST_TUPLES, () => {
    for (const id of chain) scratch[id] = ownWarmup(plan, plan.nodes[id]!, values, scratch);
    const bars = scratch[chain.at(-1)!]!;
    if (Number.isInteger(bars)) most = Math.max(most, bars);
    return false;
  });
  return most;
}

function ancestors(nodes: readonly PlanNode[], root: NodeId): NodeId[] {
  const found = new Set<NodeId>([root]);
  for (const id of found) for (const input of inputsOf(nodes[id]!)) found.add(input); // a Set grows while it is walked
  return [...found].sort((a, b) => a - b);
}
