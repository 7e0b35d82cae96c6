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
  for (let k = 0; k < entries.length; k++) {
    if (scores[k]! > best && archive.market(entries[k]!) === 0) best = scores[k]!;
  }
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
  const entries: number[] = [];
  for (const piece of pieces) for (const entry of piece.entries) entries.push(entry);
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
  if (entries.length < 2) return 0;
  const ranks = new Float64Array(entries.length);
  for (let axis = 0; axis < scales.length; axis++) {
    const scale = scales[axis]!;
    if (scale.size < 2) continue;
    for (let k = 0; k < ranks.length; k++) ranks[k] = scale.rankOf(archive.position(entries[k]!, axis));
    sum += Math.min(1, scale.ordered ? spread(ranks, scale.size) : variety(ranks, scale.size));
    counted++;
  }
  return counted === 0 ? 0 : sum / counted;
}

function spread(ranks: Float64Array, size: number): number {
  let sum = 0;
  for (let k = 0; k < ranks.length; k++) sum += ranks[k]!;
  const mean = sum / ranks.length;
  let squares = 0;
  for (let k = 0; k < ranks.length; k++) squares += (ranks[k]! - mean) * (ranks[k]! - mean);
  return Math.sqrt(((squares / ranks.length) * 12) / (size * size - 1));
}

function variety(ranks: Float64Array, size: number): number {
  const counts = new Float64Array(size);
  for (let k = 0; k < ranks.length; k++) counts[ranks[k]!]!++;
  let alike = 0;
  for (let rank = 0; rank < size; rank++) alike += (counts[rank]! / ranks.length) * (counts[rank]! / ranks.length);
  return (1 - alike) / (1 - 1 / size);
}
