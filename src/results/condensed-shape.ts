import { rowsBytes } from '../metrics/rows.ts';

/** What decides how large condensed results are. */
export interface CondensedShape {
  readonly sizes: readonly number[]; // of the axes
  readonly metrics: readonly number[]; // as of RowsShape
  readonly objective: number; // column of `metrics` that the best trials are kept by
  readonly best: number; // how many
  readonly surfaces: readonly number[]; // columns whose surfaces are kept
}

/** Two axes, a before b; b is null where only one has more than one value. Cell: position of b × size of a + position of a. */
export interface AxisPair {
  readonly a: number;
  readonly b: number | null;
  readonly cells: number;
  readonly first: number; // cell 0 of the first column; the cells of the next column follow
}

export const SEGMENT_ROWS = 4096;
export const FAILED_KEPT = 64;

/** Places before the first cell. */
export function cellsFrom({ best }: CondensedShape): number {
  return best + FAILED_KEPT;
}

export function pairsOf(shape: CondensedShape): AxisPair[] {
  const { sizes, surfaces } = shape;
  if (surfaces.length === 0) return [];
  const wide = sizes.flatMap((size, a) => (size > 1 ? [a] : []));
  const pairs: AxisPair[] = [];
  let first = cellsFrom(shape);
  const add = (a: number, b: number | null): void => {
    const cells = sizes[a]! * (b === null ? 1 : sizes[b]!);
    pairs.push({ a, b, cells, first });
    first += cells * surfaces.length;
  };
  if (wide.length === 1) add(wide[0]!, null);
  wide.forEach((a, k) => wide.slice(k + 1).forEach((b) => add(a, b)));
  return pairs;
}

export function placesOf(shape: CondensedShape): number {
  return pairsOf(shape).reduce((sum, { cells }) => sum + cells * shape.surfaces.length, cellsFrom(shape));
}

export function tallyBytes(shape: CondensedShape): number {
  const places = placesOf(shape);
  return places * 8 + (places - cellsFrom(shape)) * 17;
}

/** Bytes that it takes, whatever the count of trials. */
export function condensedBytes(shape: CondensedShape): number {
  const { sizes, metrics } = shape;
  return rowsBytes({ rowCount: placesOf(shape), axisCount: sizes.length, metrics }) + tallyBytes(shape);
}
