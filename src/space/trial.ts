import { evaluateScalar } from '../language/scalar.ts';
import { axisValue, type Axis } from './axis.ts';
import type { Space } from './space.ts';

/** Mixed radix over the full product, the first axis varying slowest. */
export function trialIndex(axes: readonly Axis[], positions: ArrayLike<number>): bigint {
  let index = 0n;
  for (let a = 0; a < axes.length; a++) index = index * BigInt(axes[a]!.size) + BigInt(positions[a]!);
  return index;
}

/**
 * @param index 0 … product of sizes − 1
 * @param out length `axes.length`, receives the positions
 */
export function positionsOf(axes: readonly Axis[], index: bigint, out: { [axis: number]: number }): void {
  let rest = index;
  for (let a = axes.length - 1; a >= 0; a--) {
    const size = BigInt(axes[a]!.size);
    out[a] = Number(rest % size);
    rest /= size;
  }
}

/** Writes each axis' value at its position. */
export function valuesOf(axes: readonly Axis[], positions: ArrayLike<number>, out: { [axis: number]: number }): void {
  for (let a = 0; a < axes.length; a++) out[a] = axisValue(axes[a]!, positions[a]!);
}

/** Whether every constraint holds at these positions. */
export function isFeasible(space: Space, positions: ArrayLike<number>): boolean {
  const values = new Float64Array(space.axes.length);
  valuesOf(space.axes, positions, values);
  return space.constraints.every(({ expr }) => evaluateScalar(expr, values) !== 0);
}

/** Count of all combinations, constraints ignored. */
export function totalTrials(axes: readonly Axis[]): bigint {
  return axes.reduce((product, axis) => product * BigInt(axis.size), 1n);
}
