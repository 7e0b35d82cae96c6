import type { Fault } from '../core/fault.ts';
import { ENGINE_VERSION } from '../core/version.ts';
import type { ExcerptLine } from '../workers/excerpt.ts';
import { SHARES_MEMORY } from './memory.ts';
import { PASTED, type Data } from './data.svelte.ts';
import type { Condensed } from '../results/condensed.ts';
import { spaced, type Link } from './link.svelte.ts';
import type { StudyRecord } from './storage/record.ts';

/** Something to look at or to mend, above the results; it takes nothing away from what is there. */
export interface Notice {
  readonly key: string;
  readonly kind: 'fault' | 'warn';
  readonly title: string;
  readonly text?: string;
  readonly faults?: readonly Fault[];
  readonly lines?: readonly ExcerptLine[]; // of the file that the first fault is about
  readonly dismiss?: () => void;
  readonly acts?: readonly { readonly label: string; readonly press: () => void }[];
}

export interface RunNotices {
  readonly startFault: Fault | null;
  readonly runFaults: readonly Fault[];
  readonly failed: { readonly title: string; readonly faults: readonly Fault[] } | null;
  readonly interrupted: StudyRecord | null;
  readonly resume: (record: StudyRecord) => void;
  readonly setAside: (record: StudyRecord) => void;
  readonly condensed: Condensed | null;
  readonly copiesDismissed: boolean;
  readonly dismissCopies: () => void;
  readonly dismissStart: () => void;
  readonly dismissRun: () => void;
}

export function noticesOf(data: Data, link: Link, run: RunNotices): readonly Notice[] {
  const notices: Notice[] = [];
  if (link.faults !== null) {
    const kept = data.bars === null ? {} : { text: 'What was here before is untouched.' };
    notices.push({
      key: 'link',
      kind: 'fault',
      title: 'This link cannot be opened.',
      ...kept,
      faults: link.faults,
      dismiss: () => link.dismiss(),
    });
  }
  if (data.faults !== null) {
    const title = `${data.failedName === PASTED ? 'The pasted rows' : data.failedName} cannot be used.`;
    const kept = data.market === null ? {} : { text: `${data.market.name} stays loaded.` };
    const { faults, excerpt: lines } = data;
    notices.push({ key: 'data', kind: 'fault', title, ...kept, faults, lines, dismiss: () => data.dismiss() });
  }
  const difference = link.difference;
  if (difference !== null) notices.push({ key: 'bars', kind: 'warn', ...difference });
  const { otherEngine } = link;
  if (otherEngine !== null) notices.push({ key: 'engine', kind: 'warn', ...otherEngine });
  if (run.startFault !== null) {
    notices.push({
      key: 'start',
      kind: 'fault',
      title: run.startFault.code.startsWith('storage_') ? 'This study is not kept.' : 'The study could not begin.',
      faults: [run.startFault],
      dismiss: run.dismissStart,
    });
  }
  if (run.runFaults.length > 0) {
    notices.push({ key: 'run', kind: 'fault', title: 'The run ended early.', faults: run.runFaults, dismiss: run.dismissRun });
  }
  if (run.failed !== null) notices.push({ key: 'failed', kind: 'warn', ...run.failed, dismiss: run.dismissRun });
  notices.push(...condensedNotice(run.condensed), ...copiesNotice(run));
  if (run.interrupted !== null) notices.push(interruptedNotice(run.interrupted, run));
  return notices;
}

/** A study whose page ended before it did. */
function interruptedNotice(record: StudyRecord, { resume, setAside }: RunNotices): Notice {
  const own = record.engine === ENGINE_VERSION;
  const done = `${record.name}: ${spaced(record.done)} of ${spaced(record.trials)} trials are kept.`;
  return {
    key: 'interrupted',
    kind: 'warn',
    title: 'A study was interrupted.',
    text: own
      ? done
      : `${done} Engine ${record.engine} computed them and this is ${ENGINE_VERSION}, so it cannot go on: open it in the notebook to look at it.`,
    acts: [
      ...(own ? [{ label: 'Resume', press: () => resume(record) }] : []),
      { label: 'Leave it in the notebook', press: () => setAside(record) },
    ],
  };
}

/** What is shown is not all that ran. */
function condensedNotice(condensed: Condensed | null): Notice[] {
  if (condensed === null) return [];
  const { shape } = condensed;
  const best = `The table and the views below it hold the best ${spaced(shape.best)} trials alone.`;
  const text =
    shape.surfaces.length > 0
      ? `${best} A cell of the surface has the best and the mean of all its trials, and their count; there is no median, no worst and no neighbourhood.`
      : `${best} So does the surface: a cell without a value has none of them.`;
  return [{ key: 'condensed', kind: 'warn', title: 'Not every result is kept.', text }];
}

/** Where the host sends no headers of isolation. */
function copiesNotice({ copiesDismissed, dismissCopies }: RunNotices): Notice[] {
  if (SHARES_MEMORY || copiesDismissed) return [];
  const text =
    'Each worker has its own copy of the bars, and results travel by message: the same numbers, with more memory. A host that sends the headers of the README’s list ends this.';
  return [{ key: 'copies', kind: 'warn', title: 'Workers cannot share memory on this page.', text, dismiss: dismissCopies }];
}
