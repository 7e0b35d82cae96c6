import { fault, type Fault } from '../core/fault.ts';
import type { Rows } from '../metrics/rows.ts';
import { positionsOfRow } from '../results/lookup.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import { axisLabel, type Axis } from '../space/axis.ts';

const LISTED = 50;

/** Trials that stopped with a fault, each with its parameters; the first fifty in order of their rows. */
export function failureFaults(failures: readonly TrialFailure[], rows: Rows, axes: readonly Axis[]): readonly Fault[] {
  return [...failures]
    .sort((a, b) => a.row - b.row)
    .slice(0, LISTED)
    .map(({ row, message }) => {
      const positions = positionsOfRow(rows, row);
      const trial = axes.map((axis, a) => `${axis.name} ${axisLabel(axis, positions[a]!)}`).join(', ');
      return fault('trial_failed', `It stopped: ${message}.`, '', { kind: 'trial', trial });
    });
}
