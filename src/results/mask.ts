import { evaluateScalar } from '../language/scalar.ts';
import { axisValue } from '../space/axis.ts';
import type { Space } from '../space/space.ts';
import type { SurfaceSpec } from './spec.ts';

/**
 * Cells that the constraints leave out for certain, known before any row is: one byte per cell, 1 is left out. Only
 * constraints over displayed and fixed axes can tell; null where there is none of them.
 */
export function excludedCells(space: Space, spec: SurfaceSpec): Uint8Array | null {
  const { axes } = space;
  const known = (axis: number): boolean => axis === spec.x || axis === spec.y || (spec.fixed[axis] ?? null) !== null;
  const constraints = space.constraints.filter((constraint) => constraint.axes.every(known));
  if (constraints.length === 0) return null;
  const width = spec.x === null ? 1 : axes[spec.x]!.size;
  const height = spec.y === null ? 1 : axes[spec.y]!.size;
  const values = Float64Array.from(axes, (axis, a) => axisValue(axis, spec.fixed[a] ?? 0));
  const cells = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    if (spec.y !== null) values[spec.y] = axisValue(axes[spec.y]!, y);
    for (let x = 0; x < width; x++) {
      if (spec.x !== null) values[spec.x] = axisValue(axes[spec.x]!, x);
      for (const { expr } of constraints) if (evaluateScalar(expr, values) === 0) cells[y * width + x] = 1;
    }
  }
  return cells;
}

const OPPOSITE: Readonly<Record<string, string>> = { '<': '≥', '<=': '>', '>': '≤', '>=': '<', '==': '≠', '!=': '=' };

/** What a constraint leaves out, in words for the picture: `fast < slow` leaves out `fast ≥ slow`. */
export function leftOutText(constraint: string): string {
  const parts = /^([^<>=!]+?)\s*(<=|>=|==|!=|<|>)\s*([^<>=!]+)$/.exec(constraint);
  if (parts === null || /\b(and|or|not)\b/.test(constraint)) return `not (${constraint})`;
  return `${parts[1]} ${OPPOSITE[parts[2]!]} ${parts[3]}`;
}
