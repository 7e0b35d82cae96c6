import { WORDS } from '../language/expression.ts';
import { tokenize, type Token } from '../language/tokens.ts';
import { CLAUSE_WORDS, ORDER_WORDS } from './clauses.ts';
import { CALLABLE } from './vocabulary.ts';

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
  let clause = false; // in a line that begins with a word of orders or sizes
  tokens.forEach((token, k) => {
    if (tokens[k - 1] === undefined || tokens[k - 1]!.kind === 'newline')
      clause = CLAUSES.has(token.text) && tokens[k + 1]?.text !== '=';
    const kind = kindOf(token, tokens[k + 1]?.text === '(', clause, axes);
    if (kind !== null) pieces.push({ from: token.offset, to: token.offset + token.length, kind });
  });
  return pieces;
}

const CLAUSES: ReadonlySet<string> = new Set([...ORDER_WORDS, 'exit', 'size']);

function kindOf(token: Token, called: boolean, clause: boolean, axes: ReadonlySet<string>): Highlight['kind'] | null {
  switch (token.kind) {
    case 'number':
    case 'comment':
      return token.kind;
    case 'text':
      return 'number';
    case 'symbol':
      return 'operator';
    case 'name':
      return kindOfName(token.text, called, clause, axes);
    default:
      return null;
  }
}

function kindOfName(text: string, called: boolean, clause: boolean, axes: ReadonlySet<string>): Highlight['kind'] {
  if (called && CALLABLE.has(text)) return 'call';
  if (WORDS.has(text) || (clause && CLAUSE_WORDS.has(text) && !axes.has(text))) return 'keyword';
  if (called) return 'call';
  return axes.has(text) ? 'axis' : 'name';
}
