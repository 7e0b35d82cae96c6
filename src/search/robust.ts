import { isFeasible } from '../space/trial.ts';
import type { Space } from '../space/space.ts';
import type { Archive } from './archive.ts';
import { median } from './generation.ts';
import type { Scale } from './scale.ts';

/** Neighbours of a trial: one step up or down on one ordered axis, as far as the axis and the constraints allow. */
export class Vicinity {
  readonly #space: Space;
  readonly #scales: readonly Scale[];
  readonly #positions: Int32Array;

  constructor(space: Space, scales: readonly Scale[]) {
    this.#space = space;
    this.#scales = scales;
    this.#positions = new Int32Array(scales.length);
  }

  each(archive: Archive, entry: number, visit: (positions: Int32Array) => void): void {
    const positions = this.#positions;
    archive.read(entry, positions);
    for (let axis = 0; axis < positions.length; axis++) {
      const scale = this.#scales[axis]!;
      if (!scale.ordered) continue;
      const own = positions[axis]!;
      const rank = scale.rankOf(own);
      for (const near of [rank - 1, rank + 1]) {
        if (near < 0 || near >= scale.size) continue;
        positions[axis] = scale.positionOf(near);
        if (isFeasible(this.#space, positions)) visit(positions);
      }
      positions[axis] = own;
    }
  }
}

/**
 * The median of each trial and its neighbours, where all of them ran; a trial whose neighbours did not run stays behind
 * every one that was looked at closely.
 *
 * @param told entries below it have scores
 */
export function robustScores(archive: Archive, vicinity: Vicinity, entries: readonly number[], told: number): Float64Array {
  const scores = new Float64Array(entries.length).fill(NaN);
  let least = Infinity;
  entries.forEach((entry, k) => {
    const near = [archive.score(entry)];
    const absent: number[] = [];
    vicinity.each(archive, entry, (positions) => {
      const found = archive.find(positions);
      if (found < 0 || found >= told) absent.push(found);
      else near.push(archive.score(found));
    });
    if (absent.length > 0) return;
    const middle = median(near);
    scores[k] = middle;
    least = Math.min(least, middle);
  });
  return scores.map((score, k) => (Number.isNaN(score) ? Math.min(archive.score(entries[k]!), least) : score));
}
