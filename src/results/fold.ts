import { COMPLETE, EXCLUDED, PENDING } from '../metrics/state.ts';
import type { Rows } from '../metrics/rows.ts';
import { medianInPlace } from './median.ts';
import { profitColumn } from './profit.ts';
import { createOnce } from './once.ts';
import type { SurfaceSpec } from './spec.ts';

/** Cells and the way rows gather in them. */
export interface Fold {
  readonly values: Float64Array;
  readonly reasons: Uint8Array;
  readonly rows: Int32Array;
  /** A finished row that belongs to the cell. */
  take(row: number, cell: number, state: number): void;
  /** After a range of rows: finishes what is computed per cell and not per row. */
  settle(): void;
  clear(): void;
}

/** A complete trial whose metric has no value. */
export const UNDEFINED = 7;

/** Memory of cells, to be used again: a million cells are cheaper to write than to ask for. */
export type Cells = Pick<Fold, 'values' | 'reasons' | 'rows'>;

export function createCells(count: number): Cells {
  return { values: new Float64Array(count), reasons: new Uint8Array(count), rows: new Int32Array(count) };
}

/** Cells hold what they held before; `clear` makes them blank. */
export function createFold(rows: Rows, spec: SurfaceSpec, base: Cells, folded: boolean): Fold {
  const column = rows.columns[spec.column]!;
  const { values, reasons, rows: shown } = base;
  const cells = values.length;

  function clear(): void {
    values.fill(NaN);
    reasons.fill(0);
    shown.fill(-1);
  }

  /** Without a value: the gravest reason, the smallest row that has it. */
  function blank(row: number, cell: number, state: number): void {
    const now = reasons[cell]!;
    if (now === COMPLETE) return;
    const reason = state === COMPLETE ? UNDEFINED : state;
    const graver = gravity(reason) - gravity(now);
    if (graver > 0) reasons[cell] = reason;
    if (graver > 0 || (graver === 0 && row < shown[cell]!)) shown[cell] = row;
  }

  /** Ahead rows win; ties by row number, so that the order in which ranges arrive leaves no trace. */
  function keep(row: number, cell: number, value: number, sign: number): boolean {
    const best = shown[cell]!;
    if (reasons[cell] === COMPLETE) {
      const other = column[best]!;
      if (!(sign * value > sign * other || (value === other && row < best))) return false;
    }
    reasons[cell] = COMPLETE;
    shown[cell] = row;
    return true;
  }

  const better = spec.direction === 'max' ? 1 : -1;

  if (!folded || spec.aggregate === 'best' || spec.aggregate === 'worst') {
    const sign = spec.aggregate === 'worst' ? -better : better;
    const take = (row: number, cell: number, state: number): void => {
      const value = column[row]!;
      if (state !== COMPLETE || Number.isNaN(value)) blank(row, cell, state);
      else if (keep(row, cell, value, sign)) values[cell] = value;
    };
    return { ...base, take, settle: () => undefined, clear };
  }
  if (spec.aggregate === 'profitable') return profitFold();
  return spec.aggregate === 'mean' ? meanFold() : medianFold();

  /** Every finished trial of the cell counts; one that is not complete gained nothing. */
  function profitFold(): Fold {
    const profit = profitColumn(rows);
    const gains = new Uint32Array(cells);
    const counts = new Uint32Array(cells);
    const once = createOnce(rows.rowCount);
    return {
      ...base,
      take(row, cell, state) {
        if (state === EXCLUDED || profit === null) return blank(row, cell, state);
        if (!once.first(row)) return;
        const value = column[row]!;
        if (state === COMPLETE && !Number.isNaN(value)) keep(row, cell, value, better);
        else blank(row, cell, state);
        if (state === COMPLETE && profit[row]! > 0) gains[cell]!++;
        counts[cell]!++;
        if (reasons[cell] === COMPLETE) values[cell] = gains[cell]! / counts[cell]!;
      },
      settle: () => undefined,
      clear() {
        clear();
        gains.fill(0);
        counts.fill(0);
        once.clear();
      },
    };
  }

  function meanFold(): Fold {
    const sums = new Float64Array(cells);
    const counts = new Uint32Array(cells);
    const once = createOnce(rows.rowCount);
    return {
      ...base,
      take(row, cell, state) {
        const value = column[row]!;
        if (state !== COMPLETE || Number.isNaN(value)) return blank(row, cell, state);
        if (!once.first(row)) return;
        keep(row, cell, value, better);
        sums[cell]! += value;
        values[cell] = sums[cell]! / ++counts[cell]!;
      },
      settle: () => undefined,
      clear() {
        clear();
        sums.fill(0);
        counts.fill(0);
        once.clear();
      },
    };
  }

  /** Rows of a cell form a chain, so that a cell's median is recomputed from its own rows alone. */
  function medianFold(): Fold {
    const NONE = -1;
    const heads = new Int32Array(cells).fill(NONE);
    const lengths = new Uint32Array(cells);
    const next = new Int32Array(rows.rowCount).fill(-2); // −2: not in a chain
    const stale = new Uint8Array(cells);
    let scratch = new Float64Array(64);
    let waiting: number[] = [];
    return {
      ...base,
      take(row, cell, state) {
        const value = column[row]!;
        if (state !== COMPLETE || Number.isNaN(value)) return blank(row, cell, state);
        if (next[row] !== -2) return;
        keep(row, cell, value, better);
        next[row] = heads[cell]!;
        heads[cell] = row;
        lengths[cell]!++;
        if (stale[cell] === 0) waiting.push(cell);
        stale[cell] = 1;
      },
      settle() {
        for (const cell of waiting) {
          const count = lengths[cell]!;
          if (scratch.length < count) scratch = new Float64Array(2 * count);
          let at = 0;
          for (let row = heads[cell]!; row !== NONE; row = next[row]!) scratch[at++] = column[row]!;
          values[cell] = medianInPlace(scratch, count, better === 1 ? -1 : 1);
          stale[cell] = 0;
        }
        waiting = [];
      },
      clear() {
        clear();
        heads.fill(NONE);
        lengths.fill(0);
        next.fill(-2);
        stale.fill(0);
        waiting = [];
      },
    };
  }
}

/** Nothing known < outside the space < complete without a value < the states in their stored order, where later is graver. */
export function gravity(reason: number): number {
  return reason === PENDING ? 0 : reason === EXCLUDED ? 1 : reason === UNDEFINED ? 2 : reason + 1;
}
