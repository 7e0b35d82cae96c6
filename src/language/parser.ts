import { fault, type Fault } from '../core/fault.ts';
import { ARITHMETIC, COMPARISONS, WORDS, type Expr } from './expression.ts';
import { MAX_DEPTH, MAX_NODES } from './limits.ts';
import { placeOf, quoted, spanTo, type Span, type Token } from './tokens.ts';

/** Counted over a whole text: parsers of its statements share one. */
export interface Budget {
  nodes: number;
}

/** Ends the reading of one statement; its fault is already recorded. Never leaves the callers of `attempt`. */
class Refusal extends Error {}

/** Words of statements that name a function where a bracket follows. */
const FUNCTION_WORDS: ReadonlySet<string> = new Set(['log', 'tf', 'session']);

const SELECT = 0;
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARE = 4;
const ADD = 5;
const MULTIPLY = 6;
const NEGATE = 7;

const LEVELS: ReadonlyMap<string, number> = new Map([
  ['or', OR],
  ['and', AND],
  ...[...COMPARISONS.keys()].map((sign) => [sign, COMPARE] as const),
  ['+', ADD],
  ['-', ADD],
  ['*', MULTIPLY],
  ['/', MULTIPLY],
]);

function infix(sign: string, left: Expr, right: Expr): Expr {
  const operands = { at: spanTo(left.at, right.at), left, right };
  const arithmetic = ARITHMETIC.get(sign);
  if (arithmetic !== undefined) return { kind: 'arithmetic', fn: arithmetic, ...operands };
  const compare = COMPARISONS.get(sign);
  if (compare !== undefined) return { kind: 'compare', fn: compare, ...operands };
  return { kind: 'join', fn: sign === 'and' ? 'and' : 'or', ...operands };
}

/**
 * Reads the tokens of one statement (no comments, no newlines) from left to right; expressions by precedence climbing.
 * The first fault of a statement ends it, later ones would be guesses.
 */
export class Parser {
  private position = 0;
  private depth = 0;
  private readonly tokens: readonly Token[];
  private readonly faults: Fault[];
  private readonly budget: Budget;

  constructor(tokens: readonly Token[], faults: Fault[], budget: Budget) {
    this.tokens = tokens;
    this.faults = faults;
    this.budget = budget;
  }

  /** Runs `read`; null where the statement has a fault. */
  attempt<T>(read: () => T): T | null {
    try {
      return read();
    } catch (error) {
      if (error instanceof Refusal) return null;
      throw error;
    }
  }

  refuse(code: string, message: string, advice: string, at: Span): never {
    this.faults.push(fault(code, message, advice, placeOf(at)));
    throw new Refusal(message);
  }

  /** The next token, or one of kind `end` behind the last. */
  peek(ahead = 0): Token {
    return this.tokens[this.position + ahead] ?? { kind: 'end', text: '', ...this.lastSpan() };
  }

  /** The token before the next one: what a message about something missing points to. */
  lastSpan(): Span {
    const { line, column, length, offset } = this.tokens[Math.min(this.position, this.tokens.length) - 1] ?? this.tokens[0]!;
    return { line, column, length, offset };
  }

  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'symbol' || token.kind === 'name');
  }

  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.position += 1;
    return true;
  }

  expect(text: string, where: string, advice: string): Token {
    if (this.is(text)) return this.next();
    const token = this.peek();
    if (token.kind === 'end') this.refuse('unfinished', `\`${text}\` is missing ${where}.`, advice, this.lastSpan());
    return this.refuse('unexpected', `${quoted(token.text)} stands where \`${text}\` belongs ${where}.`, advice, token);
  }

  expectEnd(): void {
    const token = this.peek();
    if (token.kind === 'end') return;
    if (token.text === '%')
      this.refuse(
        'percent_here',
        'A percentage cannot stand here.',
        'Write a fraction, as in `0.02`; `stop`, `target`, `trail` and `size` take percentages.',
        token,
      );
    if (token.text === ')' || token.text === ']')
      this.refuse('unexpected', `${quoted(token.text)} has no opening partner.`, 'Remove it or open it earlier.', token);
    if (token.text === '=') this.refuse('unexpected', '`=` stands inside an expression.', 'Write `==` to compare.', token);
    const advice = token.kind === 'symbol' ? 'Remove it.' : 'Put an operator before it, or a new line.';
    this.refuse('unexpected', `${quoted(token.text)} follows a finished expression.`, advice, token);
  }

  expression(): Expr {
    return this.deeper(SELECT);
  }

  /** How many tokens are read. */
  mark(): number {
    return this.position;
  }

  /** Whether the tokens read since `mark` are one number, name, call or bracket. */
  isOneOperand(mark: number): boolean {
    let from = mark;
    if (this.position - from === 1) return true;
    if (this.tokens[from]?.kind === 'name') from += 1;
    if (this.tokens[from]?.text !== '(') return false;
    let open = 0;
    for (let k = from; k < this.position; k++) {
      const { text } = this.tokens[k]!;
      if (text === '(' || text === '[') open += 1;
      if (text === ')' || text === ']') open -= 1;
      if (open === 0) return k === this.position - 1;
    }
    return false;
  }

  /** Inside a bracket, a call, or behind a sign or `not`. */
  private deeper(least: number): Expr {
    if (++this.depth > MAX_DEPTH)
      this.refuse(
        'too_deep',
        `Brackets, calls and signs are more than ${MAX_DEPTH} levels deep here.`,
        'Give a part of it a name.',
        this.peek(),
      );
    const expr = this.climb(least);
    this.depth -= 1;
    return expr;
  }

  private climb(least: number): Expr {
    let left = this.prefix(least);
    for (;;) {
      const token = this.peek();
      const level = token.kind === 'symbol' || token.kind === 'name' ? LEVELS.get(token.text) : undefined;
      if (least === SELECT && token.kind === 'symbol' && token.text === '?') return this.select(left);
      if (level === undefined || level < least) return left;
      if (level === COMPARE && left.kind === 'compare' && !this.closed(left))
        this.refuse(
          'chained_comparison',
          'Comparisons cannot be chained.',
          'Join two of them, as in `a < b and b < c`.',
          token,
        );
      this.next();
      left = this.made(infix(token.text, left, this.climb(level + 1)));
    }
  }

  /** `c ? a : b` behind its condition; the last part may be one again. */
  private select(when: Expr): Expr {
    this.next();
    const then = this.expression();
    this.expect(':', 'between the two values', 'Write `condition ? value : other`.');
    const otherwise = this.expression();
    return this.made({ kind: 'select', at: spanTo(when.at, otherwise.at), when, then, otherwise });
  }

  /** Whether the expression just read ended with its own bracket, as in `(a < b) == c`. */
  private closed(expr: Expr): boolean {
    const last = this.lastSpan();
    return last.line !== expr.at.line || last.offset + last.length > expr.at.offset + expr.at.length;
  }

  private prefix(least: number): Expr {
    const token = this.peek();
    if (token.kind === 'name' && token.text === 'not') {
      if (least > NOT)
        this.refuse('unexpected', '`not` stands inside a comparison or sum.', 'Put it and its condition into brackets.', token);
      this.next();
      const arg = this.deeper(NOT);
      return this.made({ kind: 'not', at: spanTo(token, arg.at), arg });
    }
    if (token.kind === 'symbol' && token.text === '-') {
      this.next();
      const arg = this.deeper(NEGATE);
      return this.made({ kind: 'negate', at: spanTo(token, arg.at), arg });
    }
    let expr = this.primary();
    while (this.is('[')) {
      this.next();
      const bars = this.expression();
      const close = this.expect(']', 'after the number of bars', 'Write `x[1]` for the value one bar back.');
      expr = this.made({ kind: 'back', at: spanTo(expr.at, close), arg: expr, bars });
    }
    return expr;
  }

  private primary(): Expr {
    const token = this.next();
    if (token.kind === 'number') return this.made({ kind: 'number', at: token, value: Number(token.text), text: token.text });
    if (token.kind === 'text') return this.made({ kind: 'text', at: token, value: token.text.slice(1, -1) });
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = this.expression();
      this.expect(')', 'after the opening bracket', 'Close every bracket.');
      return inner;
    }
    if (token.kind === 'name') return this.named(token);
    if (token.kind === 'end')
      this.refuse(
        'unfinished',
        'The statement ends where a value belongs.',
        'Finish it with a number, a name or a call.',
        this.lastSpan(),
      );
    return this.refuse(
      'unexpected',
      `${quoted(token.text)} stands where a value belongs.`,
      'Use a number, a name or a call.',
      token,
    );
  }

  private named(token: Token): Expr {
    if (token.text === 'true' || token.text === 'false')
      return this.made({ kind: 'truth', at: token, value: token.text === 'true' });
    if (token.text === 'param' || token.text === 'choice')
      this.refuse(
        'axis_inside',
        `\`${token.text}\` stands inside an expression.`,
        `Give it a name on its own line, as in \`n = ${token.text}(…)\`.`,
        token,
      );
    // a word that is a function too: `log(x)`
    if (WORDS.has(token.text) && !(FUNCTION_WORDS.has(token.text) && this.is('(')))
      this.refuse(
        'unexpected',
        `The word \`${token.text}\` stands where a value belongs.`,
        'Use a number, a name or a call.',
        token,
      );
    if (this.is('(')) return this.call(token);
    return this.made({ kind: 'name', at: token, name: token.text });
  }

  private call(name: Token): Expr {
    this.next();
    const args: Expr[] = [];
    if (!this.is(')')) {
      do args.push(this.expression());
      while (this.skip(','));
    }
    const close = this.expect(
      ')',
      `after the arguments of \`${name.text}\``,
      'Separate arguments by commas and close the bracket.',
    );
    return this.made({ kind: 'call', at: spanTo(name, close), name: name.text, nameAt: name, args });
  }

  private made(expr: Expr): Expr {
    if (++this.budget.nodes > MAX_NODES)
      this.refuse('too_large', `The text has more than ${MAX_NODES} values and operators.`, 'Shorten it.', expr.at);
    return expr;
  }
}
