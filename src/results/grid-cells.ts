import { COMPLETE, PENDING } from '../metrics/state.ts';
import { UNDEFINED, type Cells } from './fold.ts';

/** Rows of a whole grid that a surface shows, one for each cell: cell (x, y) is row `first` + x × `across` + y × `up`. */
export interface GridPlane {
  readonly states: Int32Array;
  readonly column: Float64Array; // of the shown metric
  readonly width: number;
  readonly height: number;
  readonly first: number;
  readonly across: number;
  readonly up: number;
}

/** What is known of a surface's cells without looking at each. */
export interface KnownCells {
  readonly best: number; // what `bestCell` finds
  readonly low: number; // the least value, ∞ where there is none
  readonly high: number; // the greatest, −∞ where there is none
  readonly valued: boolean; // every cell has a value
  readonly finished: boolean; // no cell waits for its row
}

/** Which row a cell shows. */
export function gridRow({ width, first, across, up }: GridPlane, cell: number): number {
  const x = cell % width;
  return first + x * across + ((cell - x) / width) * up;
}

/** Numbers of the rows of all cells, −1 where one was not run. */
export function numberRows({ reasons, rows }: Cells, { width, height, first, across, up }: GridPlane): void {
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    let row = (first + y * up) | 0;
    for (let cell = y * width; cell < end; cell++) {
      rows[cell] = reasons[cell] === PENDING ? -1 : row;
      row = (row + across) | 0;
    }
  }
}

/**
 * Values and reasons: nothing is gathered where the number of each cell's row is known, and what pictures ask of all cells is found
 * on the way. Trials without a value lie together: they are written together, and nothing is read of them but their states. The
 * numbers of the rows are left to `numberRows`.
 *
 * @param sign 1 where the greatest value is the best, −1 where the least is
 */
export function fillGrid(cells: Cells, plane: GridPlane, sign: 1 | -1): KnownCells {
  const { states, column, width, height, across } = plane;
  const { values, reasons } = cells;
  let best = -1;
  let top = Number.NEGATIVE_INFINITY;
  let bottom = Number.POSITIVE_INFINITY;
  let blank = 0; // a bit for each reason why a cell has no value
  for (let y = 0; y < height; y++) {
    const end = (y + 1) * width;
    let row = (plane.first + y * plane.up) | 0;
    let cell = y * width;
    while (cell < end) {
      const state = states[row]!; // read once: a worker may write it meanwhile
      if (state === COMPLETE) {
        do {
          const value = column[row]!;
          values[cell] = value;
          reasons[cell] = COMPLETE;
          const ahead = sign * value;
          if (ahead > top) {
            best = cell;
            top = ahead;
          }
          if (ahead < bottom) bottom = ahead;
          if (value !== value) {
            reasons[cell] = UNDEFINED;
            blank |= 1 << UNDEFINED;
          }
          cell++;
          row = (row + across) | 0;
        } while (cell < end && states[row] === COMPLETE);
        continue;
      }
      const from = cell;
      do {
        cell++;
        row = (row + across) | 0;
      } while (cell < end && states[row] === state);
      blank |= 1 << state;
      fillRun(values, NaN, from, cell);
      fillRun(reasons, state, from, cell);
    }
  }
  // Nothing is above −∞, which may still be the only value that there is.
  if (best < 0) best = reasons.indexOf(COMPLETE);
  const [low, high] = sign === 1 ? [bottom, top] : [-top, -bottom];
  return { best, low, high, valued: blank === 0, finished: (blank & (1 << PENDING)) === 0 };
}

const SHORT = 24; // up to here a loop is done before the engine's own `fill` has begun

export function fillRun(out: Float64Array | Uint8Array | Uint32Array, value: number, from: number, to: number): void {
  if (to - from > SHORT) out.fill(value, from, to);
  else for (let i = from; i < to; i++) out[i] = value;
}
