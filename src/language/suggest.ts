/** "Did you mean `crossover`?" when a candidate is close enough, otherwise `otherwise`. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise: string): string {
  const best = nearest(name, candidates);
  return best === null ? otherwise : `Did you mean \`${best}\`?`;
}

/** The candidate with the fewest edits, at most a third of the name's length (at least one); null if none is that close. */
export function nearest(name: string, candidates: Iterable<string>): string | null {
  const limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | null = null;
  let fewest = limit + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) >= fewest) continue;
    const edits = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (edits < fewest) {
      fewest = edits;
      best = candidate;
    }
  }
  return best;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn a into b. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let edits = Math.min(previous[j]! + 1, row[j - 1]! + 1, previous[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) edits = Math.min(edits, older[j - 2]! + 1);
      row.push(edits);
    }
    older = previous;
    previous = row;
  }
  return previous[b.length]!;
}
