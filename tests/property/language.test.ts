import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluateScalar, scalarBounds, type ScalarExpr } from '../../src/language/scalar.ts';
import { editDistance } from '../../src/language/suggest.ts';
import { tokenize } from '../../src/language/tokens.ts';

const expressions = fc.letrec<{ expr: ScalarExpr }>((tie) => ({
  expr: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'expr' },
    fc.record({ op: fc.constant('const' as const), value: fc.integer({ min: -5, max: 5 }) }),
    fc.record({ op: fc.constant('axis' as const), axis: fc.nat(2) }),
    fc
      .tuple(fc.constantFrom('add', 'sub', 'mul', 'div', 'min', 'max', 'pow'), tie('expr'), tie('expr'))
      .map(([fn, a, b]): ScalarExpr => ({ op: 'math', fn, args: [a, b] })),
    fc
      .tuple(fc.constantFrom('neg', 'abs', 'sign', 'round', 'floor', 'ceil', 'sqrt', 'log', 'exp'), tie('expr'))
      .map(([fn, a]): ScalarExpr => ({ op: 'math', fn, args: [a] })),
    fc
      .tuple(fc.constantFrom('gt', 'ge', 'lt', 'le', 'eq', 'ne'), tie('expr'), tie('expr'))
      .map(([fn, left, right]): ScalarExpr => ({ op: 'compare', fn, left, right })),
    fc
      .tuple(fc.constantFrom('and', 'or'), tie('expr'), tie('expr'))
      .map(([op, left, right]): ScalarExpr => ({ op, left, right })),
    tie('expr').map((arg): ScalarExpr => ({ op: 'not', arg })),
    fc
      .tuple(tie('expr'), tie('expr'), tie('expr'))
      .map(([when, then, otherwise]): ScalarExpr => ({ op: 'select', when, then, otherwise })),
  ),
})).expr;

const axes = fc.array(fc.tuple(fc.integer({ min: -4, max: 4 }), fc.nat(4)), { minLength: 3, maxLength: 3 });

test('every value that is a number lies within the bounds', () => {
  fc.assert(
    fc.property(expressions, axes, fc.array(fc.nat(4), { minLength: 3, maxLength: 3 }), (expr, ranges, steps) => {
      const lows = ranges.map(([low]) => low);
      const highs = ranges.map(([low, size]) => low + size);
      const values = ranges.map(([low, size], k) => low + Math.min(size, steps[k]!));
      const value = evaluateScalar(expr, values);
      const { low, high } = scalarBounds(expr, lows, highs);
      // NaN inside (0 ÷ 0, √ of a negative) makes later comparisons false; bounds say nothing about such values
      if (hasNaN(expr, values) || Number.isNaN(low) || Number.isNaN(high)) return;
      expect(low).toBeLessThanOrEqual(value);
      expect(high).toBeGreaterThanOrEqual(value);
    }),
    { numRuns: 1000 },
  );
});

function hasNaN(expr: ScalarExpr, values: readonly number[]): boolean {
  if (Number.isNaN(evaluateScalar(expr, values))) return true;
  if (expr.op === 'const' || expr.op === 'axis') return false;
  return partsOf(expr).some((part) => hasNaN(part, values));
}

function partsOf(expr: Exclude<ScalarExpr, { op: 'const' | 'axis' }>): readonly ScalarExpr[] {
  switch (expr.op) {
    case 'math':
      return expr.args;
    case 'not':
      return [expr.arg];
    case 'select':
      return [expr.when, expr.then, expr.otherwise];
    default:
      return [expr.left, expr.right];
  }
}

test('tokens cover every text but its blanks, in order', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab1. \t\n\r/=<>()[],+-*%&|!?:"\'_é😀#'.split('')), maxLength: 60 }),
      (text) => {
        let offset = 0;
        const lines = text.split(/\r\n|\r|\n/);
        for (const token of tokenize(text)) {
          expect(text.slice(offset, token.offset).trim()).toBe('');
          expect(text.slice(token.offset, token.offset + token.length)).toBe(token.text);
          offset = token.offset + token.length;
          if (token.kind !== 'newline')
            expect(lines[token.line - 1]!.slice(token.column - 1, token.column - 1 + token.length)).toBe(token.text);
        }
        expect(offset).toBe(text.length);
      },
    ),
  );
});

test('edit distance is a distance', () => {
  const words = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 6 });
  fc.assert(
    fc.property(words, words, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a));
      expect(editDistance(a, b) === 0).toBe(a === b);
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
    }),
  );
});
