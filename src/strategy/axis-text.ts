import type { Parser } from '../language/parser.ts';
import { didYouMean } from '../language/suggest.ts';
import { quoted, type Span } from '../language/tokens.ts';

/** A parameter as the text writes it; numbers stay decimal text, so that steps are exact. */
export type AxisText =
  | { readonly form: 'range'; readonly fallback: string; readonly low: string; readonly high: string; readonly step: string }
  | { readonly form: 'log'; readonly fallback: string; readonly low: string; readonly high: string; readonly steps: string }
  | { readonly form: 'list'; readonly fallback: string; readonly values: readonly string[] }
  | { readonly form: 'fixed'; readonly value: string }
  | { readonly form: 'flag'; readonly fallback: boolean }
  | { readonly form: 'choice'; readonly names: readonly { readonly name: string; readonly at: Span }[] };

const EXAMPLE = 'Write it as `param(10, 5..50 by 1)`, `param(10, [5, 10, 20])`, `param(10)` or `param(true)`.';

/** `param(…)`; the parser stands before the word and afterwards behind the closing bracket. */
export function readParam(parser: Parser): AxisText {
  parser.next();
  parser.next();
  const first = parser.peek();
  if (first.kind === 'name' && (first.text === 'true' || first.text === 'false')) {
    parser.next();
    parser.expect(')', 'after the flag', 'A flag takes both values; write `param(true)` or `param(false)`.');
    return { form: 'flag', fallback: first.text === 'true' };
  }
  const fallback = readNumber(parser);
  if (parser.skip(')')) return { form: 'fixed', value: fallback };
  parser.expect(',', 'after the default value', EXAMPLE);
  if (parser.skip('[')) {
    const values: string[] = [];
    do values.push(readNumber(parser));
    while (parser.skip(','));
    parser.expect(']', 'after the list of values', EXAMPLE);
    parser.expect(')', 'after the list of values', EXAMPLE);
    return { form: 'list', fallback, values };
  }
  const low = readEnd(parser);
  refuseSum(parser);
  parser.expect('..', 'inside the range', EXAMPLE);
  const high = readEnd(parser);
  refuseSum(parser);
  if (parser.skip('log')) {
    const steps = readNumber(parser);
    parser.expect(')', 'after the range', EXAMPLE);
    return { form: 'log', fallback, low, high, steps };
  }
  parser.expect('by', 'after the range', `Name the step, as in \`${low}..${high} by 1\`.`);
  const step = readNumber(parser);
  parser.expect(')', 'after the range', EXAMPLE);
  return { form: 'range', fallback, low, high, step };
}

/** `choice(…)`, likewise. */
export function readChoice(parser: Parser): AxisText {
  parser.next();
  parser.next();
  const names: { name: string; at: Span }[] = [];
  do {
    const token = parser.peek();
    if (token.kind === 'end')
      parser.refuse('unfinished', 'The choice is not finished.', 'Write it as `choice(sma, ema)`.', parser.lastSpan());
    if (token.kind !== 'name')
      parser.refuse(
        'unexpected',
        `${quoted(token.text)} stands where a name belongs.`,
        'Write a choice as `choice(sma, ema)`; numbers go into `param(10, [5, 10])`.',
        token,
      );
    parser.next();
    names.push({ name: token.text, at: token });
  } while (parser.skip(','));
  parser.expect(')', 'after the names', 'Separate names by commas and close the bracket.');
  return { form: 'choice', names };
}

/** An end of a range. Ranges are fixed, so that every combination has a number that can be worked out; `require` ties them. */
function readEnd(parser: Parser): string {
  const token = parser.peek();
  if (token.kind !== 'name') return readNumber(parser);
  return parser.refuse(
    'dependent_range',
    `A range ends at numbers, and ${quoted(token.text)} is a name.`,
    'Write the widest range in numbers and tie it by a line such as `require slow >= fast + 5`.',
    token,
  );
}

function refuseSum(parser: Parser): void {
  const token = parser.peek();
  if (!['+', '-', '*', '/', '('].includes(token.text)) return;
  const advice = 'Write the result as a number; where it depends on a parameter, use `require`.';
  parser.refuse('dependent_range', 'A range ends at numbers, not at calculations.', advice, token);
}

function readNumber(parser: Parser): string {
  const sign = parser.skip('-') ? '-' : '';
  const token = parser.peek();
  if (token.kind === 'end') parser.refuse('unfinished', 'The parameter is not finished.', EXAMPLE, parser.lastSpan());
  if (token.kind !== 'number') {
    const advice =
      token.kind === 'name' ? didYouMean(token.text, ['true', 'false'], `Only numbers can stand here. ${EXAMPLE}`) : EXAMPLE;
    parser.refuse('unexpected', `${quoted(token.text)} stands where a number belongs.`, advice, token);
  }
  parser.next();
  return sign + token.text;
}
