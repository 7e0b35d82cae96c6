import type { MakeBuffer } from '../core/buffer.ts';
import { createCondensed, SEGMENT_ROWS, type Condensed, type CondensedShape } from '../results/condensed.ts';
import type { TrialFailure } from '../schedule/messages.ts';
import type { Window } from '../workers/sweep-options.ts';
import { condensedShape } from './keeping.svelte.ts';
import type { RunSubject } from './run-subject.ts';

/** Nothing yet of a study whose rows do not fit; null where every row is kept. */
export function emptyCondensed(subject: RunSubject, make: MakeBuffer): Condensed | null {
  const shape = shapeOf(subject);
  return shape === null ? null : createCondensed(shape, make);
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

/** The option of a sweep whose rows go into the condensed results. */
export function streamedInto(condensed: Condensed | null): { readonly window?: Window } {
  if (condensed === null) return {};
  const { committed } = condensed;
  return { window: { segmentRows: SEGMENT_ROWS, committed, commit: (...segment) => condensed.commit(...segment) } };
}
