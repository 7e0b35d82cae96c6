import type { Expr } from '../language/expression.ts';
import type { Parser } from '../language/parser.ts';
import { didYouMean } from '../language/suggest.ts';
import { quoted, spanTo, type Span, type Token } from '../language/tokens.ts';

export type Side = 'long' | 'short';

/** A number or series with what it counts: `2%`, a distance in price units, or a price behind `at`. */
export interface Amount {
  readonly unit: 'percent' | 'distance' | 'level';
  readonly expr: Expr;
}

export type OrderWord = 'stop' | 'target' | 'trail' | 'breakeven';

export interface OrderClause {
  readonly kind: 'order';
  readonly word: OrderWord;
  readonly side: Side | null; // null: both
  readonly amount: Amount;
  readonly at: Span;
}

/** `exit after N bars`. */
export interface AfterClause {
  readonly kind: 'after';
  readonly side: Side | null;
  readonly bars: Expr;
  readonly at: Span;
}

export interface SizeClause {
  readonly kind: 'size';
  readonly of: 'equity' | 'cash' | 'units' | 'risk' | 'volatility';
  readonly expr: Expr;
  /** Of `volatility`: the movement of one unit. */
  readonly per: Expr | null;
  readonly at: Span;
}

export const ORDER_WORDS: ReadonlySet<string> = new Set<OrderWord>(['stop', 'target', 'trail', 'breakeven']);

/** Words that mean something in these clauses only, and are names like others elsewhere. */
export const CLAUSE_WORDS: ReadonlySet<string> = new Set(
  'breakeven at points after bar bars cash units risk volatility per'.split(' '),
);

const ORDER_EXAMPLES: Readonly<Record<OrderWord, string>> = {
  stop: 'Write `stop 2%`, `stop atr(14) * 3` or `stop long at close * 0.98`.',
  target: 'Write `target 6%`, `target atr(14) * 3` or `target long at close * 1.06`.',
  trail: 'Write `trail 3%` or `trail atr(14) * 3`.',
  breakeven: 'Write `breakeven 2%` or `breakeven atr(14)`.',
};
const AFTER_EXAMPLE = 'Write `exit after 40 bars`.';
const SIZE_EXAMPLE =
  'Write `size 50%`, `size 10000 cash`, `size 100 units`, `size risk 1%` or `size volatility 1% per atr(14)`.';

/** `stop …`, `target …`, `trail …`, `breakeven …`; the parser stands behind the word. */
export function readOrder(parser: Parser, first: Token): OrderClause {
  const word = first.text as OrderWord;
  const example = ORDER_EXAMPLES[word];
  const side = readSide(parser);
  const at = parser.peek();
  const level = parser.skip('at');
  if (level && (word === 'trail' || word === 'breakeven'))
    parser.refuse('level_not_here', `\`${word}\` takes no price level.`, example, at);
  needsMore(parser, word, example);
  const mark = parser.mark();
  const expr = parser.expression();
  const percent = readPercent(parser, mark);
  if (percent && level)
    parser.refuse(
      'unexpected',
      '`%` follows a price level.',
      `Write \`${word} 2%\`, or a price after \`at\`.`,
      parser.lastSpan(),
    );
  if (!percent && !level) parser.skip('points');
  parser.expectEnd();
  const unit = level ? 'level' : percent ? 'percent' : 'distance';
  return { kind: 'order', word, side, amount: { unit, expr }, at: spanTo(first, parser.lastSpan()) };
}

/** `exit after N bars`, `exit long after N bars`; the parser stands behind `exit`. */
export function readAfter(parser: Parser, first: Token): AfterClause {
  const side = readSide(parser);
  parser.expect('after', 'before the number of bars', AFTER_EXAMPLE);
  needsMore(parser, 'exit after', AFTER_EXAMPLE);
  const bars = parser.expression();
  if (!parser.skip('bars')) parser.expect('bar', 'after the number of bars', AFTER_EXAMPLE);
  parser.expectEnd();
  return { kind: 'after', side, bars, at: spanTo(first, parser.lastSpan()) };
}

/** `size …`; the parser stands behind the word. */
export function readSize(parser: Parser, first: Token): SizeClause {
  const lead = parser.peek();
  const leads = lead.text === 'risk' || lead.text === 'volatility';
  if (leads) parser.next();
  needsMore(parser, leads ? `size ${lead.text}` : 'size', SIZE_EXAMPLE);
  const mark = parser.mark();
  const expr = parser.expression();
  const percent = readPercent(parser, mark);
  const unit = parser.peek();
  let of: SizeClause['of'] = 'equity';
  let per: Expr | null = null;
  if (leads) {
    if (!percent) refuseUnit(parser, unit, `\`size ${lead.text}\` takes a percentage of the equity.`);
    of = lead.text === 'risk' ? 'risk' : 'volatility';
    if (of === 'volatility') {
      parser.expect('per', 'after the percentage', 'Name what moves one unit, as in `size volatility 1% per atr(14)`.');
      per = parser.expression();
    }
  } else if (!percent) {
    if (unit.text !== 'cash' && unit.text !== 'units') refuseUnit(parser, unit, 'The size has no unit.');
    else of = unit.text;
    parser.next();
  }
  parser.expectEnd();
  return { kind: 'size', of, expr, per, at: spanTo(first, parser.lastSpan()) };
}

function refuseUnit(parser: Parser, unit: Token, message: string): never {
  if (unit.kind === 'end') parser.refuse('unfinished', message, SIZE_EXAMPLE, parser.lastSpan());
  const advice = didYouMean(unit.text, ['cash', 'units'], SIZE_EXAMPLE);
  return parser.refuse('unexpected', `${quoted(unit.text)} is no unit of a size.`, advice, unit);
}

function readSide(parser: Parser): Side | null {
  const { text } = parser.peek();
  if (text !== 'long' && text !== 'short') return null;
  parser.next();
  return text;
}

/** Consumes `%`. It belongs to one number, name, call or bracket, so that `2 * x%` is not read in two ways. */
function readPercent(parser: Parser, mark: number): boolean {
  const sign = parser.peek();
  if (sign.text !== '%') return false;
  if (!parser.isOneOperand(mark))
    parser.refuse(
      'percent_of_sum',
      'It is not clear what `%` belongs to here.',
      'Put the whole percentage into brackets, as in `(2 * x)%`.',
      sign,
    );
  parser.next();
  return true;
}

function needsMore(parser: Parser, word: string, example: string): void {
  if (parser.peek().kind === 'end') parser.refuse('unfinished', `\`${word}\` says no amount.`, example, parser.lastSpan());
}
