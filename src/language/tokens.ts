import { fault, type Fault, type Place } from '../core/fault.ts';
import { MAX_NAME } from './limits.ts';

export type TokenKind = 'name' | 'number' | 'text' | 'symbol' | 'comment' | 'newline' | 'unknown' | 'end';

/** Where something stands. Line and column are 1-based, offset 0-based, all in UTF-16 units; nothing spans a line's end. */
export interface Span {
  readonly line: number;
  readonly column: number;
  readonly length: number;
  readonly offset: number;
}

export interface Token extends Span {
  readonly kind: TokenKind;
  readonly text: string;
}

const SPACE = /[ \t\u00a0\ufeff]+/y;
const NEWLINE = /\r\n|\r|\n/y;
const COMMENT = /\/\/[^\r\n]*/y;
const NUMBER = /(?:\d+(?:\.\d+)?|\.\d+)/y;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const TEXT = /"[^"\r\n]*"|'[^'\r\n]*'/y;
const SYMBOL = /==|!=|<=|>=|\.\.|:(?!=)|[=<>+\-*/()[\],%?]/y;
const UNKNOWN = /&&|\|\||:=|=>|"[^"\r\n]*|'[^'\r\n]*|[\x21-\x7e]|[\u0080-\uffff]+|[^]/y;

const ADVICE: ReadonlyMap<string, string> = new Map([
  ['&&', 'Write `and`.'],
  ['||', 'Write `or`.'],
  ['!', 'Write `not`.'],
  [':=', 'Write `=` to give a name to a value.'],
  ['#', 'Write comments behind `//`.'],
  [';', 'Write each statement on its own line.'],
  ['.', 'Write a range with two points, as in `5..50 by 1`.'],
  ['^', 'Write a power as a product, as in `x * x`.'],
]);

/** Cuts a text into tokens that cover all of it but blanks; the last one is `end`. Never fails: what fits nowhere is `unknown`. */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  let line = 1;
  let lineStart = 0;

  const take = (pattern: RegExp): number => {
    pattern.lastIndex = offset;
    return pattern.test(text) ? pattern.lastIndex - offset : 0;
  };
  const push = (kind: TokenKind, length: number): void => {
    tokens.push({ kind, text: text.slice(offset, offset + length), line, column: offset - lineStart + 1, length, offset });
    offset += length;
  };

  while (offset < text.length) {
    let length: number;
    if ((length = take(SPACE)) > 0) offset += length;
    else if ((length = take(NEWLINE)) > 0) {
      push('newline', length);
      line += 1;
      lineStart = offset;
    } else if ((length = take(COMMENT)) > 0) push('comment', length);
    else if ((length = take(NUMBER)) > 0) {
      const start = offset;
      offset += length;
      const tail = take(NAME); // 10x and 1e5 are one unreadable token, not two
      offset = start;
      push(tail > 0 ? 'unknown' : 'number', length + tail);
    } else if ((length = take(NAME)) > 0) push('name', length);
    else if ((length = take(TEXT)) > 0) push('text', length);
    else if ((length = take(SYMBOL)) > 0) push('symbol', length);
    else push('unknown', Math.max(1, take(UNKNOWN)));
  }
  push('end', 0);
  return tokens;
}

/** What is wrong with a token by itself; null for a good one. */
export function tokenFault(token: Token): Fault | null {
  const text = quoted(token.text);
  if (token.kind === 'name') {
    if (token.length > MAX_NAME)
      return fault(
        'name_too_long',
        `The name ${text} has ${token.length} characters.`,
        `Use at most ${MAX_NAME}.`,
        placeOf(token),
      );
    if (token.text.startsWith('__'))
      return fault('name_reserved', `The name ${text} begins with two underscores.`, 'Begin it with a letter.', placeOf(token));
    return null;
  }
  if (token.kind !== 'unknown') return null;
  if (/^[\d.]/.test(token.text) && token.length > 1)
    return fault(
      'bad_number',
      `${text} is not a number.`,
      'Write digits with at most one point, as in `0.25`.',
      placeOf(token),
    );
  if (/^["']/.test(token.text))
    return fault(
      'unknown_character',
      `${text} has no closing quote in its line.`,
      'Close it, or write names without quotes.',
      placeOf(token),
    );
  const advice = ADVICE.get(token.text) ?? 'Remove it.';
  return fault('unknown_character', `${text} means nothing here.`, advice, placeOf(token));
}

export function placeOf(span: Span): Place {
  return { kind: 'text', line: span.line, column: span.column, length: span.length };
}

/** From the first span's start to the last one's end, cut at the end of the first line's tokens. */
export function spanTo(first: Span, last: Span): Span {
  if (last.line !== first.line) return first;
  return { ...first, length: Math.max(first.length, last.offset + last.length - first.offset) };
}

/** A piece of the user's text inside a sentence; long pieces are cut. */
export function quoted(text: string): string {
  return `\`${text.length > 40 ? `${text.slice(0, 37)}…` : text}\``;
}
