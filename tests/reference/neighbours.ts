import type { Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, PENDING } from '../../src/metrics/state.ts';
import type { Axis } from '../../src/space/axis.ts';
import type { Direction } from '../../src/results/direction.ts';

/** Slow, obvious twins of what results/ says about neighbourhoods and variance: every pair of rows is looked at. */

function isOrdered(axis: Axis): boolean {
  return axis.kind !== 'choice' && axis.kind !== 'flag';
}

export function naiveBox(rows: Rows, axes: readonly Axis[], reach: number, row: number, count: number): number[] {
  const ordered = axes.filter((axis) => isOrdered(axis) && axis.size > 1).length;
  return Array.from({ length: count }, (_, other) => other).filter((other) => {
    if (rows.states[other] === PENDING) return false;
    let moved = 0;
    for (const [a, axis] of axes.entries()) {
      const distance = Math.abs(rows.positions[a]![other]! - rows.positions[a]![row]!);
      if (distance === 0) continue;
      if (!isOrdered(axis) || distance > reach) return false;
      moved++;
    }
    return ordered <= 4 || moved <= 1;
  });
}

export function naiveFullBox(axes: readonly Axis[], reach: number): number {
  const widths = axes.filter((axis) => isOrdered(axis) && axis.size > 1).map(({ size }) => Math.min(size, 2 * reach + 1));
  if (widths.length > 4) return 1 + widths.reduce((sum, width) => sum + width - 1, 0);
  return widths.reduce((product, width) => product * width, 1);
}

export function naiveMedian(values: readonly number[], direction: Direction): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  const [lower, upper] = sorted.length % 2 === 1 ? [sorted[middle]!, sorted[middle]!] : [sorted[middle - 1]!, sorted[middle]!];
  if (lower === upper) return lower;
  if (Number.isFinite(lower) && Number.isFinite(upper)) return (lower + upper) / 2;
  return direction === 'max' ? lower : upper;
}

/** Linear between order statistics. */
export function naiveQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below, above] = [sorted[Math.floor(at)] ?? NaN, sorted[Math.ceil(at)] ?? NaN];
  return below === above ? below : below + (at - Math.floor(at)) * (above - below);
}

export function naiveNeighbourhood(
  rows: Rows,
  axes: readonly Axis[],
  column: number,
  direction: Direction,
  reach: number,
  profit: number,
  row: number,
  count: number,
): { score: number; roughness: number; profitable: number } {
  const box = naiveBox(rows, axes, reach, row, count);
  if (box.length < naiveFullBox(axes, reach) / 2) return { score: NaN, roughness: NaN, profitable: NaN };
  const worst = direction === 'max' ? -Infinity : Infinity;
  const values = box.map((other) => {
    const value = rows.columns[column]![other]!;
    return rows.states[other] !== COMPLETE || Number.isNaN(value) ? worst : value;
  });
  const score = naiveMedian(values, direction);
  const distances = values.map((value) => (value === score ? 0 : Math.abs(value - score)));
  const gained = box.filter((other) => rows.states[other] === COMPLETE && rows.columns[profit]![other]! > 0);
  return { score, roughness: naiveMedian(distances, 'min'), profitable: gained.length / box.length };
}

/** Sobol' indices of a function given on a full grid, by grouping values in maps. */
export function naiveSobol(points: readonly { at: readonly number[]; value: number }[], axes: readonly number[]): number {
  const mean = points.reduce((sum, { value }) => sum + value, 0) / points.length;
  const variance = points.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / points.length;
  const groups = new Map<string, number[]>();
  for (const { at, value } of points) {
    const key = axes.map((a) => at[a]).join(' ');
    groups.set(key, [...(groups.get(key) ?? []), value]);
  }
  let spread = 0;
  for (const values of groups.values()) {
    const own = values.reduce((sum, value) => sum + value, 0) / values.length;
    spread += values.length * (own - mean) ** 2;
  }
  return spread / points.length / variance;
}
