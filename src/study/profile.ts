import { failed, fault, type Outcome } from '../core/fault.ts';
import type { StudyProfile } from '../schedule/profile.ts';
import { searchColumns } from '../document/search.ts';
import type { RunSubject } from './run.svelte.ts';

/** Times a sample of a study's trials in a worker of its own. @param cacheBytes of a worker */
export async function profileSubject(subject: RunSubject, cacheBytes: number): Promise<Outcome<StudyProfile>> {
  // Loaded when first asked for: most visitors never do.
  const parts = await Promise.all([import('../workers/profile-study.ts'), import('../workers/spawn.ts')]).catch(() => null);
  if (parts === null) {
    return failed(
      fault(
        'profile_unloaded',
        'Nothing was timed: a file of this page could not be had.',
        'Reload the page once you are online.',
      ),
    );
  }
  const [{ profileStudy }, { spawnSweepWorker }] = parts;
  return profileStudy(spawnSweepWorker, subject, searchColumns(subject.document, subject.objective), cacheBytes);
}
