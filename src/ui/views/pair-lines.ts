import type { PlainSurface } from '../../results/questions.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';

/** One pair of axes as a line of a table: its names, its best and its worst cell with where they lie, how many have a value. */
export function pairLine(
  { spec, width, values }: PlainSurface,
  axes: readonly Axis[],
  format: (value: number) => string,
): readonly string[] {
  const [across, up] = [axes[spec.x!]!, axes[spec.y!]!];
  const sign = spec.direction === 'max' ? 1 : -1;
  let [best, worst, valued] = [-1, -1, 0];
  for (let cell = 0; cell < values.length; cell++) {
    const value = sign * values[cell]!;
    if (Number.isNaN(value)) continue;
    valued++;
    if (best < 0 || value > sign * values[best]!) best = cell;
    if (worst < 0 || value < sign * values[worst]!) worst = cell;
  }
  const told = (cell: number): string => {
    if (cell < 0) return 'no value';
    const where = [axisLabel(across, cell % width), axisLabel(up, Math.floor(cell / width))];
    return `${format(values[cell]!)} at ${across.name} ${where[0]}, ${up.name} ${where[1]}`;
  };
  return [`${across.name} and ${up.name}`, told(best), told(worst), `${valued} of ${values.length}`];
}
