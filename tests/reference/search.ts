import type { Scale } from '../../src/search/scale.ts';

// The plain forms of what a search keeps up step by step.

export interface PlainMember {
  readonly entry: number;
  readonly score: number;
}

/** The best `most` of all trials that came: best first, ties by age, each once. */
export function plainRanking(came: readonly PlainMember[], most: number): PlainMember[] {
  const best = new Map<number, number>();
  for (const { entry, score } of came) best.set(entry, Math.max(score, best.get(entry) ?? -Infinity));
  return [...best]
    .map(([entry, score]) => ({ entry, score }))
    .sort((a, b) => (a.score === b.score ? a.entry - b.entry : b.score > a.score ? 1 : -1))
    .slice(0, most);
}

/** How spread trials are over the axes: 0 alike, 1 as random ones. */
export function plainDiversity(trials: readonly (readonly number[])[], scales: readonly Scale[]): number {
  if (trials.length < 2) return 0;
  const shares = scales.flatMap((scale, axis) => {
    if (scale.size < 2) return [];
    const ranks = trials.map((positions) => scale.rankOf(positions[axis]!));
    const mean = ranks.reduce((a, b) => a + b, 0) / ranks.length;
    const variance = ranks.reduce((a, b) => a + (b - mean) ** 2, 0) / ranks.length;
    const ofRandom = (scale.size ** 2 - 1) / 12;
    const counts = Array.from({ length: scale.size }, (_, rank) => ranks.filter((other) => other === rank).length);
    const alike = counts.reduce((a, count) => a + (count / ranks.length) ** 2, 0);
    return [Math.min(1, scale.ordered ? Math.sqrt(variance / ofRandom) : (1 - alike) / (1 - 1 / scale.size))];
  });
  return shares.length === 0 ? 0 : shares.reduce((a, b) => a + b, 0) / shares.length;
}
