import type { MakeBuffer } from '../core/buffer.ts';
import { createCondensed, type Condensed, type CondensedShape } from '../results/condensed.ts';
import type { TrialFailure } from '../schedule/messages.ts';
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
