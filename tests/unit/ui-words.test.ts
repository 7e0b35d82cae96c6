import { describe, expect, test } from 'vitest';
import { fault } from '../../src/core/fault.ts';
import { faultSpans } from '../../src/ui/panels/fault-spans.ts';
import { linePath, sample, thin } from '../../src/ui/polyline.ts';
import { listInWords, runLabel, spacingAdjective, spacingInWords, thingsInWords, timeLeft } from '../../src/ui/words.ts';

const at = (line: number, column: number, length: number) => fault('x', 'x', '', { kind: 'text', line, column, length });
const bad = (text: string, ...faults: ReturnType<typeof at>[]) =>
  faultSpans(text, faults)
    .filter((piece) => piece.bad)
    .map((piece) => piece.text);

describe('fault spans', () => {
  test('mark the place and keep the whole text', () => {
    const text = 'a = 1\nb = cc + 2\n';
    expect(bad(text, at(2, 5, 2))).toEqual(['cc']);
    expect(
      faultSpans(text, [at(2, 5, 2)])
        .map((piece) => piece.text)
        .join(''),
    ).toBe(text);
  });

  test('at the end of a line mark the character before it', () => {
    expect(bad('a +\nb', at(1, 4, 0))).toEqual(['+']);
  });

  test('that overlap are marked once, and those outside the text not at all', () => {
    expect(bad('abcdef', at(1, 2, 3), at(1, 3, 3))).toEqual(['bcd', 'e']);
    expect(bad('abc', at(9, 1, 1))).toEqual([]);
  });
});

describe('lines', () => {
  test('keep the ends, and thinned ones the peak', () => {
    const values = Array.from({ length: 1000 }, (_, i) => (i === 501 ? 50 : i / 1000));
    expect(thin(values, 20)).toHaveLength(20);
    expect(Math.max(...thin(values, 20))).toBe(50);
    expect(sample(values, 20).at(-1)).toBe(values.at(-1));
    expect(thin([1, 2], 20)).toEqual([1, 2]);
  });

  test('break where there is no number', () => {
    expect(linePath([0, Number.NaN, 1, 1], 30, 10)).toBe('M0.0 9.0M20.0 1.0L30.0 1.0');
  });
});

test('words', () => {
  expect(spacingInWords(86_400_000)).toBe('1 day');
  expect(spacingInWords(900_000)).toBe('15 minutes');
  expect(spacingAdjective(900_000)).toBe('15-minute');
  expect(spacingAdjective(60_000)).toBe('one-minute');
  expect(listInWords(['bars', 'line 3 mended', 'a number'])).toBe('bars, line 3 mended and a number');
  expect(thingsInWords(2)).toBe('Two things');
  expect(runLabel({ feasible: 9310n, exact: true }, true)).toBe('Run 9\u202f310 trials');
  expect(runLabel({ feasible: 9310n, exact: true }, false)).toBe('Run');
});

test('the time left is told only once a run has lasted a second', () => {
  expect(timeLeft({ elapsedMs: 400, etaMs: 600_000 })).toBeNull();
  expect(timeLeft({ elapsedMs: 4000, etaMs: null })).toBeNull();
  expect(timeLeft({ elapsedMs: 4000, etaMs: 12_700 })).toBe('12.7\u202fs left');
  expect(timeLeft({ elapsedMs: 400, etaMs: 12_700, paused: true })).toBe('paused');
});
