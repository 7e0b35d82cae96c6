import { axisLabel, type Axis, type RangeAxis } from '../space/axis.ts';
import { formatRange } from '../space/range.ts';
import type { Plan } from '../strategy/plan.ts';
import { largestWarmup, type FrameOffset } from '../strategy/warmup.ts';

/** A range that ends earlier. */
export interface ShorterRange {
  readonly name: string;
  readonly high: string; // its new end, as a person writes it
  readonly spelling: string;
}

/**
 * Lowers the upper ends of the axes whose own values make the warm-up too long, as little as it takes.
 *
 * @param most bars that the longest warm-up may take
 * @returns the changed ranges; null where lowering ends is not enough, empty where nothing needs it
 */
export function shorterRanges(
  plan: Plan,
  axes: readonly Axis[],
  most: number,
  offset?: FrameOffset,
): readonly ShorterRange[] | null {
  // Each axis is judged with all others at their low ends; what several axes do together is judged once, at the end.
  const lowest = axes.map((axis) => (axis.kind === 'range' ? cut(axis, 1) : axis));
  const shorter = axes.map((axis, at) => {
    if (axis.kind !== 'range') return axis;
    const fits = (size: number): boolean => largestWarmup(plan, lowest.with(at, cut(axis, size)), offset).bars <= most;
    if (fits(axis.size)) return axis;
    let low = 1;
    let high = axis.size;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (fits(middle)) low = middle;
      else high = middle;
    }
    return cut(axis, low);
  });
  return largestWarmup(plan, shorter, offset).bars <= most ? changes(axes, shorter) : null;
}

function cut(axis: RangeAxis, size: number): RangeAxis {
  return { ...axis, size, highUnits: axis.lowUnits + (size - 1) * axis.stepUnits };
}

function changes(before: readonly Axis[], after: readonly Axis[]): ShorterRange[] {
  return after.flatMap((axis, a) => {
    const spelling = formatRange(axis);
    if (axis === before[a] || typeof spelling !== 'string') return [];
    return [{ name: axis.name, high: axisLabel(axis, axis.size - 1), spelling }];
  });
}
