import { expect, test } from 'vitest';
import { highlight } from '../../src/strategy/highlight.ts';

test('every token has its kind, from the compiler’s own tokens', () => {
  const text = 'fast = param(10, 5..50 by 1) // note\nenter long when crossover(f, fast) &';
  const pieces = highlight(text, ['fast']).map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);
  expect(pieces).toEqual([
    'axis fast',
    'operator =',
    'keyword param',
    'operator (',
    'number 10',
    'operator ,',
    'number 5',
    'operator ..',
    'number 50',
    'keyword by',
    'number 1',
    'operator )',
    'comment // note',
    'keyword enter',
    'keyword long',
    'keyword when',
    'call crossover',
    'operator (',
    'name f',
    'operator ,',
    'axis fast',
    'operator )',
  ]);
});

test('words of clauses are keywords in clauses only; quoted texts and functions with a word’s name have their kind', () => {
  const kinds = (text: string) => highlight(text, ['at']).map(({ from, to, kind }) => `${kind} ${text.slice(from, to)}`);
  expect(kinds('breakeven = 2\nsize risk 1%').filter((piece) => !piece.startsWith('operator'))).toEqual([
    'name breakeven',
    'number 2',
    'keyword size',
    'keyword risk',
    'number 1',
  ]);
  expect(kinds('stop long at bars')).toEqual(['keyword stop', 'keyword long', 'axis at', 'keyword bars']);
  expect(kinds('x = log(tf("1D", units))').filter((piece) => !piece.startsWith('operator'))).toEqual([
    'name x',
    'call log',
    'call tf',
    'number "1D"',
    'name units',
  ]);
});
