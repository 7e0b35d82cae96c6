import type { Axis } from '../space/axis.ts';
import type { Direction } from './direction.ts';

/** How the rows that meet in one cell become its value; `profitable`: which share of them gained. */
export const AGGREGATES = ['best', 'mean', 'median', 'worst', 'profitable'] as const;
export type Aggregate = (typeof AGGREGATES)[number];

/**
 * Which picture of the rows: a metric over two axes, one, or none. Every other axis is either fixed at a position or folded;
 * all folded axes share one aggregate, because best-of-mean and mean-of-best differ and nobody could tell them apart.
 */
export interface SurfaceSpec {
  readonly x: number | null; // axis index; null: one cell wide
  readonly y: number | null; // axis index, another one than x; null: one cell high
  /** One entry per axis of the study: the fixed position, or null for x, y and folded axes. */
  readonly fixed: readonly (number | null)[];
  readonly aggregate: Aggregate;
  readonly column: number; // of Rows
  readonly direction: Direction;
}

/**
 * The picture to begin with: the first two axes with an order and more than one value (the first one up, the second across),
 * choices and flags where those are too few; the other axes folded to the best.
 */
export function defaultSpec(axes: readonly Axis[], column: number, direction: Direction): SurfaceSpec {
  const wide = axes.map((_, a) => a).filter((a) => axes[a]!.size > 1);
  const ordered = wide.filter((a) => isOrdered(axes[a]!));
  const picked = [...ordered, ...wide.filter((a) => !ordered.includes(a))].slice(0, 2);
  const [first = null, second = null] = picked;
  const fixed = axes.map((axis) => (axis.size === 1 ? 0 : null));
  if (second === null) return { x: first, y: null, fixed, aggregate: 'best', column, direction };
  return { x: second, y: first, fixed, aggregate: 'best', column, direction };
}

/** Shows another axis across or up; an axis that loses its place is folded, one that was on the other side changes places. */
export function withAxis(spec: SurfaceSpec, side: 'x' | 'y', axis: number): SurfaceSpec {
  const other = side === 'x' ? 'y' : 'x';
  const fixed = spec.fixed.map((at, a) => (a === axis ? null : at));
  return { ...spec, fixed, [other]: spec[other] === axis ? spec[side] : spec[other], [side]: axis };
}

/** Fixes an axis that is not displayed at a position, or folds it (null). */
export function withFixed(spec: SurfaceSpec, axis: number, position: number | null): SurfaceSpec {
  return { ...spec, fixed: spec.fixed.map((at, a) => (a === axis ? position : at)) };
}

/** Whether neighbouring positions of an axis are neighbouring values: a choice has no order. */
export function isOrdered(axis: Axis): boolean {
  return axis.kind !== 'choice' && axis.kind !== 'flag';
}

/** Whether several trials may meet in one cell. */
export function isFolded(axes: readonly Axis[], spec: SurfaceSpec): boolean {
  return axes.some((axis, a) => axis.size > 1 && a !== spec.x && a !== spec.y && spec.fixed[a] === null);
}
