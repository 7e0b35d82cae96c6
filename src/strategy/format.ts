import { WORDS } from '../language/expression.ts';
import { tokenize, type Token } from '../language/tokens.ts';
import { CLAUSE_WORDS, ORDER_WORDS } from './clauses.ts';
import { STARTERS } from './statements.ts';
import { CALLABLE } from './vocabulary.ts';

/**
 * The text with one way of spacing: lines, comments and tokens stay as they are, so it means the same. Lines that go on a statement
 * are indented, runs of empty lines become one. Works on any text, right or wrong; formatting twice changes nothing.
 */
export function formatText(text: string): string {
  const lines: string[] = [];
  let open = 0; // brackets
  let joined = false; // whether the last line asks for more
  for (const line of splitLines(tokenize(text))) {
    const words = line.filter(({ kind }) => kind !== 'comment');
    const first = words[0];
    if (first !== undefined && begins(first, words[1])) open = 0;
    const goesOn =
      first !== undefined && lines.length > 0 && (open > 0 || joined || LEADS.has(first.text)) && !begins(first, words[1]);
    if (line.length > 0 || (lines.length > 0 && lines.at(-1) !== '')) lines.push((goesOn ? '  ' : '') + formatLine(line));
    for (const { text: word } of words) {
      if (word === '(' || word === '[') open += 1;
      if (word === ')' || word === ']') open = Math.max(0, open - 1);
    }
    if (words.length > 0) joined = ENDS.has(words.at(-1)!.text);
  }
  if (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

/** Words at the start, or end, of a line that belongs to a statement's other line. */
const LEADS: ReadonlySet<string> = new Set(['and', 'or', 'when', '?', ':']);
const BINARY: ReadonlySet<string> = new Set(['=', '==', '!=', '<', '<=', '>', '>=', '+', '-', '*', '/', '?', ':']);
const ENDS: ReadonlySet<string> = new Set([...LEADS, ...BINARY, 'not', ',', '..']);

function begins(first: Token, second: Token | undefined): boolean {
  return STARTERS.has(first.text) || (first.kind === 'name' && second?.text === '=');
}

function splitLines(tokens: readonly Token[]): Token[][] {
  const lines: Token[][] = [[]];
  for (const token of tokens) {
    if (token.kind === 'newline') lines.push([]);
    else if (token.kind !== 'end') lines.at(-1)!.push(token);
  }
  return lines;
}

function formatLine(line: readonly Token[]): string {
  let out = '';
  let sign = false; // whether the token before is a sign and not a minus
  line.forEach((token, k) => {
    const before = line[k - 1];
    if (before !== undefined) out += gap(before, token, sign);
    sign = token.text === '-' && (before === undefined || !isOperand(before, line[0]!));
    out += token.kind === 'comment' ? comment(token.text) : token.text;
  });
  return out;
}

function gap(before: Token, token: Token, sign: boolean): string {
  if (token.kind === 'comment') return '  ';
  if (before.kind === 'unknown' || token.kind === 'unknown') return ' ';
  if (sign || before.text === '(' || before.text === '[' || before.text === '..') return '';
  if (token.text === '(') return before.kind === 'name' && (!isWord(before.text) || CALLED.has(before.text)) ? '' : ' ';
  if (token.text === '[') return before.kind === 'symbol' && before.text !== ')' && before.text !== ']' ? ' ' : '';
  return TIGHT.has(token.text) ? '' : ' ';
}

/** Nothing stands before these. */
const TIGHT: ReadonlySet<string> = new Set([',', ')', ']', '..', '%']);
/** Words that are called like functions. */
const CALLED: ReadonlySet<string> = new Set(['param', 'choice', ...CALLABLE.keys()]);

function isWord(text: string): boolean {
  return WORDS.has(text) || ORDER_WORDS.has(text) || CLAUSE_WORDS.has(text);
}

/** Whether a value may end with the token, so that a minus behind it subtracts. */
function isOperand(token: Token, first: Token): boolean {
  if (token.kind === 'number' || token.kind === 'text') return true;
  if (token.kind === 'symbol') return token.text === ')' || token.text === ']' || token.text === '%';
  if (token.kind !== 'name') return false;
  if (token.text === 'true' || token.text === 'false') return true;
  const clause = ORDER_WORDS.has(first.text) || first.text === 'size' || first.text === 'exit';
  return !WORDS.has(token.text) && !(clause && CLAUSE_WORDS.has(token.text));
}

/** One blank behind the slashes, none at the end. */
function comment(text: string): string {
  const words = text.slice(2).trimEnd();
  return words === '' || words.startsWith(' ') || words.startsWith('/') ? `//${words}` : `// ${words}`;
}
