import { TILE_LEAST, TILE_MOST, type Tile, type TileTrials } from './tile.ts';

/** Rows of a study as the engine is handed them: a column of positions per axis, and what a position means. */
export interface RowSource {
  readonly positions: readonly Uint32Array[];
  readonly valueOf: (axis: number, position: number) => number;
}

/** Cuts ranges of rows into tiles. */
export interface TileRows {
  /**
   * Evaluates the first rows of [from, to) together.
   * @returns count of rows that `tile` now holds, row `from` first; negative: so many rows are to be run one by one
   */
  prepare(rows: RowSource, from: number, to: number, stopped: () => boolean): number;
}

export function createTileRows(axes: number, tile: Tile): TileRows {
  const { leftAxis, rightAxis } = tile.dense;
  const left = new Int32Array(TILE_MOST);
  const right = new Int32Array(TILE_MOST);
  const values = new Float64Array(axes);

  /** How many rows from `from` on have the same position on every axis but the two. */
  function alike({ positions }: RowSource, from: number, to: number): number {
    const end = Math.min(to, from + TILE_MOST);
    let row = from + 1;
    for (; row < end; row++) {
      for (let axis = 0; axis < axes; axis++) {
        if (axis === leftAxis || axis === rightAxis) continue;
        if (positions[axis]![row] !== positions[axis]![from]) return row - from;
      }
    }
    return row - from;
  }

  return {
    prepare(rows, from, to, stopped) {
      const count = alike(rows, from, to);
      if (count < TILE_LEAST) return -count;
      for (let k = 0; k < count; k++) {
        left[k] = rows.positions[leftAxis]![from + k]!;
        right[k] = rows.positions[rightAxis]![from + k]!;
      }
      const trials: TileTrials = {
        count,
        left,
        right,
        valuesOf(k) {
          for (let axis = 0; axis < axes; axis++) values[axis] = rows.valueOf(axis, rows.positions[axis]![from + k]!);
          return values;
        },
      };
      return tile.run(trials, stopped) ? count : -count;
    },
  };
}
