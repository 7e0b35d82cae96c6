import { searchColumns } from '../document/search.ts';
import { BLOCK_COLUMN } from '../metrics/blocks.ts';
import { readObjective } from '../metrics/objective.ts';
import { rowsBytes } from '../metrics/rows.ts';
import { condensedBytes, SEGMENT_ROWS, type CondensedShape } from '../results/condensed-shape.ts';
import type { StudyDocument } from '../document/document.ts';
import type { Space } from '../space/space.ts';
import { leastBytes, type Budget } from './budget.svelte.ts';
import type { Estimate } from './estimate.ts';

/** Metrics whose surfaces are kept. */
export const KEPT_SURFACES = ['none', 'objective', 'all'] as const;
export type KeptSurfaces = (typeof KEPT_SURFACES)[number];

/** What is kept of a study whose results do not fit. */
export interface Keep {
  readonly best: number; // trials
  readonly surfaces: KeptSurfaces; // for every pair of axes: best, mean and count of each cell
}

export interface KeptStudy {
  readonly document: StudyDocument;
  readonly space: { readonly space: Space | null };
  readonly estimate: Estimate | null;
  readonly budget: Budget;
  readonly run: { readonly mostWorkers: number };
}

const BEST_KEPT = 1000;
/** Rows that are in memory at once of a study whose results do not fit. */
export const WINDOW_ROWS = 64 * SEGMENT_ROWS;
/** Beyond this many trials even a fast machine would compute for weeks. */
const MOST_STREAMED = 1e12;

/** Whether the results of the study that is set up fit into the budget, and what can be kept of them if not. */
export class Keeping {
  readonly #study: KeptStudy;
  #choice = $state<KeptSurfaces | null>(null);

  constructor(study: KeptStudy) {
    this.#study = study;
  }

  /** Bytes with every row; null while that is not known. */
  readonly allBytes: number | null = $derived.by(() => {
    const { estimate, run } = this.#study;
    return estimate === null ? null : leastBytes(estimate, run.mostWorkers);
  });

  readonly fits: boolean = $derived.by(() => this.allBytes === null || this.allBytes <= this.#study.budget.bytes);

  /** What can be kept instead, and the bytes that it takes; empty where every row fits, or nothing can. */
  readonly offers: readonly { readonly keep: Keep; readonly bytes: number; readonly resultBytes: number }[] = $derived.by(
    () => {
      const { document, space, estimate, budget, run } = this.#study;
      const { search } = document;
      if (this.fits || space.space === null || estimate === null || estimate.trials > MOST_STREAMED) return [];
      // Other searches remember every trial that they asked.
      if (search.method !== 'grid' || (search.before ?? []).length > 0) return [];
      const sizes = space.space.axes.map(({ size }) => size);
      return KEPT_SURFACES.flatMap((surfaces) => {
        const keep = { best: BEST_KEPT, surfaces };
        const shape = condensedShape(document, sizes, keep);
        if (shape === null) return [];
        const resultBytes = condensedBytes(shape) + windowBytes(shape);
        const bytes = leastBytes({ barsBytes: estimate.barsBytes, resultBytes }, run.mostWorkers);
        return bytes <= budget.bytes ? [{ keep, bytes, resultBytes }] : [];
      });
    },
  );

  /** What the next run keeps; null where it is every row, or nothing was chosen. */
  readonly keep: Keep | null = $derived.by(() => this.offers.find(({ keep }) => keep.surfaces === this.#choice)?.keep ?? null);

  /** Bytes of the next run's results; null while they are not known. */
  readonly resultBytes: number | null = $derived.by(
    () => this.offers.find(({ keep }) => keep === this.keep)?.resultBytes ?? this.#study.estimate?.resultBytes ?? null,
  );

  choose(keep: Keep | null): void {
    this.#choice = keep?.surfaces ?? null;
  }
}

export function condensedShape(document: StudyDocument, sizes: readonly number[], keep: Keep): CondensedShape | null {
  const objective = readObjective(document.objective);
  if (!objective.ok) return null;
  const metrics = searchColumns(document, objective.value);
  const column = metrics.indexOf(objective.value.column);
  const surfaces = { none: [], objective: [column], all: metrics.flatMap((metric, k) => (metric === BLOCK_COLUMN ? [] : [k])) }[
    keep.surfaces
  ];
  return { sizes, metrics, objective: column, best: keep.best, surfaces };
}

/** Bytes of the rows that are in memory at once. */
export function windowBytes({ sizes, metrics }: CondensedShape): number {
  return rowsBytes({ rowCount: WINDOW_ROWS, axisCount: sizes.length, metrics });
}
