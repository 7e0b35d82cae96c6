/** Rows grouped by where their value lies, so that a moved end of an interval looks only at the rows that it passed. */
export interface ValueIndex {
  /** Brings a set of bits from one interval to another; both ends are included. @returns false where looking at all rows is no more */
  move(words: Uint32Array, before: Ends, after: Ends): boolean;
}

export interface Ends {
  readonly low: number;
  readonly high: number;
}

const BINS = 4096;
const WORTH = 4; // a move that passes more than one row in so many is no gain

/**
 * @param holds whether a row may belong to any interval; others never do
 * @param count rows [0, count)
 */
export function createValueIndex(values: ArrayLike<number>, count: number, holds: (row: number) => boolean): ValueIndex {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let row = 0; row < count; row++) {
    const value = values[row]!;
    if (!Number.isFinite(value) || !holds(row)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const scale = high > low ? BINS / (high - low) : 0;
  // Of two values the larger one never has the smaller bin, which is all that is asked of it.
  const binOf = (value: number): number => {
    if (value <= low) return 0;
    return value >= high ? BINS - 1 : Math.min(BINS - 1, Math.floor((value - low) * scale));
  };
  const starts = new Uint32Array(BINS + 1);
  const used = (row: number): boolean => !Number.isNaN(values[row]!) && holds(row);
  for (let row = 0; row < count; row++) if (used(row)) starts[binOf(values[row]!) + 1]!++;
  for (let bin = 0; bin < BINS; bin++) starts[bin + 1]! += starts[bin]!;
  const grouped = new Uint32Array(starts[BINS]!);
  const next = starts.slice(0, BINS);
  for (let row = 0; row < count; row++) if (used(row)) grouped[next[binOf(values[row]!)]!++] = row;

  return {
    move(words, before, after) {
      const passed = [
        [before.low, after.low],
        [before.high, after.high],
      ].flatMap(([a, b]) => (a === b ? [] : [[binOf(Math.min(a!, b!)), binOf(Math.max(a!, b!))] as const]));
      const rows = passed.reduce((sum, [from, to]) => sum + starts[to + 1]! - starts[from]!, 0);
      if (rows * WORTH > count) return false;
      for (const [from, to] of passed) {
        for (let at = starts[from]!; at < starts[to + 1]!; at++) {
          const row = grouped[at]!;
          const value = values[row]!;
          if (value >= after.low && value <= after.high) words[row >> 5]! |= 1 << (row & 31);
          else words[row >> 5]! &= ~(1 << (row & 31));
        }
      }
      return true;
    },
  };
}
