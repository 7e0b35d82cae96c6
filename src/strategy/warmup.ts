import { findIndicator } from '../indicators/catalogue.ts';
import { evaluateScalar, scalarBounds, scalarSteps } from '../language/scalar.ts';
import type { Axis } from '../space/axis.ts';
import type { Frame } from './frame.ts';
import { inputsOf } from './nodes.ts';
import type { NodeId, Plan, PlanNode } from './plan.ts';
import { rootsOf } from './roots.ts';
import { eachTuple, heldLow, MOST_TUPLES, tupleCount, valuesOfAxis, type Values } from './tuples.ts';

/**
 * For a warm-up inside a frame: the first bar of the data at which more than `bars` bars of the frame are over, the data's count
 * where there is none. From `frameOffsets` of the bars.
 */
export type FrameOffset = (frame: Frame, bars: number) => number;

/** For plans without a frame. */
const NO_FRAMES: FrameOffset = ({ name }) => {
  throw new TypeError(`the warm-up of ${name} needs bars`);
};

/** Doubles that `trialWarmup` works in: one for every node, those of frames behind the others. */
export function warmupScratch({ nodes, frames }: Plan): Float64Array {
  return new Float64Array(frames.reduce((sum, frame) => sum + frame.nodes.length, nodes.length));
}

/**
 * Index of the first bar at which every rule, every order's amount and the size rest on values that exist. Both sides of `and`
 * and `or` count, also behind a flag that switches one off; a crossing reads one bar back; a `pick` counts the series that the
 * trial chose; a frame counts until so many of its bars are over.
 * @param values one per axis
 * @param scratch from `warmupScratch`, for callers that allocate nothing per trial
 */
export function trialWarmup(
  plan: Plan,
  values: ArrayLike<number>,
  offset: FrameOffset = NO_FRAMES,
  scratch = warmupScratch(plan),
): number {
  const roots = rootsOf(plan);
  const last = roots.length === 0 ? -1 : roots[roots.length - 1]!;
  fillFrames(plan, values, scratch);
  for (let id = 0; id <= last; id++) scratch[id] = ownWarmup(plan, plan.nodes, id, values, scratch, 0, offset);
  let most = 0;
  for (let k = 0; k < roots.length; k++) most = Math.max(most, scratch[roots[k]!]!);
  return most;
}

/** Warm-ups of the frames' nodes, in bars of the frames. */
function fillFrames(plan: Plan, values: ArrayLike<number>, of: Float64Array): void {
  let base = plan.nodes.length;
  for (let k = 0; k < plan.frames.length; k++) {
    const { nodes } = plan.frames[k]!;
    for (let id = 0; id < nodes.length; id++) of[base + id] = ownWarmup(plan, nodes, id, values, of, base, NO_FRAMES);
    base += nodes.length;
  }
}

function baseOf(plan: Plan, frame: number): number {
  let base = plan.nodes.length;
  for (let k = 0; k < frame; k++) base += plan.frames[k]!.nodes.length;
  return base;
}

/** Warm-up of one node from its inputs' in `of`, which starts with that of node 0 at `base`. */
function ownWarmup(
  plan: Plan,
  nodes: readonly PlanNode[],
  id: NodeId,
  values: ArrayLike<number>,
  of: ArrayLike<number>,
  base: number,
  offset: FrameOffset,
): number {
  const node = nodes[id]!;
  switch (node.op) {
    case 'math': {
      let most = 0;
      for (let k = 0; k < node.args.length; k++) most = Math.max(most, of[base + node.args[k]!]!);
      return most;
    }
    case 'shift':
    case 'shiftCondition':
      return of[base + node.arg]! + Math.max(0, numberAt(nodes, node.bars, values));
    case 'indicator': {
      let most = 0;
      for (let k = 0; k < node.inputs.length; k++) most = Math.max(most, of[base + node.inputs[k]!]!);
      const params = node.params.map((param) => numberAt(nodes, param, values));
      return most + findIndicator(node.name)!.warmup(params);
    }
    case 'pick':
      return of[base + node.options[values[node.axis]!]!] ?? 0;
    case 'select':
      return Math.max(of[base + node.when]!, of[base + node.then]!, of[base + node.otherwise]!);
    case 'compare':
    case 'and':
    case 'or':
      return Math.max(of[base + node.left]!, of[base + node.right]!);
    case 'cross':
      return Math.max(of[base + node.left]!, of[base + node.right]!) + 1;
    case 'not':
    case 'flags':
      return of[base + node.arg]!;
    case 'frame':
    case 'frameCondition':
      return offset(plan.frames[node.frame]!.frame, of[baseOf(plan, node.frame) + node.node]!);
    default:
      return 0;
  }
}

function numberAt(nodes: readonly PlanNode[], id: NodeId, values: ArrayLike<number>): number {
  const node = nodes[id]!;
  return node.op === 'number' ? evaluateScalar(node.expr, values) : NaN;
}

export interface LargestWarmup {
  readonly bars: number;
  /** The axis whose high end asks for most; null where no axis matters. */
  readonly axis: string | null;
}

/** Plain operations that bounds may take: some 20 ms each for the whole product and for the axes one by one. */
const MOST_STEPS = 1_000_000;

/**
 * The largest `trialWarmup` of the whole product of the axes, constraints ignored. Exact while trying every tuple of the axes that a
 * node's inputs and parameters share takes no more steps than are allowed; beyond that an upper bound. Tuples whose periods are no whole
 * numbers do not count: `checkPeriods` has seen that the constraints leave none of them.
 */
export function largestWarmup(plan: Plan, axes: readonly Axis[], offset: FrameOffset = NO_FRAMES): LargestWarmup {
  const all = axes.map(valuesOfAxis);
  const low = all.map(heldLow);
  const bars = boundWarmup(plan, all, offset, { steps: MOST_STEPS });
  const rest = { steps: MOST_STEPS };
  const least = boundWarmup(plan, low, offset, rest);
  let axis: string | null = null;
  let most = least;
  if (bars > least) {
    all.forEach((values, k) => {
      const alone = boundWarmup(plan, low.with(k, values), offset, rest);
      if (alone <= most) return;
      most = alone;
      axis = values.name;
    });
  }
  return { bars, axis };
}

/** What a bound is made from. */
interface Bounding {
  readonly plan: Plan;
  readonly axes: readonly Values[];
  readonly lows: readonly number[];
  readonly highs: readonly number[];
  readonly offset: FrameOffset;
  readonly bounds: Float64Array; // laid out like `warmupScratch`, as are the next
  readonly scratch: Float64Array;
  readonly values: Float64Array;
  readonly budget: Budget;
}

interface Budget {
  steps: number; // that are left
}

function boundWarmup(plan: Plan, axes: readonly Values[], offset: FrameOffset, budget: Budget): number {
  const lows = axes.map((axis) => axis.low);
  const of: Bounding = {
    plan,
    axes,
    lows,
    highs: axes.map((axis) => axis.high),
    offset,
    bounds: warmupScratch(plan),
    scratch: warmupScratch(plan),
    values: Float64Array.from(lows),
    budget,
  };
  plan.frames.forEach(({ nodes }, k) => boundNodes(of, nodes, nodes.length, baseOf(plan, k)));
  const roots = rootsOf(plan);
  boundNodes(of, plan.nodes, (roots.at(-1) ?? -1) + 1, 0);
  return Math.max(0, ...roots.map((id) => of.bounds[id]!));
}

function boundNodes(of: Bounding, nodes: readonly PlanNode[], count: number, base: number): void {
  const { axes, bounds } = of;
  const drivers: number[][] = []; // per node, the axes that its warm-up depends on
  for (let id = 0; id < count; id++) {
    const node = nodes[id]!;
    const frame = node.op === 'frame' || node.op === 'frameCondition';
    const own = node.op === 'pick' ? [node.axis] : node.op === 'number' || frame ? node.deps : [];
    const all = new Set([...own, ...inputsOf(node).flatMap((input) => drivers[input]!)]);
    const shared = [...all].filter((k) => axes[k]!.size > 1);
    drivers.push(shared);
    // a maximum of independent parts is the maximum of their maxima; only a sum over shared axes must be enumerated
    const tuples = SUMS.has(node.op) && shared.length > 0 ? tupleCount(axes, shared) : Infinity;
    const chain = tuples <= MOST_TUPLES ? ancestors(nodes, id) : [];
    const steps = tuples * chain.reduce((sum, one) => sum + stepsOf(nodes, one), 0);
    if (chain.length > 0 && steps <= of.budget.steps) {
      of.budget.steps -= steps;
      bounds[base + id] = enumerate(of, nodes, chain, shared, base);
    } else bounds[base + id] = sumOfBounds(of, nodes, id, base);
  }
}

const SUMS: ReadonlySet<string> = new Set(['indicator', 'shift', 'shiftCondition', 'pick']);

/** A node's warm-up from the largest of its inputs' and of its numbers: never too small. */
function sumOfBounds(of: Bounding, nodes: readonly PlanNode[], id: NodeId, base: number): number {
  const { plan, axes, lows, highs, offset, bounds } = of;
  const node = nodes[id]!;
  const highest = (param: NodeId): number => {
    const number = nodes[param]!;
    return number.op === 'number' ? Math.floor(scalarBounds(number.expr, lows, highs).high) : NaN;
  };
  switch (node.op) {
    case 'indicator': {
      const inputs = Math.max(0, ...node.inputs.map((input) => bounds[base + input]!));
      return inputs + findIndicator(node.name)!.warmup(node.params.map(highest));
    }
    case 'shift':
    case 'shiftCondition':
      return bounds[base + node.arg]! + Math.max(0, highest(node.bars));
    case 'pick': {
      const { size, at } = axes[node.axis]!;
      return Math.max(...Array.from({ length: size }, (_, position) => bounds[base + node.options[at(position)]!] ?? 0));
    }
    default:
      return ownWarmup(plan, nodes, id, lows, bounds, base, offset);
  }
}

/** Largest warm-up of the chain's last node over the chosen axes; the chain holds everything it reads, in order. */
function enumerate(
  { plan, axes, values, scratch, offset }: Bounding,
  nodes: readonly PlanNode[],
  chain: readonly NodeId[],
  chosen: readonly number[],
  base: number,
): number {
  const framed = chain.some((id) => nodes[id]!.op === 'frame' || nodes[id]!.op === 'frameCondition');
  let most = 0;
  eachTuple(axes, chosen, values, MOST_TUPLES, () => {
    if (framed) fillFrames(plan, values, scratch);
    for (const id of chain) scratch[base + id] = ownWarmup(plan, nodes, id, values, scratch, base, offset);
    const bars = scratch[base + chain.at(-1)!]!;
    if (Number.isInteger(bars)) most = Math.max(most, bars);
    return false;
  });
  return most;
}

/** Of one node's warm-up, in the unit of `scalarSteps`. */
function stepsOf(nodes: readonly PlanNode[], id: NodeId): number {
  const node = nodes[id]!;
  if (node.op !== 'number') return 4;
  return 2 + scalarSteps(node.expr);
}

function ancestors(nodes: readonly PlanNode[], root: NodeId): NodeId[] {
  const found = new Set<NodeId>([root]);
  for (const id of found) for (const input of inputsOf(nodes[id]!)) found.add(input); // a Set grows while it is walked
  return [...found].sort((a, b) => a - b);
}
