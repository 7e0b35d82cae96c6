import { bitsOf } from '../core/bits.ts';
import type { Plan } from '../strategy/plan.ts';
import { wordCount } from './bit-ops.ts';
import type { Course } from './course.ts';
import type { Evaluator } from './evaluator.ts';
import { createHits, type Hits } from './hits.ts';

/** The orders of a study whose long trades end at a signal, a stop or a target. */
export interface GuardHits {
  readonly stop: Hits | null;
  readonly target: Hits | null;
  /** Null where an entry's place is its bar; otherwise it is the count of entry signals before its own, see `rankOf`. */
  readonly ranks: Int32Array | null;
  /** Reads the trial's amounts; `enter` is the word of `bits` where its entry signals begin. */
  load(plan: Plan, evaluator: Evaluator, positions: ArrayLike<number>, bits: Uint32Array, enter: number): void;
}

/**
 * Remembers hits per bar where that fits the budget. Where it does not, as over long data, they are remembered per entry signal, as
 * long as trials have the same ones: these are few, and lie close together.
 *
 * @param plan with no more than a stop and a target for its long side, see pathOf
 * @param budgetBytes for what is remembered
 */
export function createGuardHits(course: Course, plan: Plan, axisSizes: readonly number[], budgetBytes: number): GuardHits {
  const { count, execution } = course;
  const { stops, targets } = plan.orders.long;
  const hits = (rule: (typeof stops)[number] | undefined, direction: 1 | -1): Hits | null =>
    rule === undefined ? null : createHits(course, plan, rule, direction, axisSizes);
  const stop = hits(stops[0], -1);
  const target = hits(targets[0], 1);
  const tuples = (stop?.tuples ?? 0) + (target?.tuples ?? 0);
  // the entry's price is another one under another slippage
  const fixed = execution.swept.every(({ path }) => path !== 'slippage');
  const perBar = fixed && tuples * count * 4 <= budgetBytes;
  const deps = plan.rules.enterLong === null ? [] : plan.nodes[plan.rules.enterLong]!.deps;
  const known = new Float64Array(deps.length).fill(NaN); // positions of the trial before
  const memory = fixed && !perBar ? new Int32Array(wordCount(count) + 1) : null;

  let counted = false;

  const load = (of: Plan, evaluator: Evaluator, positions: ArrayLike<number>, entries: number): void => {
    stop?.load(of, evaluator, positions, entries);
    target?.load(of, evaluator, positions, entries);
  };

  const made = {
    stop,
    target,
    ranks: null as Int32Array | null,
    load(of: Plan, evaluator: Evaluator, positions: ArrayLike<number>, bits: Uint32Array, enter: number): void {
      if (memory === null) return load(of, evaluator, positions, perBar ? count : 0);
      let same = true;
      for (let k = 0; k < deps.length; k++) {
        same &&= known[k] === positions[deps[k]!];
        known[k] = positions[deps[k]!]!;
      }
      if (!same) {
        stop?.forget();
        target?.forget();
        made.ranks = null;
        counted = false;
      } else if (!counted) {
        counted = true;
        // not before the same entries come a second time: where they never do, nobody counts them
        countSignals(bits, enter, memory);
        if (memory.at(-1)! * tuples * 4 <= budgetBytes) made.ranks = memory;
      }
      load(of, evaluator, positions, made.ranks === null ? 0 : memory.at(-1)!);
    },
  };
  return made;
}

/** How many signals there are before each word, and in all. */
function countSignals(bits: Uint32Array, from: number, out: Int32Array): void {
  let sum = 0;
  for (let w = 0; w < out.length - 1; w++) {
    out[w] = sum;
    sum += bitsOf(bits[from + w]!);
  }
  out[out.length - 1] = sum;
}

/** Count of signals before a bar, of those that begin at word `from`. */
export function rankOf(ranks: Int32Array, bits: Uint32Array, from: number, bar: number): number {
  const w = bar >>> 5;
  return ranks[w]! + bitsOf(bits[from + w]! & ~(-1 << (bar & 31)));
}
