import { COMPLETE, EXCLUDED, FAILED, NO_TRADES, PENDING, RUINED, WARMUP } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { createCells, createFold, type Cells } from './fold.ts';
import { fillGrid, gridRow, numberRows, type GridPlane, type KnownCells } from './grid-cells.ts';
import { isWholeGrid } from './grid-rows.ts';
import type { SurfaceSpec } from './spec.ts';

/**
 * What a cell holds. 0 … 6 are the trial states; where several rows without a value meet, the gravest is shown.
 * `CELL_UNDEFINED`: complete, but the metric has no value there (no losing day, say).
 */
export const CELL_NOT_RUN = PENDING;
export const CELL_VALUE = COMPLETE;
export const CELL_NO_TRADES = NO_TRADES;
export const CELL_RUINED = RUINED;
export const CELL_WARMUP = WARMUP;
export const CELL_FAILED = FAILED;
export const CELL_EXCLUDED = EXCLUDED;
export const CELL_UNDEFINED = 7;

/** Cells are numbered y × width + x; y 0 is the first position of its axis and is drawn at the bottom. */
export interface Surface {
  readonly spec: SurfaceSpec;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array; // NaN where the reason is not CELL_VALUE
  readonly reasons: Uint8Array;
  /** The row that the cell shows: the only one, the worst under 'worst', otherwise the best; without a value any finished row; −1. */
  readonly rows: Int32Array;
  /** How many trials with a value met in each cell, where that is kept. */
  readonly counts?: Float64Array;
  /** What is known of the cells without looking at each; null once rows arrived. Left out where it never is. */
  known?: KnownCells | null;
  /** Cells touched since the one view that draws them last reset it. */
  readonly touched: Box;
  /** Takes finished rows [from, to); a row taken twice counts once. */
  update(from: number, to: number): void;
  /** Forgets everything and takes rows [0, count). */
  rebuild(count: number): void;
  /** The cell that a row falls into, −1 where the fixed positions are others. */
  cellOf(row: number): number;
  /** As in `rows`, which takes time when it is first asked for; −1 for a cell that does not exist. */
  rowAt(cell: number): number;
}

/** Ends included; empty where x1 < x0. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/**
 * @param sizes of the study's axes
 * @param excluded from `excludedCells`, one byte per cell, 1 where a constraint leaves every trial of the cell out; or null
 * @param begin rows [0, count) are taken at once; `cells` is memory of the right size that nobody reads any more
 */
export function createSurface(
  rows: Rows,
  sizes: readonly number[],
  spec: SurfaceSpec,
  excluded: Uint8Array | null,
  begin: { readonly count?: number; readonly cells?: Cells | null } = {},
): Surface {
  const width = spec.x === null ? 1 : sizes[spec.x]!;
  const height = spec.y === null ? 1 : sizes[spec.y]!;
  const xs = spec.x === null ? null : rows.positions[spec.x]!;
  const ys = spec.y === null ? null : rows.positions[spec.y]!;
  const fixedAxes = spec.fixed.flatMap((at, axis) => (at === null || axis === spec.x || axis === spec.y ? [] : [axis]));
  const columns = fixedAxes.map((axis) => rows.positions[axis]!);
  const wanted = Uint32Array.from(fixedAxes, (axis) => spec.fixed[axis]!);
  const folded = sizes.some((size, axis) => axis !== spec.x && axis !== spec.y && spec.fixed[axis] === null && size > 1);
  const fold = createFold(rows, spec, begin.cells ?? createCells(width * height), folded);
  const touched: Box = { x0: 0, y0: 0, x1: -1, y1: -1 };
  const gaps = excluded !== null && excluded.includes(1);
  let unnumbered: GridPlane | null = null; // whose rows have no numbers yet: a slider that moves asks for that of one cell
  let clear = false; // whether no row was taken since the cells were cleared

  function cellOf(row: number): number {
    for (let k = 0; k < columns.length; k++) if (columns[k]![row] !== wanted[k]) return -1;
    return (ys === null ? 0 : ys[row]! * width) + (xs === null ? 0 : xs[row]!);
  }

  function numberAll(): void {
    if (unnumbered !== null) numberRows(fold, unnumbered);
    unnumbered = null;
  }

  function rowAt(cell: number): number {
    if (unnumbered === null) return fold.rows[cell] ?? -1;
    return (fold.reasons[cell] ?? CELL_NOT_RUN) === CELL_NOT_RUN ? -1 : gridRow(unnumbered, cell);
  }

  function update(from: number, to: number): void {
    clear = false;
    surface.known = null;
    numberAll();
    gather(from, to);
  }

  function gather(from: number, to: number): void {
    const { states } = rows;
    let { x0, y0, x1, y1 } = touched.x1 < touched.x0 ? { x0: width, y0: height, x1: -1, y1: -1 } : touched;
    // The first fixed axis turns most rows away; testing it apart keeps that loop free of calls.
    const gate = columns[0];
    const open = wanted[0];
    for (let row = from; row < to; row++) {
      if (gate !== undefined && gate[row] !== open) continue;
      const state = states[row]!;
      if (state === PENDING) continue;
      const cell = cellOf(row);
      if (cell < 0) continue;
      fold.take(row, cell, state);
      const x = xs === null ? 0 : xs[row]!;
      const y = ys === null ? 0 : ys[row]!;
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
    }
    fold.settle();
    Object.assign(touched, { x0, y0, x1, y1 });
  }

  function fill(): KnownCells {
    const strides = sizes.map((_, axis) => sizes.slice(axis + 1).reduce((product, size) => product * size, 1));
    const [across, up] = [spec.x, spec.y].map((axis) => (axis === null ? 0 : strides[axis]!)) as [number, number];
    const first = fixedAxes.reduce((sum, axis) => sum + spec.fixed[axis]! * strides[axis]!, 0);
    unnumbered = { states: rows.states, column: rows.columns[spec.column]!, width, height, first, across, up };
    return fillGrid(fold, unnumbered, spec.direction === 'max' ? 1 : -1);
  }

  function rebuild(count: number): void {
    surface.known = null;
    if (!folded && !gaps && isWholeGrid(rows, sizes, count)) {
      surface.known = fill();
      clear = false;
      Object.assign(touched, { x0: 0, y0: 0, x1: width - 1, y1: height - 1 });
      return;
    }
    unnumbered = null;
    if (!clear) fold.clear();
    clear = count === 0;
    if (excluded !== null) {
      for (let cell = 0; cell < excluded.length; cell++) if (excluded[cell] !== 0) fold.reasons[cell] = CELL_EXCLUDED;
    }
    gather(0, count);
    Object.assign(touched, { x0: 0, y0: 0, x1: width - 1, y1: height - 1 });
  }

  const { values, reasons } = fold;
  const surface: Surface = {
    spec,
    width,
    height,
    values,
    reasons,
    touched,
    update,
    rebuild,
    cellOf,
    rowAt,
    get rows() {
      numberAll();
      return fold.rows;
    },
  };
  rebuild(begin.count ?? 0);
  return surface;
}

/**
 * Memory for surfaces that follow each other, as a slider makes them: what the one before the last held is written again, because
 * pictures may still hold the last one.
 */
export function createCellMemory(): (spec: SurfaceSpec, sizes: readonly number[]) => Cells {
  let kept: readonly Cells[] = [];
  return ({ x, y }, sizes) => {
    const count = (x === null ? 1 : sizes[x]!) * (y === null ? 1 : sizes[y]!);
    const [older, last] = kept;
    const next = last !== undefined && older?.values.length === count ? older : createCells(count);
    kept = last === undefined ? [...kept, next] : [last, next];
    return next;
  };
}

/** The cell with the best value by the surface's direction, ties by cell; −1 if no cell has a value. */
export function bestCell(surface: Surface): number {
  if (surface.known) return surface.known.best;
  const { values } = surface;
  const sign = surface.spec.direction === 'max' ? 1 : -1;
  let best = -1;
  let top = Number.NEGATIVE_INFINITY;
  for (let cell = 0; cell < values.length; cell++) {
    const value = sign * values[cell]!;
    if (value > top || (best < 0 && value === top)) {
      best = cell;
      top = value;
    }
  }
  return best;
}

/** After the last row: a cell that no row reached lies outside the space, whichever constraint it was. */
export function closeSurface(surface: Surface): void {
  if (surface.known?.finished === true) return;
  const { reasons, rows } = surface;
  for (let cell = 0; cell < reasons.length; cell++) {
    if (reasons[cell] === CELL_NOT_RUN && rows[cell] === -1) reasons[cell] = CELL_EXCLUDED;
  }
  Object.assign(surface.touched, { x0: 0, y0: 0, x1: surface.width - 1, y1: surface.height - 1 });
}
