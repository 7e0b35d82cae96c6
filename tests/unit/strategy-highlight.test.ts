import { expect, test } from 'vitest';
import { highlight } from '../../src/strategy/highlight.ts';

test('every token has its kind, from the compiler’s own tokens', () => {
  const text = 'fast = param(10, 5..50 by 1) // note\nenter long when crossover(f, fast) ?';
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
