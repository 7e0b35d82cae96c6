import type { StudyRecord } from './record.ts';

/** Trials that deleted studies had run, by the hash of their bars. */
export type Counts = Readonly<Record<string, number>>;

/** Trials ever run on bars: of kept studies and of deleted ones. */
export function trialsTried(hash: string, records: readonly StudyRecord[], deleted: Counts): number {
  return records.reduce((sum, { data, done }) => sum + (data.hash === hash ? done : 0), deleted[hash] ?? 0);
}
