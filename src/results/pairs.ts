import type { Axis } from '../space/axis.ts';
import type { Direction } from './direction.ts';
import { defaultSpec, type Aggregate, type SurfaceSpec } from './spec.ts';

const MOST_AXES = 7;

/** The axes that are set against each other: those of more than one value, as many as a screen holds. */
export function pairedAxes(axes: readonly Axis[]): number[] {
  return axes.flatMap((axis, a) => (axis.size > 1 ? [a] : [])).slice(0, MOST_AXES);
}

/** A surface for every pair of axes, all further axes folded; the later axis upwards. */
export function pairSpecs(axes: readonly Axis[], column: number, direction: Direction, aggregate: Aggregate): SurfaceSpec[] {
  const wide = pairedAxes(axes);
  return wide.flatMap((up, i) =>
    wide.slice(0, i).map((across) => ({
      ...defaultSpec(axes, column, direction),
      x: across,
      y: up,
      fixed: axes.map(() => null),
      aggregate,
    })),
  );
}
