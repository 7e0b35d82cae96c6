import type { Slice } from '../../results/slices.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';

const MOST = 24; // values of one axis

/** Slices as lines of a table: name and value of the axis, then the metric through the trial and over all trials. */
export interface SliceLines {
  readonly lines: readonly (readonly string[])[];
  readonly complete: boolean; // every value of every axis has a line
}

/**
 * @param chosen positions of the selected trial, which always have a line; null for none
 * @param format of the metric's values
 */
export function sliceLines(
  slices: readonly Slice[],
  axes: readonly Axis[],
  chosen: readonly number[] | null,
  format: (value: number) => string,
): SliceLines {
  let complete = true;
  const lines = slices.flatMap(({ axis: a, through, low, middle, high }) => {
    const axis = axes[a]!;
    const here = chosen?.[a] ?? -1;
    const step = Math.max(1, Math.ceil(axis.size / MOST));
    if (step > 1) complete = false;
    const shown = Array.from({ length: axis.size }, (_, position) => position).filter(
      (position) => position % step === 0 || position === axis.size - 1 || position === here,
    );
    return shown.map((position) => [
      `${axis.name} ${axisLabel(axis, position)}${position === here ? ', selected' : ''}`,
      ...[through, low, middle, high].map((values) => format(values[position]!)),
    ]);
  });
  return { lines, complete };
}
