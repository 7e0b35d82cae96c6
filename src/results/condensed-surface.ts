import { COMPLETE } from '../metrics/state.ts';
import { cellsFrom } from './condensed-shape.ts';
import type { Condensed } from './condensed.ts';
import type { SurfaceSpec } from './spec.ts';
import { CELL_NOT_RUN, type Box, type Surface } from './surface.ts';

/** What a cell of condensed results can show of its trials. */
export const CONDENSED_AGGREGATES = ['best', 'mean'] as const;

/** The nearest picture that condensed results can show: every other axis folded, the best or the mean of it. */
export function condensedSpec(spec: SurfaceSpec, sizes: readonly number[]): SurfaceSpec {
  const fixed = sizes.map((size) => (size === 1 ? 0 : null));
  return { ...spec, fixed, aggregate: spec.aggregate === 'mean' ? 'mean' : 'best' };
}

/** Null where this surface is not kept. `update` and `rebuild` read everything again: a cell may change at any time. */
export function condensedSurface(condensed: Condensed, spec: SurfaceSpec): Surface | null {
  const { x, y } = spec;
  const { pairs, tally, shape, rows } = condensed;
  const pair = pairs.find(({ a, b }) => (a === x && b === y) || (a === y && b === x));
  const kept = shape.surfaces.indexOf(spec.column);
  if (pair === undefined || x === null || kept < 0) return null;
  const { a, cells } = pair;
  const { sizes } = shape;
  const width = sizes[x]!;
  const height = y === null ? 1 : sizes[y]!;
  const first = pair.first + kept * cells;
  const base = cellsFrom(shape);
  const values = new Float64Array(cells);
  const reasons = new Uint8Array(cells);
  const shown = new Int32Array(cells);
  const counts = new Float64Array(cells);
  const touched: Box = { x0: 0, y0: 0, x1: width - 1, y1: height - 1 };
  const column = rows.columns[spec.column]!;

  function read(): void {
    for (let cell = 0; cell < cells; cell++) {
      const dx = cell % width;
      const dy = (cell - dx) / width;
      const place = first + (a === x ? cell : dx * height + dy);
      const at = place - base;
      const reason = tally.reasons[at]!;
      reasons[cell] = reason;
      counts[cell] = tally.counts[at]!;
      shown[cell] = reason === CELL_NOT_RUN ? -1 : place;
      if (reason !== COMPLETE) values[cell] = NaN;
      else values[cell] = spec.aggregate === 'mean' ? tally.sums[at]! / tally.counts[at]! : column[place]!;
    }
    Object.assign(touched, { x0: 0, y0: 0, x1: width - 1, y1: height - 1 });
  }

  read();
  return {
    spec,
    width,
    height,
    values,
    reasons,
    rows: shown,
    counts,
    touched,
    update: read,
    rebuild: read,
    rowAt: (cell) => shown[cell] ?? -1,
    cellOf: (row) => (y === null ? 0 : rows.positions[y]![row]! * width) + rows.positions[x]![row]!,
  };
}
