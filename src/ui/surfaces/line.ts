/** A stretch of neighbouring cells with one reason, both ends included. */
export interface ReasonRun {
  readonly reason: number;
  readonly from: number;
  readonly to: number;
}

export function reasonRuns(reasons: Uint8Array): ReasonRun[] {
  const runs: ReasonRun[] = [];
  let from = 0;
  for (let cell = 1; cell <= reasons.length; cell++) {
    if (cell < reasons.length && reasons[cell] === reasons[from]) continue;
    runs.push({ reason: reasons[from]!, from, to: cell - 1 });
    from = cell;
  }
  return runs;
}

/** The cells worth drawing: all of them, or the lowest, the highest and one gap of each of `stretches` equal stretches. */
export function thinCells(values: Float64Array, stretches: number): number[] {
  const count = values.length;
  if (count <= 2 * stretches) return Array.from({ length: count }, (_, cell) => cell);
  const kept = new Set<number>([0, count - 1]);
  for (let s = 0; s < stretches; s++) {
    const to = Math.floor(((s + 1) * count) / stretches);
    let low = -1;
    let high = -1;
    for (let cell = Math.floor((s * count) / stretches); cell < to; cell++) {
      if (Number.isNaN(values[cell]!)) kept.add(cell);
      else {
        if (low < 0 || values[cell]! < values[low]!) low = cell;
        if (high < 0 || values[cell]! > values[high]!) high = cell;
      }
    }
    if (low >= 0) kept.add(low).add(high);
  }
  return [...kept].sort((a, b) => a - b);
}

/** SVG path through the cells' values; NaN breaks the line. */
export function linePath(
  cells: readonly number[],
  values: Float64Array,
  x: (cell: number) => number,
  y: (value: number) => number,
): string {
  let path = '';
  let pen = 'M';
  for (const cell of cells) {
    const value = values[cell]!;
    if (Number.isNaN(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x(cell).toFixed(1)} ${y(value).toFixed(1)}`;
    pen = 'L';
  }
  return path;
}

/** Ends moved outwards until every finite value lies between them. */
export function widened(values: Float64Array, { low, high }: { low: number; high: number }): { low: number; high: number } {
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { low, high };
}
