import type { MakeBuffer } from '../core/buffer.ts';
import { searchColumns } from '../document/search.ts';
import { createRows, type Rows } from '../metrics/rows.ts';
import type { CondensedShape } from '../results/condensed-shape.ts';
import { createCondensed, type Condensed } from '../results/condensed.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import type { Progress } from '../workers/sweep-options.ts';
import { condensedShape, WINDOW_ROWS } from './keeping.svelte.ts';
import type { KeptRun } from './kept-run.ts';
import type { RunSubject } from './run-subject.ts';

/** What a run writes into. */
export interface RunMemory {
  readonly rows: Rows; // of the sweep: all of them, or the window that passes over them
  readonly condensed: Condensed | null; // what the window leaves
}

/** @param kept of a study that goes on */
export function memoryFor(subject: RunSubject, kept: KeptRun | null, make: MakeBuffer): RunMemory {
  const { document, objective, space, trials } = subject;
  const metrics = searchColumns(document, objective);
  const rowsOf = (rowCount: number): Rows => createRows({ rowCount, axisCount: space.axes.length, metrics }, make);
  const shape = shapeOf(subject);
  if (shape === null) return { rows: kept?.rows ?? rowsOf(trials), condensed: null };
  return { rows: rowsOf(WINDOW_ROWS), condensed: kept?.condensed ?? createCondensed(shape, make) };
}

export function shapeOf({ document, space, keep }: RunSubject): CondensedShape | null {
  const sizes = space.axes.map(({ size }) => size);
  return keep === null ? null : condensedShape(document, sizes, keep);
}

/** Failures by the places of kept rows; those whose trial was not kept are left out. */
export function keptFailures(failures: readonly TrialFailure[], condensed: Condensed | null): readonly TrialFailure[] {
  if (condensed === null) return failures;
  const { best } = condensed.shape;
  const numbers = condensed.tally.numbers.subarray(best, best + condensed.failed);
  return failures.flatMap(({ row, message }) => {
    const at = numbers.indexOf(row);
    return at < 0 ? [] : [{ row: best + at, message }];
  });
}

/** What is done at the end of a run: of results that do not fit, only what was committed. */
export function keptProgress(progress: Progress, condensed: Condensed | null): Progress {
  return condensed === null ? progress : { ...progress, done: condensed.committed };
}
