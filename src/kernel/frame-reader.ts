import { frameColumns, frameStarts } from '../bars/frames.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { FramePlan, NodeId, Plan } from '../strategy/plan.ts';
import { wordCount } from './bit-ops.ts';
import type { Evaluator } from './evaluator.ts';
import type { EvaluatedBars } from './sources.ts';

/** Brings what is evaluated over a frame's bars back to the bars of the data. */
export interface FrameReader {
  begin(positions: ArrayLike<number>, values: ArrayLike<number>): void;
  /** @param out one value per bar of the data; NaN before the first frame is over */
  series(node: NodeId, out: Float64Array): void;
  /** @param out first word of one bit per bar of the data */
  condition(node: NodeId, bits: Uint32Array, out: number): void;
}

export interface FrameBars {
  /** The first bar of every frame. */
  readonly starts: Int32Array;
  readonly bars: EvaluatedBars;
}

/** Fewer bars say nothing about how long they are. */
const FEWEST_BARS = 8;

/** The bars of a frame. A fault where every frame holds one bar: nothing would be gained, and a bar lost. */
export function barsOfFrame({ frame }: FramePlan, bars: EvaluatedBars): Outcome<FrameBars> {
  const starts = frameStarts(bars, frame);
  if (starts.length === bars.count && bars.count >= FEWEST_BARS) {
    const message = `The time frame ${frame.name} is not coarser than the bars: each of its bars would hold one of them.`;
    return failed(fault('frame_not_coarser', message, 'Name a longer one in `tf`, or load shorter bars.'));
  }
  return ok({ starts, bars: { ...frameColumns(bars, starts), decimals: bars.decimals } });
}

/** A frame's share of the cache is as its share of all bars. */
export function createFrameReader(
  frame: FramePlan,
  bars: EvaluatedBars,
  plan: Plan,
  makeEvaluator: (plan: Plan, bars: EvaluatedBars) => Outcome<Evaluator>,
): Outcome<FrameReader> {
  const made = barsOfFrame(frame, bars);
  if (!made.ok) return made;
  const { starts } = made.value;
  const evaluated = makeEvaluator({ ...plan, nodes: frame.nodes, frames: [] }, made.value.bars);
  if (!evaluated.ok) return evaluated;
  const inner = evaluated.value;
  const { count } = bars;
  const words = wordCount(count);
  return ok({
    begin: (positions, values) => inner.begin(positions, values),
    series(node, out) {
      const x = inner.series(node);
      out.fill(NaN, 0, starts[1] ?? count);
      x.subarray(0, starts.length - 1).forEach((value, k) => out.fill(value, starts[k + 1], starts[k + 2] ?? count));
    },
    condition(node, bits, out) {
      const from = inner.condition(node);
      bits.fill(0, out, out + words);
      for (let k = 1; k < starts.length; k++) {
        if (((inner.bits[from + ((k - 1) >>> 5)]! >>> ((k - 1) & 31)) & 1) === 0) continue;
        const to = starts[k + 1] ?? count;
        for (let i = starts[k]!; i < to; i++) bits[out + (i >>> 5)]! |= 1 << (i & 31);
      }
    },
  });
}
