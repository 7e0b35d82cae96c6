import type { RangeSpelling } from '../space/range.ts';
import { extended, refinements } from './refine.ts';
import type { Study } from './study.svelte.ts';

/** Changes ranges so that it can be taken back. */
export function changeRanges(
  { space, history }: Study,
  label: string,
  change: () => void,
  options: { key?: string; tell?: boolean } = {},
): void {
  const before = space.overrides;
  change();
  history.did(label, () => space.replace(before), options);
}

/** The range of an axis of the last run with values beyond one end; null where it cannot be extended. */
export function extension(study: Study, axis: number, end: 'low' | 'high'): RangeSpelling | null {
  const of = study.run.subject?.space.axes[axis];
  return of === undefined ? null : extended(of, end);
}

export function extendAndRun(study: Study, axis: number, end: 'low' | 'high'): void {
  const spelling = extension(study, axis, end);
  const name = study.run.subject?.space.axes[axis]?.name;
  if (spelling === null || name === undefined) return;
  changeRanges(study, `Range of ${name} extended.`, () => study.space.set(name, spelling));
  void study.space.counted().then(() => study.start());
}

/**
 * Runs the part of the space between these positions in finer steps.
 * @param part axis index → first and last position
 */
export function refine(study: Study, part: ReadonlyMap<number, readonly [low: number, high: number]>): void {
  const axes = study.run.subject?.space.axes ?? [];
  changeRanges(study, 'The study was refined.', () => {
    for (const [a, [low, high]] of part) {
      const axis = axes[a]!;
      for (const spelling of refinements(axis, low, high)) {
        study.space.set(axis.name, spelling);
        // A period cannot be half a bar: the next finest is taken.
        if (!study.space.faultsByAxis.has(axis.name)) break;
      }
    }
  });
  void study.space.counted().then(() => study.start());
}
