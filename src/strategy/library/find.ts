import { BUILT_INS, KINDS, type BuiltIn } from './index.ts';
import { BUILT_IN_NOTES } from './notes.ts';

/**
 * The built-ins that hold every word of a query, those first that have them in their title. In the library's order where the query is
 * empty.
 */
export function findBuiltIns(query: string): readonly BuiltIn[] {
  const words = query
    .toLowerCase()
    .split(/[^\p{L}\p{N}-]+/u)
    .filter((word) => word !== '');
  const ranked = BUILT_INS.map((builtIn) => ({ builtIn, rank: rankOf(builtIn, words) }));
  return ranked
    .filter(({ rank }) => rank >= 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ builtIn }) => builtIn);
}

/** Sum over the words; −1 where one is nowhere. */
function rankOf({ name, title, kind, text }: BuiltIn, words: readonly string[]): number {
  const { about, source, keywords } = BUILT_IN_NOTES[name]!;
  const places: readonly (readonly [weight: number, text: string])[] = [
    [100, title],
    [10, `${name} ${KINDS[kind]} ${keywords}`],
    [1, `${about} ${source}`],
    [0, text],
  ];
  let rank = 0;
  for (const word of words) {
    const found = places.find(([, place]) => startsWord(place.toLowerCase(), word));
    if (found === undefined) return -1;
    rank += found[0];
  }
  return rank;
}

/** Whether a word of the place begins like this. */
function startsWord(place: string, word: string): boolean {
  return place.split(/[^\p{L}\p{N}]+/u).some((other) => other.startsWith(word)) || (word.includes('-') && place.includes(word));
}
