import { expect, test } from 'vitest';
import type { Fault } from '../../src/core/fault.ts';
import type { Expr } from '../../src/language/expression.ts';
import { Parser } from '../../src/language/parser.ts';
import {
  applyCompare,
  applyMath,
  evaluateScalar,
  scalarAxes,
  scalarBounds,
  scalarParts,
  type ScalarExpr,
} from '../../src/language/scalar.ts';
import { didYouMean, editDistance, nearest } from '../../src/language/suggest.ts';
import { tokenFault, tokenize } from '../../src/language/tokens.ts';

function parse(text: string): { tree: string | null; faults: Fault[] } {
  const faults: Fault[] = [];
  const tokens = tokenize(text).filter((token) => token.kind !== 'end');
  const parser = new Parser(tokens, faults, { nodes: 0 });
  const expr = parser.attempt(() => {
    const read = parser.expression();
    parser.expectEnd();
    return read;
  });
  return { tree: expr === null ? null : show(expr), faults };
}

function show(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'truth':
      return String(expr.value);
    case 'text':
      return `"${expr.value}"`;
    case 'select':
      return `{${show(expr.when)} ? ${show(expr.then)} : ${show(expr.otherwise)}}`;
    case 'name':
      return expr.name;
    case 'call':
      return `${expr.name}(${expr.args.map(show).join(' ')})`;
    case 'back':
      return `${show(expr.arg)}[${show(expr.bars)}]`;
    case 'negate':
    case 'not':
      return `{${expr.kind} ${show(expr.arg)}}`;
    default:
      return `{${expr.fn} ${show(expr.left)} ${show(expr.right)}}`;
  }
}

test('tokens know their line, column, length and offset, whatever ends a line', () => {
  const tokens = tokenize('a = 1\r\n\tb\r c // note\n5..60').map(({ kind, text, line, column, length, offset }) => [
    kind,
    text,
    line,
    column,
    length,
    offset,
  ]);
  expect(tokens).toEqual([
    ['name', 'a', 1, 1, 1, 0],
    ['symbol', '=', 1, 3, 1, 2],
    ['number', '1', 1, 5, 1, 4],
    ['newline', '\r\n', 1, 6, 2, 5],
    ['name', 'b', 2, 2, 1, 8],
    ['newline', '\r', 2, 3, 1, 9],
    ['name', 'c', 3, 2, 1, 11],
    ['comment', '// note', 3, 4, 7, 13],
    ['newline', '\n', 3, 11, 1, 20],
    ['number', '5', 4, 1, 1, 21],
    ['symbol', '..', 4, 2, 2, 22],
    ['number', '60', 4, 4, 2, 24],
    ['end', '', 4, 6, 0, 26],
  ]);
});

test('what is no token says what to write instead', () => {
  const advice = (text: string): [string, string] => {
    const found = tokenFault(tokenize(text)[0]!);
    return [found?.code ?? 'none', found?.advice ?? ''];
  };
  expect(advice('&& b')).toEqual(['unknown_character', 'Write `and`.']);
  expect(advice('||')).toEqual(['unknown_character', 'Write `or`.']);
  expect(advice('# x')).toEqual(['unknown_character', 'Write comments behind `//`.']);
  expect(advice('1e5')).toEqual(['bad_number', 'Write digits with at most one point, as in `0.25`.']);
  expect(advice('10x')[0]).toBe('bad_number');
  expect(advice('"sma')).toEqual(['unknown_character', 'Close it, or write names without quotes.']);
  expect(advice('шорт')[0]).toBe('unknown_character');
  expect(advice('__proto__')[0]).toBe('name_reserved');
  expect(advice('n'.repeat(65))[0]).toBe('name_too_long');
  expect(advice('constructor')).toEqual(['none', '']);
});

test.each([
  ['1 + 2 * 3', '{add 1 {mul 2 3}}'],
  ['1 - 2 - 3', '{sub {sub 1 2} 3}'],
  ['8 / 4 / 2', '{div {div 8 4} 2}'],
  ['-a * b', '{mul {negate a} b}'],
  ['-a[1]', '{negate a[1]}'],
  ['a - -b', '{sub a {negate b}}'],
  ['(a + b)[2][1]', '{add a b}[2][1]'],
  ['a > b + 1 and c <= d', '{and {gt a {add b 1}} {le c d}}'],
  ['a or b and c', '{or a {and b c}}'],
  ['not a > b and c', '{and {not {gt a b}} c}'],
  ['not not a', '{not {not a}}'],
  ['a and (b or not c)', '{and a {or b {not c}}}'],
  ['(a > b) == c', '{eq {gt a b} c}'],
  ['ma(kind, close, n + 1) != .5', '{ne ma(kind close {add n 1}) .5}'],
  ['f()', 'f()'],
  ['true', 'true'],
])('%s', (text, tree) => {
  expect(parse(text)).toEqual({ tree, faults: [] });
});

test.each([
  ['a +', 'unfinished', 3],
  ['a b', 'unexpected', 3],
  ['(a', 'unfinished', 2],
  ['a)', 'unexpected', 2],
  ['f(a, )', 'unexpected', 6],
  ['f(a b)', 'unexpected', 5],
  ['a[1', 'unfinished', 3],
  ['a < b < c', 'chained_comparison', 7],
  ['a == not b', 'unexpected', 6],
  ['a = b', 'unexpected', 3],
  ['2%', 'percent_here', 2],
  ['param(3)', 'axis_inside', 1],
  ['a + when', 'unexpected', 5],
  ['stop', 'unexpected', 1],
])('%s is refused', (text, code, column) => {
  const { tree, faults } = parse(text);
  expect(tree).toBeNull();
  expect(faults).toHaveLength(1);
  expect(faults[0]).toMatchObject({ code, place: { kind: 'text', line: 1, column } });
});

test('depth and size are capped, with the number in the message', () => {
  expect(parse('('.repeat(63) + 'a' + ')'.repeat(63)).faults).toEqual([]);
  expect(parse('('.repeat(64) + 'a' + ')'.repeat(64)).faults[0]).toMatchObject({
    code: 'too_deep',
    message: expect.stringContaining('64'),
  });
  expect(parse('-'.repeat(5000) + 'a').faults[0]).toMatchObject({ code: 'too_deep' });
  expect(parse('a' + '+a'.repeat(999)).faults).toEqual([]);
  expect(parse('a' + '+a'.repeat(1000)).faults[0]).toMatchObject({
    code: 'too_large',
    message: expect.stringContaining('2000'),
  });
});

test('did you mean', () => {
  expect(editDistance('crossovr', 'crossover')).toBe(1);
  expect(editDistance('lcose', 'close')).toBe(1);
  expect(editDistance('', 'abc')).toBe(3);
  expect(nearest('Close', ['open', 'close'])).toBe('close');
  expect(nearest('x', ['close'])).toBeNull();
  expect(didYouMean('crossovr', ['crossunder', 'crossover'], 'no')).toBe('Did you mean `crossover`?');
  expect(didYouMean('banana', ['crossover'], 'no')).toBe('no');
});

const axis = (k: number): ScalarExpr => ({ op: 'axis', axis: k });
const constant = (value: number): ScalarExpr => ({ op: 'const', value });

test('numbers and conditions of parameters', () => {
  const less: ScalarExpr = { op: 'compare', fn: 'lt', left: axis(0), right: axis(2) };
  const sum: ScalarExpr = { op: 'math', fn: 'add', args: [axis(2), { op: 'math', fn: 'neg', args: [constant(3)] }] };
  expect(evaluateScalar(less, [1, 9, 2])).toBe(1);
  expect(evaluateScalar({ op: 'not', arg: less }, [1, 9, 2])).toBe(0);
  expect(evaluateScalar({ op: 'or', left: less, right: constant(0) }, [3, 9, 2])).toBe(0);
  expect(evaluateScalar({ op: 'and', left: less, right: constant(1) }, [1, 9, 2])).toBe(1);
  expect(evaluateScalar(sum, [1, 9, 2])).toBe(-1);
  expect(scalarAxes({ op: 'and', left: less, right: { op: 'compare', fn: 'ge', left: sum, right: axis(0) } })).toEqual([0, 2]);
  expect(scalarParts(sum)).toBe(4);
});

test('a comparison with NaN is false', () => {
  for (const fn of ['gt', 'ge', 'lt', 'le', 'eq', 'ne'] as const) {
    expect(applyCompare(fn, NaN, 1)).toBe(false);
    expect(applyCompare(fn, 1, NaN)).toBe(false);
  }
  expect(applyMath('round', 2.5, 0)).toBe(3);
  expect(applyMath('round', -2.5, 0)).toBe(-2);
});

test('bounds', () => {
  const bounds = (expr: ScalarExpr): [number, number] => {
    const { low, high } = scalarBounds(expr, [-2, 1], [3, 4]);
    return [low, high];
  };
  expect(bounds({ op: 'math', fn: 'mul', args: [axis(0), axis(1)] })).toEqual([-8, 12]);
  expect(bounds({ op: 'math', fn: 'sub', args: [axis(1), axis(0)] })).toEqual([-2, 6]);
  expect(bounds({ op: 'math', fn: 'abs', args: [axis(0)] })).toEqual([0, 3]);
  expect(bounds({ op: 'math', fn: 'div', args: [axis(1), axis(0)] })).toEqual([-Infinity, Infinity]);
  expect(bounds({ op: 'math', fn: 'sqrt', args: [axis(1)] })).toEqual([1, 2]);
  expect(bounds({ op: 'compare', fn: 'lt', left: axis(0), right: constant(9) })).toEqual([1, 1]);
});
