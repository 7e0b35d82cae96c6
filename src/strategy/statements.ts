import type { Fault } from '../core/fault.ts';
import { COMPARISONS, WORDS, type Expr } from '../language/expression.ts';
import { MAX_NODES } from '../language/limits.ts';
import { Parser, type Budget } from '../language/parser.ts';
import { didYouMean } from '../language/suggest.ts';
import { quoted, spanTo, tokenFault, type Span, type Token } from '../language/tokens.ts';
import { readChoice, readParam, type AxisText } from './axis-text.ts';
import { ORDER_WORDS, readAfter, readOrder, readSize, type AfterClause, type OrderClause, type SizeClause } from './clauses.ts';

export type Statement =
  | { readonly kind: 'define'; readonly name: string; readonly nameAt: Span; readonly expr: Expr }
  | { readonly kind: 'axis'; readonly name: string; readonly nameAt: Span; readonly at: Span; readonly axis: AxisText }
  | { readonly kind: 'require'; readonly expr: Expr }
  | { readonly kind: 'rule'; readonly action: 'enter' | 'exit'; readonly side: 'long' | 'short'; readonly when: Expr }
  | OrderClause
  | AfterClause
  | SizeClause
  /** A definition with a fault of its own: its name exists, so that its uses are not reported as well. */
  | { readonly kind: 'broken'; readonly name: string; readonly nameAt: Span };

/** Words that begin a statement wherever they stand first in a line. */
export const STARTERS: ReadonlySet<string> = new Set(['enter', 'exit', 'require', 'stop', 'target', 'trail', 'size']);
const JOINS_LINES: ReadonlySet<string> = new Set([
  'and',
  'or',
  'not',
  'when',
  '=',
  ',',
  '..',
  '+',
  '-',
  '*',
  '/',
  '?',
  ':',
  ...COMPARISONS.keys(),
]);

/** Reads every statement; each one that has a fault adds its first, the others are read all the same. */
export function readStatements(tokens: readonly Token[], faults: Fault[]): Statement[] {
  const budget: Budget = { nodes: 0 };
  const statements: Statement[] = [];
  for (const group of splitStatements(tokens)) {
    if (budget.nodes > MAX_NODES) break; // said once
    const bad = group.flatMap((token) => tokenFault(token) ?? []);
    faults.push(...bad);
    const parser = new Parser(group, faults, budget);
    const statement = bad.length > 0 ? null : parser.attempt(() => readStatement(parser));
    if (statement !== null) statements.push(statement);
    else if (group[1]?.text === '=' && group[0]!.kind === 'name')
      statements.push({ kind: 'broken', name: group[0]!.text, nameAt: group[0]! });
  }
  return statements;
}

/**
 * One group of tokens per statement, without comments. A line's end ends a statement unless a bracket is open, the line ends
 * with an operator, or the next begins with `and`, `or`, `when`, `?`, `:`. A line that plainly begins a statement always does.
 */
export function splitStatements(tokens: readonly Token[]): Token[][] {
  const groups: Token[][] = [];
  const solid = tokens.filter((token) => token.kind !== 'comment' && token.kind !== 'end');
  let group: Token[] = [];
  let open = 0;
  solid.forEach((token, k) => {
    if (token.kind !== 'newline') {
      if (token.text === '(' || token.text === '[') open += 1;
      if (token.text === ')' || token.text === ']') open = Math.max(0, open - 1);
      group.push(token);
      return;
    }
    if (group.length === 0 || goesOn(group, solid, k + 1, open)) return;
    groups.push(group);
    group = [];
    open = 0;
  });
  if (group.length > 0) groups.push(group);
  return groups;
}

/** Whether the statement in `group` continues behind a line's end, with the tokens from `ahead` on. */
function goesOn(group: readonly Token[], tokens: readonly Token[], ahead: number, open: number): boolean {
  let k = ahead;
  while (tokens[k]?.kind === 'newline') k += 1;
  const next = tokens[k];
  if (next === undefined) return true;
  if (STARTERS.has(next.text) || (next.kind === 'name' && tokens[k + 1]?.text === '=')) return false;
  return open > 0 || JOINS_LINES.has(group.at(-1)!.text) || ['and', 'or', 'when', '?', ':'].includes(next.text);
}

function readStatement(parser: Parser): Statement {
  const first = parser.next();
  if (first.kind === 'name' && parser.is('=')) return readDefinition(parser, first);
  if (first.text === 'require') {
    const expr = parser.expression();
    parser.expectEnd();
    return { kind: 'require', expr };
  }
  if (first.text === 'exit' && (parser.is('after') || parser.is('after', 1))) return readAfter(parser, first);
  if (first.text === 'enter' || first.text === 'exit') return readRule(parser, first);
  if (ORDER_WORDS.has(first.text)) return readOrder(parser, first);
  if (first.text === 'size') return readSize(parser, first);
  const words = ['enter', 'exit', 'require', 'size', ...ORDER_WORDS];
  const advice = didYouMean(first.text, words, 'Begin it with `enter`, `exit`, `require`, `stop`, or a name and `=`.');
  return parser.refuse('bad_statement', `No statement begins with ${quoted(first.text)}.`, advice, first);
}

function readRule(parser: Parser, first: Token): Statement {
  const action = first.text === 'enter' ? 'enter' : 'exit';
  const side = parser.peek();
  const example = `Write \`${action} long when …\` or \`${action} short when …\`.`;
  if (side.text !== 'long' && side.text !== 'short') {
    if (side.kind === 'end') parser.refuse('unfinished', `\`${action}\` names no side.`, example, first);
    parser.refuse(
      'unexpected',
      `${quoted(side.text)} stands where a side belongs.`,
      didYouMean(side.text, ['long', 'short'], example),
      side,
    );
  }
  parser.next();
  parser.expect('when', `after \`${action} ${side.text}\``, example);
  const when = parser.expression();
  parser.expectEnd();
  return { kind: 'rule', action, side: side.text, when };
}

function readDefinition(parser: Parser, name: Token): Statement {
  if (WORDS.has(name.text))
    parser.refuse('name_reserved', `The word \`${name.text}\` cannot be a name.`, 'Choose another one.', name);
  parser.next();
  const word = parser.peek();
  const axis = parser.is('(', 1) && (word.text === 'param' || word.text === 'choice');
  if (!axis) {
    const expr = parser.expression();
    parser.expectEnd();
    return { kind: 'define', name: name.text, nameAt: name, expr };
  }
  const read = word.text === 'param' ? readParam(parser) : readChoice(parser);
  const at = spanTo(word, parser.lastSpan());
  const after = parser.peek();
  if (after.kind !== 'end')
    parser.refuse(
      'axis_inside',
      `${quoted(after.text)} follows \`${word.text}(…)\`, which stands alone behind its name.`,
      'Calculate with the name on a line of its own.',
      after,
    );
  return { kind: 'axis', name: name.text, nameAt: name, at, axis: read };
}
