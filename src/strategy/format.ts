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
  const state: Joining = { open: 0, joined: false };
  for (const line of splitLines(tokenize(text))) {
    const goesOn = step(state, line) && lines.length > 0;
    if (line.length > 0 || (lines.length > 0 && lines.at(-1) !== '')) lines.push((goesOn ? '  ' : '') + formatLine(line));
  }
  if (lines.at(-1) === '') lines.pop();
  return lines.join('\n');
}

interface Joining {
  open: number; // brackets
  joined: boolean; // whether the last line asks for more
}

/** Takes a line; whether it goes on the statement of the lines before. */
function step(state: Joining, line: readonly Token[]): boolean {
  const words = line.filter(({ kind }) => kind !== 'comment');
  const [first, second] = words;
  if (first === undefined) return false;
  const begun = begins(first, second);
  if (begun) state.open = 0;
  const goesOn = !begun && (state.open > 0 || state.joined || LEADS.has(first.text));
  for (const { text } of words) {
    if (text === '(' || text === '[') state.open += 1;
    if (text === ')' || text === ']') state.open = Math.max(0, state.open - 1);
  }
  state.joined = ENDS.has(words.at(-1)!.text);
  return goesOn;
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
  return sign || OPENING.has(before.text) || TIGHT.has(token.text) || opensBehind(before, token.text) ? '' : ' ';
}

/** Whether a bracket belongs to what stands before it: a call, or a value read some bars back. */
function opensBehind(before: Token, bracket: string): boolean {
  if (bracket === '(') return before.kind === 'name' && (!isWord(before.text) || CALLED.has(before.text));
  return bracket === '[' && (before.kind !== 'symbol' || before.text === ')' || before.text === ']');
}

/** Nothing stands behind these. */
const OPENING: ReadonlySet<string> = new Set(['(', '[', '..']);
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
