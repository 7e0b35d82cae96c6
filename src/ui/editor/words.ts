import { WORDS } from '../../language/expression.ts';
import { CLAUSE_WORDS } from '../../strategy/clauses.ts';
import { CALENDAR, HELD_TERMS, SOURCES } from '../../strategy/vocabulary.ts';

const WHOLE: ReadonlySet<string> = new Set([...WORDS, ...CLAUSE_WORDS, ...SOURCES.keys(), ...CALENDAR, ...HELD_TERMS.keys()]);

/** Whether a word is one that a line may end with: Enter then ends the line and takes no longer word in its place. */
export function isWhole(word: string, own: ReadonlySet<string>): boolean {
  return WHOLE.has(word) || own.has(word);
}

/** The name that an offset of a text lies in or directly behind, or null. */
export function wordAt(
  text: string,
  offset: number,
): { readonly word: string; readonly from: number; readonly to: number } | null {
  const isPart = (at: number): boolean => /[A-Za-z0-9_]/.test(text[at] ?? '');
  let from = offset;
  let to = offset;
  while (from > 0 && isPart(from - 1)) from--;
  while (isPart(to)) to++;
  const word = text.slice(from, to);
  return /^[A-Za-z_]/.test(word) ? { word, from, to } : null;
}

/** Offsets at which a definition of one of the names ends its line, for notes behind it. */
export function definitionEnds(text: string, names: ReadonlySet<string>): ReadonlyMap<string, number> {
  const ends = new Map<string, number>();
  let at = 0;
  for (const line of text.split('\n')) {
    const name = /^\s*([A-Za-z_]\w*)\s*=/.exec(line)?.[1];
    if (name !== undefined && names.has(name) && !ends.has(name)) ends.set(name, at + line.replace(/\s*(\/\/.*)?$/, '').length);
    at += line.length + 1;
  }
  return ends;
}
