import type { Fault } from '../core/fault.ts';
import { PASTED, type Data } from './data.svelte.ts';
import type { Link } from './link.svelte.ts';

/** Something to look at or to mend, above the results; it takes nothing away from what is there. */
export interface Notice {
  readonly key: string;
  readonly kind: 'fault' | 'warn';
  readonly title: string;
  readonly text?: string;
  readonly faults?: readonly Fault[];
  readonly dismiss?: () => void;
}

export interface RunNotices {
  readonly startFault: Fault | null;
  readonly runFaults: readonly Fault[];
  readonly failed: { readonly title: string; readonly faults: readonly Fault[] } | null;
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
    notices.push({ key: 'data', kind: 'fault', title, ...kept, faults: data.faults, dismiss: () => data.dismiss() });
  }
  const difference = link.difference;
  if (difference !== null) notices.push({ key: 'bars', kind: 'warn', ...difference });
  const { otherEngine } = link;
  if (otherEngine !== null) notices.push({ key: 'engine', kind: 'warn', ...otherEngine });
  if (run.startFault !== null) {
    notices.push({
      key: 'start',
      kind: 'fault',
      title: 'The run could not begin.',
      faults: [run.startFault],
      dismiss: run.dismissStart,
    });
  }
  if (run.runFaults.length > 0) {
    notices.push({ key: 'run', kind: 'fault', title: 'The run ended early.', faults: run.runFaults, dismiss: run.dismissRun });
  }
  if (run.failed !== null) notices.push({ key: 'failed', kind: 'warn', ...run.failed, dismiss: run.dismissRun });
  return notices;
}
