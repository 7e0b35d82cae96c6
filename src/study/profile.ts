import type { Outcome } from '../core/fault.ts';
import { formulaOf } from '../metrics/objective.ts';
import type { StudyProfile } from '../schedule/profile.ts';
import { searchColumns } from '../document/search.ts';
import type { RunSubject } from './run.svelte.ts';

/** Times a sample of a study's trials in a worker of its own. @param cacheBytes of a worker */
export async function profileSubject(subject: RunSubject, cacheBytes: number): Promise<Outcome<StudyProfile>> {
  // Loaded when first asked for: most visitors never do.
  const [{ profileStudy }, { spawnSweepWorker }] = await Promise.all([
    import('../workers/profile-study.ts'),
    import('../workers/spawn.ts'),
  ]);
  const { plan, space, execution, document, scoring, bars, objective } = subject;
  return profileStudy(spawnSweepWorker, {
    plan,
    space,
    axes: space.axes,
    execution,
    scoring: [scoring],
    markets: [bars.buffer],
    metrics: searchColumns(document, objective),
    barCount: bars.count - scoring.startBar,
    cacheBytes,
    ...formulaOf(objective),
  });
}
