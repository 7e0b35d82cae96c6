/** Rows `[from, to)`. */
export interface RowRange {
  readonly from: number;
  readonly to: number;
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

/** The first row at or after `row` that no range holds. @param ranges sorted, disjoint */
export function firstOutside(ranges: readonly RowRange[], row: number): number {
  const holding = ranges.find(({ from, to }) => from <= row && row < to);
  return holding === undefined ? row : holding.to;
}

/** The part of `range` before the first of the ranges that begins inside it. @param ranges sorted, disjoint */
export function partBefore(ranges: readonly RowRange[], { from, to }: RowRange): RowRange {
  const next = ranges.find((one) => one.from > from);
  return { from, to: next === undefined ? to : Math.min(to, next.from) };
}

/** How many rows the ranges hold. */
export function countRows(ranges: readonly RowRange[]): number {
  return ranges.reduce((sum, { from, to }) => sum + to - from, 0);
}
