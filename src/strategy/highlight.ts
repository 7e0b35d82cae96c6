import { WORDS } from '../language/expression.ts';
import { tokenize } from '../language/tokens.ts';

export interface Highlight {
  readonly from: number; // offset in the text, inclusive
  readonly to: number; // exclusive
  readonly kind: 'keyword' | 'call' | 'number' | 'comment' | 'axis' | 'name' | 'operator';
}

/** Pieces of a text to colour, from the compiler's own tokens, in order and without overlap. Works on any text, right or wrong. */
export function highlight(text: string, axisNames: Iterable<string>): Highlight[] {
  const axes = new Set(axisNames);
  const tokens = tokenize(text);
  const pieces: Highlight[] = [];
  tokens.forEach((token, k) => {
    const kind = kindOf(token.kind, token.text, tokens[k + 1]?.text === '(', axes);
    if (kind !== null) pieces.push({ from: token.offset, to: token.offset + token.length, kind });
  });
  return pieces;
}

function kindOf(token: string, text: string, called: boolean, axes: ReadonlySet<string>): Highlight['kind'] | null {
  if (token === 'number' || token === 'comment') return token;
  if (token === 'symbol') return 'operator';
  if (token !== 'name') return null;
  if (WORDS.has(text)) return 'keyword';
  if (called) return 'call';
  return axes.has(text) ? 'axis' : 'name';
}
