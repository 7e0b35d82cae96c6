import type { LevelRule, Plan } from '../strategy/plan.ts';
import { createAmounts, loadAmounts } from './amounts.ts';
import type { Course } from './course.ts';
import type { Evaluator } from './evaluator.ts';

/** The order that ends a long trade at a level: below the entry for a stop, above it for a target. */
export interface Hits {
  /** Reads the trial's amounts; valid until the evaluator's next trial. */
  load(plan: Plan, evaluator: Evaluator, positions: ArrayLike<number>): void;
  /** Writes the price of the level, NaN where there is no order, from the entry's price: `prices` at LEVEL and at ENTRY. */
  raise(signalBar: number): void;
  /** The first bar from `from` up to before `before` that reaches the level, or −1. */
  first(entryBar: number, from: number, before: number): number;
  /** Doubles that cross a call are put on the heap; these are not. */
  readonly prices: Float64Array;
}

// Places in `prices`.
export const ENTRY = 0;
export const LEVEL = 1;

/** Extremes are kept for blocks of 2^5 bars and for blocks of 2^5 of these, so that a far level is found without all bars between. */
const SHIFT = 5;

/**
 * The level of an entry at one bar depends on the rule's amount alone, so a hit is looked for once per entry bar and tuple of the axes
 * that the amount depends on, however many trials meet there.
 *
 * @param direction −1 a stop, which lows reach; 1 a target, which highs reach
 * @param budgetBytes for what is remembered; beyond it every hit is looked for
 */
export function createHits(
  course: Course,
  plan: Plan,
  rule: LevelRule,
  direction: 1 | -1,
  axisSizes: readonly number[],
  budgetBytes: number,
): Hits {
  const { count, execution } = course;
  const kind = KINDS.indexOf(rule.kind);
  const amounts = createAmounts([rule.node]);
  const { deps } = plan.nodes[rule.node]!;
  const tuples = deps.reduce((product, axis) => product * axisSizes[axis]!, 1);
  // the entry's price is another one under another slippage
  const remembers = tuples * count * 4 <= budgetBytes && execution.swept.every(({ path }) => path !== 'slippage');
  const prices = new Float64Array(2);
  const tables: (Int32Array | undefined)[] = [];
  // times the direction, so that a level is reached from below
  const reach = Float64Array.from(direction > 0 ? course.high : course.low, (price) => direction * price);
  const blocks = extremes(reach);
  const groups = extremes(blocks);
  let table: Int32Array | null = null;

  /** First bar of [from, before) whose reach is at the level or beyond, or −1. */
  function search(from: number, before: number): number {
    const mark = direction * prices[LEVEL]!;
    let i = from;
    while (i < before) {
      if ((i & ((1 << (2 * SHIFT)) - 1)) === 0 && groups[i >>> (2 * SHIFT)]! < mark) i += 1 << (2 * SHIFT);
      else if ((i & ((1 << SHIFT) - 1)) === 0 && blocks[i >>> SHIFT]! < mark) i += 1 << SHIFT;
      else if (reach[i]! >= mark) return i;
      else i++;
    }
    return -1;
  }

  return {
    load(of, evaluator, positions) {
      loadAmounts(amounts, of, evaluator);
      if (!remembers) return;
      let key = 0;
      for (let k = 0; k < deps.length; k++) key = key * axisSizes[deps[k]!]! + positions[deps[k]!]!;
      table = tables[key] ??= new Int32Array(count);
    },
    raise(signalBar) {
      // priceAway, in place
      const column = amounts.columns[0]!;
      const amount = column.length > 0 ? column[signalBar]! : amounts.numbers[0]!;
      const entry = prices[ENTRY]!;
      if (kind === AT) prices[LEVEL] = amount;
      else if (kind === FRACTION) prices[LEVEL] = entry * (1 + direction * amount);
      else prices[LEVEL] = entry + direction * amount;
    },
    first(entryBar, from, before) {
      if (Number.isNaN(prices[LEVEL])) return -1;
      const known = table === null ? 0 : table[entryBar]!; // 0: nothing, b + 1: bar b reaches it, −b: none before bar b does
      if (known > 0) return known <= before ? known - 1 : -1;
      const start = Math.max(from, -known);
      if (start >= before) return -1;
      const found = search(start, before);
      if (table !== null) table[entryBar] = found >= 0 ? found + 1 : -before;
      return found;
    },
    prices,
  };
}

const KINDS = ['fraction', 'distance', 'level'] as const satisfies readonly LevelRule['kind'][];
const FRACTION = 0;
const AT = 2;

/** Highest of every block, the last one as far as it goes. */
function extremes(of: Float64Array): Float64Array {
  const out = new Float64Array(((of.length - 1) >>> SHIFT) + 1).fill(-Infinity);
  for (let i = 0; i < of.length; i++) out[i >>> SHIFT] = Math.max(out[i >>> SHIFT]!, of[i]!);
  return out;
}
