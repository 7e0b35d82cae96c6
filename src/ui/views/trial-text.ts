import type { Rows } from '../../metrics/rows.ts';
import { axisLabel, type Axis } from '../../space/axis.ts';

/** A trial by the values of its axes: `fast 12, slow 48`. */
export function trialText(axes: readonly Axis[], rows: Rows, row: number): string {
  return axes.map((axis, a) => `${axis.name} ${axisLabel(axis, rows.positions[a]![row]!)}`).join(', ');
}
