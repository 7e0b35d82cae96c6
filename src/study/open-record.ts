import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { decodeCondensed } from '../results/condensed-file.ts';
import { shapeOf } from './condense-run.ts';
import type { StudyDocument } from '../document/document.ts';
import type { Data } from './data.svelte.ts';
import { makeMemory } from './memory.ts';
import type { AdoptedRun, KeptRun, RunState } from './kept-run.ts';
import type { Run, RunSubject } from './run.svelte.ts';
import type { SpaceForm } from './space-form.svelte.ts';
import type { Notebook } from './storage/notebook.svelte.ts';
import type { StudyRecord } from './storage/record.ts';
import { restoreRows } from './storage/rows-file.ts';

/** What a kept study is opened into. */
export interface OpenedInto {
  readonly notebook: Notebook;
  readonly data: Data;
  readonly space: SpaceForm;
  readonly run: Run;
  readonly blockers: readonly string[];
  apply(document: StudyDocument): Promise<void>;
  subject(): RunSubject | null;
  begin(subject: RunSubject, kept: { readonly record: StudyRecord; readonly run: KeptRun } | null): void;
  show(subject: RunSubject, kept: AdoptedRun, live: boolean): void;
  fail(fault: Fault): void;
}

/** show: look at it as it is; resume: go on computing; watch: look at it while another tab computes it. */
export type OpenMode = 'show' | 'resume' | 'watch';

/** Sets the page up as a kept study was, with its bars and results. */
export async function openRecord(study: OpenedInto, record: StudyRecord, mode: OpenMode): Promise<void> {
  const { notebook } = study;
  notebook.unwatch();
  if (mode === 'resume' && !(await notebook.take(record.id))) {
    return study.fail(fault('study_held', 'Another tab runs this study.', 'Watch it here, or stop it there.'));
  }
  const subject = await prepare(study, record);
  if (!subject.ok) return study.fail(subject.faults[0]);
  const kept = await readRows(study, record, subject.value);
  if (!kept.ok) return study.fail(kept.faults[0]);
  if (mode === 'resume') {
    study.begin(subject.value, { record, run: kept.value });
    return;
  }
  study.show(subject.value, kept.value, notebook.isOwn(record));
  if (mode === 'watch') notebook.watch(record.id, (newer) => void follow(study, newer, subject.value));
}

/** Another tab has computed more. */
async function follow(study: OpenedInto, record: StudyRecord, subject: RunSubject): Promise<void> {
  const kept = await readRows(study, record, subject);
  if (!kept.ok || study.run.subject !== subject) return;
  study.show(subject, kept.value, false);
  if (record.state !== 'running') study.notebook.unwatch();
}

/** Fills the forms from the record's document and gets its bars. */
async function prepare(study: OpenedInto, record: StudyRecord): Promise<Outcome<RunSubject>> {
  const { document, data } = record;
  await study.apply(document);
  if ('file' in document.data && study.data.bars?.hash !== data.hash) {
    const market = await study.notebook.bars(data, makeMemory);
    if (market !== null) await study.data.restore(market, document.data, data.sourceHash);
  }
  await study.space.counted();
  if (study.data.bars?.hash !== data.hash) {
    const advice = 'Load that file first, then open the study again.';
    return failed(fault('record_bars', `The study needs the bars of ${data.name}, which were not kept with it.`, advice));
  }
  const subject = study.subject();
  if (subject !== null)
    return ok({ ...subject, trials: record.trials, estimated: record.estimated, keep: record.keep ?? null });
  const what = `The study cannot be set up by this engine: ${study.blockers.join(', ')}.`;
  return failed(fault('record_document', what, 'Export it, and open it with the engine that made it.'));
}

async function readRows(study: OpenedInto, record: StudyRecord, subject: RunSubject): Promise<Outcome<AdoptedRun>> {
  const bytes = await study.notebook.rows(record);
  if (!bytes.ok) return bytes;
  const shape = shapeOf(subject);
  if (shape !== null) {
    const condensed = decodeCondensed(bytes.value, shape, makeMemory);
    if (!condensed.ok) return condensed;
    return ok({ ...progressOf(record), rows: condensed.value.rows, condensed: condensed.value });
  }
  const rows = restoreRows(bytes.value, subject.space.axes, makeMemory);
  if (!rows.ok) return rows;
  if (rows.value.rowCount !== record.trials) {
    const what = `The kept results have ${rows.value.rowCount} rows and the study ${record.trials}.`;
    return failed(fault('rows_damaged', what, 'Run the study again.'));
  }
  return ok({ ...progressOf(record), rows: rows.value });
}

function progressOf(record: StudyRecord): Omit<AdoptedRun, 'rows'> {
  const { done, asked, trials, elapsedMs, busyMs, failures, finished, digest } = record;
  const perSecond = elapsedMs > 0 ? (done / elapsedMs) * 1000 : 0;
  const state: RunState = record.state === 'running' ? 'cancelled' : record.state;
  const total = state === 'done' ? asked : trials;
  return {
    state,
    asked,
    finished,
    failures,
    digest,
    progress: {
      done,
      total,
      fraction: total > 0 ? Math.min(1, done / total) : 1,
      trialsPerSecond: perSecond,
      overallPerSecond: perSecond,
      barTrialsPerSecond: 0,
      elapsedMs,
      busyMs,
      etaMs: 0,
      paused: false,
      failed: failures.length,
      workers: [],
    },
  };
}
