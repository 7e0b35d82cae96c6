import type { Archive } from './archive.ts';
import type { Batch } from './method.ts';
import type { Scale } from './scale.ts';

/** What one generation gave. Scores are those the search compares: larger is better. */
export interface Generation {
  readonly index: number;
  readonly end: number; // rows asked up to its last trial
  readonly fresh: number; // trials that were new
  readonly best: number; // −Infinity where no trial has a score
  readonly median: number;
  readonly bestSoFar: number;
  readonly diversity: number; // 0: all trials alike, 1: as spread as random ones
}

export function measure(
  index: number,
  { entries, scores, fresh }: Batch,
  archive: Archive,
  scales: readonly Scale[],
  end: number,
  bestBefore: number,
): Generation {
  let best = -Infinity;
  entries.forEach((entry, k) => {
    if (archive.market(entry) === 0 && scores[k]! > best) best = scores[k]!;
  });
  return {
    index,
    end,
    fresh,
    best,
    median: median(scores),
    bestSoFar: Math.max(best, bestBefore),
    diversity: diversity(entries, archive, scales),
  };
}

/** Pieces of a generation as one. */
export function together(pieces: readonly Batch[]): Batch {
  const [first] = pieces;
  if (first !== undefined && pieces.length === 1) return first;
  const entries = pieces.flatMap((piece) => piece.entries);
  const scores = new Float64Array(entries.length);
  let [at, fresh] = [0, 0];
  for (const piece of pieces) {
    scores.set(piece.scores, at);
    at += piece.scores.length;
    fresh += piece.fresh;
  }
  return { entries, scores, fresh };
}

/** The lower of the two middle ones; NaN of nothing. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[(sorted.length - 1) >> 1] ?? NaN;
}

/** Mean over the axes that have values to differ in: standard deviation of ranks, or Gini's index of a choice, against random trials'. */
function diversity(entries: readonly number[], archive: Archive, scales: readonly Scale[]): number {
  let sum = 0;
  let counted = 0;
  for (const [axis, scale] of scales.entries()) {
    if (scale.size < 2 || entries.length < 2) continue;
    const ranks = entries.map((entry) => scale.rankOf(archive.position(entry, axis)));
    sum += Math.min(1, scale.ordered ? spread(ranks, scale.size) : variety(ranks, scale.size));
    counted++;
  }
  return counted === 0 ? 0 : sum / counted;
}

function spread(ranks: readonly number[], size: number): number {
  const mean = ranks.reduce((a, b) => a + b, 0) / ranks.length;
  const variance = ranks.reduce((a, b) => a + (b - mean) * (b - mean), 0) / ranks.length;
  return Math.sqrt((variance * 12) / (size * size - 1));
}

function variety(ranks: readonly number[], size: number): number {
  const counts = new Float64Array(size);
  for (const rank of ranks) counts[rank]!++;
  const alike = counts.reduce((a, b) => a + (b / ranks.length) * (b / ranks.length), 0);
  return (1 - alike) / (1 - 1 / size);
}
