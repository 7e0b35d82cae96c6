import type { LevelRule, Plan } from '../strategy/plan.ts';
import { createAmounts, loadAmounts } from './amounts.ts';
import type { Course } from './course.ts';
import type { Evaluator } from './evaluator.ts';

/** The order that ends a long trade at a level: below the entry for a stop, above it for a target. */
export interface Hits {
  /** Count of distinct tuples of the axes that its amount depends on. */
  readonly tuples: number;
  /**
   * Reads the trial's amounts; valid until the evaluator's next trial.
   * @param entries places of entries at which hits are remembered, 0: none are
   */
  load(plan: Plan, evaluator: Evaluator, positions: ArrayLike<number>, entries: number): void;
  /** Forgets what was found: the places of entries are others now. */
  forget(): void;
  /** Writes the price of the level, NaN where there is no order, from the entry's price: `prices` at LEVEL and at ENTRY. */
  raise(signalBar: number): void;
  /** The first bar from `from` up to before `before` that reaches the level, or −1; `place` says which entry it is. */
  first(place: number, from: number, before: number): number;
  /** Doubles that cross a call are put on the heap; these are not. */
  readonly prices: Float64Array;
}

// Places in `prices`.
export const ENTRY = 0;
export const LEVEL = 1;

/** Extremes are kept for blocks of 2^5 bars and for blocks of 2^5 of these, so that a far level is found without all bars between. */
const SHIFT = 5;

/** What was found at one amount, per place of an entry: 0 nothing, b + 1: bar b reaches it, −b: none before bar b does. */
interface Found {
  readonly bars: Int32Array;
  /** Larger is farther from the entry; NaN where the amount is a series. */
  readonly distance: number;
  /** What was found at the farthest level that is no farther, of the first `known` amounts. */
  nearer: Int32Array | null;
  known: number;
}

/**
 * The level of an entry at one bar depends on the rule's amount alone, so a hit is looked for once per entry and tuple of the axes
 * that the amount depends on, however many trials meet there; and from where a nearer level was reached, where that is known.
 *
 * @param direction −1 a stop, which lows reach; 1 a target, which highs reach
 */
export function createHits(course: Course, plan: Plan, rule: LevelRule, direction: 1 | -1, axisSizes: readonly number[]): Hits {
  const kind = KINDS.indexOf(rule.kind);
  const amounts = createAmounts([rule.node]);
  const { deps } = plan.nodes[rule.node]!;
  const prices = new Float64Array(2);
  const tables = new Map<number, Found>();
  // times the direction, so that a level is reached from below
  const reach = Float64Array.from(direction > 0 ? course.high : course.low, (price) => direction * price);
  const blocks = extremes(reach);
  const groups = extremes(blocks);
  let table: Int32Array | null = null;
  let nearer: Int32Array | null = null; // of the farthest level that is no farther

  /** How far the level is from any entry, by which the levels of every single entry are in order. */
  function distanceNow(): number {
    if (amounts.columns[0]!.length > 0) return NaN;
    return kind === AT ? direction * amounts.numbers[0]! : amounts.numbers[0]!;
  }

  function findNearer(of: Found): void {
    let best: Found | null = null;
    for (const found of tables.values()) {
      if (found === of || !(found.distance <= of.distance)) continue;
      if (best === null || found.distance > best.distance) best = found;
    }
    of.nearer = best?.bars ?? null;
    of.known = tables.size;
  }

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
    tuples: deps.reduce((product, axis) => product * axisSizes[axis]!, 1),
    load(of, evaluator, positions, entries) {
      loadAmounts(amounts, of, evaluator);
      table = null;
      nearer = null;
      if (entries === 0) return;
      let key = 0;
      for (let k = 0; k < deps.length; k++) key = key * axisSizes[deps[k]!]! + positions[deps[k]!]!;
      let found = tables.get(key);
      if (found === undefined) {
        found = { bars: new Int32Array(entries), distance: distanceNow(), nearer: null, known: 0 };
        tables.set(key, found);
      }
      if (found.known !== tables.size) findNearer(found);
      table = found.bars;
      nearer = found.nearer;
    },
    forget: () => tables.clear(),
    raise(signalBar) {
      // priceAway, in place
      const column = amounts.columns[0]!;
      const amount = column.length > 0 ? column[signalBar]! : amounts.numbers[0]!;
      const entry = prices[ENTRY]!;
      if (kind === AT) prices[LEVEL] = amount;
      else if (kind === FRACTION) prices[LEVEL] = entry * (1 + direction * amount);
      else prices[LEVEL] = entry + direction * amount;
    },
    first(place, from, before) {
      if (Number.isNaN(prices[LEVEL])) return -1;
      if (table === null) return search(from, before);
      const known = table[place]!;
      if (known > 0) return known <= before ? known - 1 : -1;
      let start = Math.max(from, -known);
      if (nearer !== null) start = Math.max(start, nearer[place]! > 0 ? nearer[place]! - 1 : -nearer[place]!);
      if (start >= before) return -1;
      const found = search(start, before);
      table[place] = found >= 0 ? found + 1 : -before;
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
