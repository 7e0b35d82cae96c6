import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { referenceEntries, type ReferenceEntry } from '../../strategy/reference.ts';
import { isWhole } from './words.ts';

const TYPES: Readonly<Record<ReferenceEntry['kind'], string>> = {
  statement: 'keyword',
  word: 'keyword',
  series: 'variable',
  position: 'variable',
  function: 'function',
};

/** One entry per word, the first of those that share it. */
export const ENTRIES: ReadonlyMap<string, ReferenceEntry> = new Map(
  referenceEntries()
    .toReversed()
    .map((entry) => [entry.name, entry]),
);

const BUILT_IN: readonly Completion[] = [...ENTRIES.values()].map((entry) => ({
  label: entry.name,
  type: TYPES[entry.kind],
  detail: entry.signature.startsWith(entry.name) ? entry.signature.slice(entry.name.length) : entry.signature,
  info: entry.about,
}));

/** Names that the text defines itself go first. Nothing is offered in a comment, nor for a word that is whole, unless asked for. */
export function completeWord(context: CompletionContext): CompletionResult | null {
  const word = context.matchBefore(/[A-Za-z_]\w*/);
  const text = context.state.doc.toString();
  const own = new Set([...text.matchAll(/^\s*([A-Za-z_]\w*)\s*=/gm)].map((match) => match[1]!));
  const idle = word === null || isWhole(word.text, own) || context.matchBefore(/\/\/.*/) !== null;
  if (idle && !context.explicit) return null;
  const defined = [...own].map((label): Completion => ({ label, type: 'variable', detail: ' of this text', boost: 2 }));
  return {
    from: word?.from ?? context.pos,
    options: [...defined, ...BUILT_IN],
    validFor: (now) => /^\w*$/.test(now) && !isWhole(now, own),
  };
}
