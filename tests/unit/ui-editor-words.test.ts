import { expect, test } from 'vitest';
import { definitionEnds, isWhole, wordAt } from '../../src/ui/editor/words.ts';

test.each([
  ['f = rsi(close, 14)', 5, 'rsi'],
  ['f = rsi(close, 14)', 7, 'rsi'],
  ['f = rsi(close, 14)', 0, 'f'],
  ['f = rsi(close, 14)', 16, null],
  ['a + b', 2, null],
  ['', 0, null],
])('%j at %d is on %j', (text, offset, word) => {
  expect(wordAt(text, offset)?.word ?? null).toBe(word);
});

test('a note stands behind the definition, before its comment', () => {
  const text = 'fast = param(5, 1..9 by 1)  // days\n  slow = param(9)\nfast = 2';
  const ends = definitionEnds(text, new Set(['fast', 'slow', 'other']));
  expect([...ends].map(([name, at]) => [name, text.slice(0, at).split('\n').at(-1)])).toEqual([
    ['fast', 'fast = param(5, 1..9 by 1)'],
    ['slow', '  slow = param(9)'],
  ]);
});

test('a word that may end a line is whole: Enter takes no longer one for it', () => {
  const own = new Set(['fast']);
  for (const word of ['bars', 'points', 'units', 'close', 'high', 'long', 'hour', 'fast', 'bars_held'])
    expect(isWhole(word, own), word).toBe(true);
  for (const word of ['bar_', 'hig', 'rsi', 'fas', 'crossover']) expect(isWhole(word, own), word).toBe(false);
});
