import { evaluateScalar } from '../language/scalar.ts';
import type { NodeId, Plan, PlanNode } from './plan.ts';

/** Averages that can be had block by block, see kernel/block-series. */
const BLOCK_KINDS: ReadonlySet<string> = new Set(['sma', 'ema', 'rma']);

/** What a crossing of the left series over (1) or under (−1) the right one means for a rule; 0: the rule is not there. */
export type Meaning = -1 | 0 | 1;

export type PriceName = 'open' | 'high' | 'low' | 'close';

/** One moving average of a column, its period a number of the trial. */
export interface DenseAverage {
  readonly kind: string; // sma, ema or rma
  readonly source: PriceName;
  readonly period: NodeId;
}

/**
 * A plan whose rules are nothing but crossings of one moving average with another, each with an axis of its own: then all pairs of
 * the two axes can be evaluated together. Other axes may choose the kinds of average.
 */
export interface DensePlan {
  readonly leftAxis: number;
  readonly rightAxis: number;
  /** The averages at one trial's values. */
  readonly left: (values: ArrayLike<number>) => DenseAverage;
  readonly right: (values: ArrayLike<number>) => DenseAverage;
  readonly rules: { readonly [K in 'enterLong' | 'exitLong' | 'enterShort' | 'exitShort']: Meaning };
}

const PRICES: ReadonlySet<string> = new Set(['open', 'high', 'low', 'close']);

/** Null where the plan is of another shape. */
export function densePlan(plan: Plan): DensePlan | null {
  const { nodes, rules } = plan;
  const ids = [rules.enterLong, rules.exitLong, rules.enterShort, rules.exitShort];
  const first = ids.flatMap((id) => (id === null ? [] : [nodes[id]!])).find((node) => node.op === 'cross');
  if (first?.op !== 'cross') return null;
  const { left, right } = first;
  const meanings = ids.map((id) => (id === null ? 0 : meaningOf(nodes[id]!, left, right)));
  const sides = [averageOf(plan, left), averageOf(plan, right)] as const;
  const [a, b] = sides;
  if (a === null || b === null || a.axis === b.axis) return null;
  const [enterLong, exitLong, enterShort, exitShort] = meanings;
  if (enterLong == null || exitLong == null || enterShort == null || exitShort == null) return null;
  return {
    leftAxis: a.axis,
    rightAxis: b.axis,
    left: a.at,
    right: b.at,
    rules: { enterLong, exitLong, enterShort, exitShort },
  };
}

/** Null for anything but a crossing of the two. */
function meaningOf(node: PlanNode, left: NodeId, right: NodeId): Meaning | null {
  if (node.op !== 'cross') return null;
  const same = node.left === left && node.right === right;
  if (!same && !(node.left === right && node.right === left)) return null;
  return (node.direction === 'over') === same ? 1 : -1;
}

interface Side {
  readonly axis: number;
  readonly at: (values: ArrayLike<number>) => DenseAverage;
}

/** An average of a price column, or a choice among such; its periods depend on one axis, the same for all of them. */
function averageOf(plan: Plan, id: NodeId): Side | null {
  const node = plan.nodes[id]!;
  const options = node.op === 'pick' ? node.options : [id];
  const found = options.map((option) => priceAverage(plan.nodes, option));
  const averages = found.filter((average) => average !== null);
  if (averages.length < found.length) return null;
  const deps = plan.nodes[averages[0]!.period]!.deps;
  const axis = deps[0];
  if (axis === undefined || averages.some(({ period }) => plan.nodes[period]!.deps.join() !== String(axis))) return null;
  if (node.op !== 'pick') return { axis, at: () => averages[0]! };
  return node.axis === axis ? null : { axis, at: (values) => averages[values[node.axis]!]! };
}

/** Null where the node is no average of a price column that can be had block by block. */
export function priceAverage(nodes: Plan['nodes'], id: NodeId): DenseAverage | null {
  const average = nodes[id]!;
  if (average.op !== 'indicator' || !BLOCK_KINDS.has(average.name)) return null;
  const input = nodes[average.inputs[0]!]!;
  if (input.op !== 'source' || !PRICES.has(input.source)) return null;
  return { kind: average.name, source: input.source as PriceName, period: average.params[0]! };
}

/** The period of an average at one trial's values. */
export function periodAt(plan: Plan, { period }: DenseAverage, values: ArrayLike<number>): number {
  const node = plan.nodes[period]!;
  return node.op === 'number' ? evaluateScalar(node.expr, values) : NaN;
}
