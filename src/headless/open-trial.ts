import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { isFeasible, positionsOf, totalTrials } from '../space/trial.ts';
import type { SweepHandle } from '../workers/sweep.ts';
import type { PreparedStudy } from './prepare.ts';

/** The positions of a trial that the constraints allow. */
export function trialPositions({ space }: PreparedStudy, trial: string): Outcome<number[]> {
  const index = BigInt(trial);
  const total = totalTrials(space.axes);
  const place = { kind: 'trial', trial } as const;
  if (index >= total)
    return failed(
      fault('no_such_trial', 'There is no trial of this index.', `The study has the indices 0 to ${total - 1n}.`, place),
    );
  const positions = space.axes.map(() => 0);
  positionsOf(space.axes, index, positions);
  if (isFeasible(space, positions)) return ok(positions);
  const texts = space.constraints.map(({ text }) => text).join(', ');
  return failed(
    fault(
      'trial_excluded',
      `The trial does not satisfy the constraints (${texts}).`,
      'Take an index of the result table.',
      place,
    ),
  );
}

/** Re-runs a trial in a worker that holds the study. */
export async function openTrial(handle: SweepHandle, positions: readonly number[]): Promise<Outcome<TrialDetail>> {
  const end = await handle.done;
  const [first, ...more] = end.faults;
  return first === undefined ? handle.detail(0, positions) : failed(first, ...more);
}
