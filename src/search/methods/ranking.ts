/**
 * The best trials that came, best first, ties by age; each once, by the best of its scores. What `ranked` of all of them gives,
 * kept up trial by trial: most that come are behind the last one.
 */
export class Ranking {
  count = 0;
  readonly entries: Int32Array;
  readonly scores: Float64Array;

  /** @param most trials that are kept */
  constructor(most: number) {
    this.entries = new Int32Array(most);
    this.scores = new Float64Array(most);
  }

  add(entry: number, score: number): void {
    const { entries, scores, count } = this;
    let at = count;
    while (at > 0 && (score > scores[at - 1]! || (score === scores[at - 1]! && entry < entries[at - 1]!))) at--;
    if (at === entries.length) return;
    for (let k = 0; k < at; k++) if (entries[k] === entry) return;
    let end = at; // where the trial stood with a worse score, or the first free place
    while (end < count && entries[end] !== entry) end++;
    if (end === count && count < entries.length) this.count++;
    for (let k = Math.min(end, entries.length - 1); k > at; k--) {
      entries[k] = entries[k - 1]!;
      scores[k] = scores[k - 1]!;
    }
    entries[at] = entry;
    scores[at] = score;
  }

  clear(): void {
    this.count = 0;
  }
}
