/** Rows `[from, to)`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
}

/** Which rows may be handed out, which are handed out, and which are done. */
export interface Chunks {
  /** Rows `[0, to)` have positions now. */
  allow(to: number): void;
  /** The next range in order, at most `rows` long; ranges given back come first. Null where nothing is ready. */
  take(rows: number): RowRange | null;
  /** A range that was handed out and will not be finished: it is handed out again. */
  giveBack(range: RowRange): void;
  /** A range whose rows all have a final state. */
  finish(range: RowRange): void;
  /** Ranges finished since the last call, merged, in order. */
  takeCompleted(): RowRange[];
  /** All finished ranges, merged, in order. */
  finished(): readonly RowRange[];
  /** Rows that have positions and are not handed out. */
  readonly waiting: number;
  readonly doneRows: number;
}

export function createChunks(): Chunks {
  let allowed = 0;
  let next = 0;
  let doneRows = 0;
  let returned: RowRange[] = [];
  let finished: RowRange[] = [];
  let fresh: RowRange[] = [];

  return {
    allow(to) {
      if (to > allowed) allowed = to;
    },
    take(rows) {
      const first = returned[0];
      if (first !== undefined) {
        const to = Math.min(first.to, first.from + rows);
        returned = to < first.to ? [{ from: to, to: first.to }, ...returned.slice(1)] : returned.slice(1);
        return { from: first.from, to };
      }
      if (next >= allowed) return null;
      const from = next;
      next = Math.min(allowed, from + rows);
      return { from, to: next };
    },
    giveBack(range) {
      if (range.to > range.from) returned = addRange(returned, range);
    },
    finish(range) {
      if (range.to <= range.from) return;
      finished = addRange(finished, range);
      fresh = addRange(fresh, range);
      doneRows += range.to - range.from;
    },
    takeCompleted() {
      const completed = fresh;
      fresh = [];
      return completed;
    },
    finished: () => finished,
    get waiting() {
      return allowed - next + returned.reduce((sum, { from, to }) => sum + to - from, 0);
    },
    get doneRows() {
      return doneRows;
    },
  };
}

/**
 * Adds a range to sorted, disjoint ranges and merges neighbours. Chunks end nearly in order, so the place is looked for
 * from the end and the lists stay a few entries long.
 */
export function addRange(ranges: readonly RowRange[], { from, to }: RowRange): RowRange[] {
  let at = ranges.length;
  while (at > 0 && (ranges[at - 1]?.from ?? 0) > from) at--;
  const before = ranges[at - 1];
  const after = ranges[at];
  const joinsBefore = before !== undefined && before.to >= from;
  const joinsAfter = after !== undefined && after.from <= to;
  const merged = {
    from: joinsBefore ? before.from : from,
    to: Math.max(to, joinsBefore ? before.to : to, joinsAfter ? after.to : to),
  };
  return [...ranges.slice(0, joinsBefore ? at - 1 : at), merged, ...ranges.slice(joinsAfter ? at + 1 : at)];
}
