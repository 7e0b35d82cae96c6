import { axisValue, type Axis } from '../space/axis.ts';
import type { Surface } from './surface.ts';

/** Positions shown of the axes across and up, both ends included. */
export interface Window {
  readonly x: readonly [low: number, high: number];
  readonly y: readonly [low: number, high: number];
}

/** A part of a surface, with cells of its own; those change no more when the surface does. Cells count from its corner. */
export interface Crop extends Surface {
  /** Position of its first cell on both axes. */
  readonly origin: { readonly x: number; readonly y: number };
}

export function cropSurface(surface: Surface, window: Window): Crop {
  const [x0, x1] = window.x;
  const [y0, y1] = window.y;
  const width = x1 - x0 + 1;
  const height = y1 - y0 + 1;
  const values = new Float64Array(width * height);
  const reasons = new Uint8Array(width * height);
  const rows = new Int32Array(width * height);
  for (let y = 0; y < height; y++) {
    const from = (y + y0) * surface.width + x0;
    values.set(surface.values.subarray(from, from + width), y * width);
    reasons.set(surface.reasons.subarray(from, from + width), y * width);
    rows.set(surface.rows.subarray(from, from + width), y * width);
  }
  return {
    spec: surface.spec,
    width,
    height,
    values,
    reasons,
    rows,
    touched: { x0: 0, y0: 0, x1: width - 1, y1: height - 1 },
    origin: { x: x0, y: y0 },
    update: () => undefined,
    rebuild: () => undefined,
    rowAt: (cell) => rows[cell] ?? -1,
    cellOf(row) {
      const cell = surface.cellOf(row);
      return cell < 0 ? -1 : croppedCell(cell, surface.width, window);
    },
  };
}

/** A surface's cell in the numbers of a part of it, −1 outside. */
export function croppedCell(cell: number, fullWidth: number, { x: [x0, x1], y: [y0, y1] }: Window): number {
  const x = cell % fullWidth;
  const y = (cell - x) / fullWidth;
  return x < x0 || x > x1 || y < y0 || y > y1 ? -1 : (y - y0) * (x1 - x0 + 1) + x - x0;
}

/** The part of an axis between two positions, both included, as an axis. */
export function cropAxis(axis: Axis, low: number, high: number): Axis {
  const size = high - low + 1;
  switch (axis.kind) {
    case 'range': {
      const lowUnits = axis.lowUnits + low * axis.stepUnits;
      return { ...axis, size, lowUnits, highUnits: lowUnits + (size - 1) * axis.stepUnits };
    }
    case 'log':
      return {
        ...axis,
        size,
        values: axis.values.slice(low, high + 1),
        low: axisValue(axis, low),
        high: axisValue(axis, high),
      };
    case 'list':
      return { ...axis, size, values: axis.values.slice(low, high + 1) };
    case 'choice':
      return { ...axis, size, names: axis.names.slice(low, high + 1) };
    case 'flag':
      return { ...axis, size, values: axis.values.slice(low, high + 1) };
  }
}
