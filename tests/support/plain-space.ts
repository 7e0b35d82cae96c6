import * as fc from 'fast-check';
import type { CompareFn, MathFn, ScalarExpr } from '../../src/language/scalar.ts';
import type { Axis } from '../../src/space/axis.ts';
import { makeChoiceAxis, makeFlagAxis, makeListAxis, makeLogAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import type { Space } from '../../src/space/space.ts';
import { must } from './outcome.ts';
import { constraint } from './space.ts';

export const RUNS = process.env['LONG'] === '1' ? 5_000 : 150;

/** A small space of all kinds of axes, and beside it the same as plain values and conditions, made without src/space. */
export interface AnySpace {
  readonly space: Space;
  readonly values: readonly (readonly number[])[]; // per axis
  readonly conditions: readonly ((at: readonly number[]) => boolean)[];
}

interface AnyAxis {
  readonly make: (name: string) => Axis;
  readonly values: readonly number[];
}

const range: fc.Arbitrary<AnyAxis> = fc
  .record({
    low: fc.integer({ min: -30, max: 30 }),
    step: fc.integer({ min: 1, max: 7 }),
    size: fc.integer({ min: 1, max: 6 }),
  })
  .map(({ low, step, size }) => ({
    // Quarters are exact in binary, so the plain values need no rounding.
    make: (name) => must(makeRangeAxis(name, `${low / 4}`, `${(low + step * (size - 1)) / 4}`, `${step / 4}`, `${low / 4}`)),
    values: Array.from({ length: size }, (_, i) => (low + i * step) / 4),
  }));

const list: fc.Arbitrary<AnyAxis> = fc
  .uniqueArray(fc.integer({ min: -9, max: 9 }), { minLength: 1, maxLength: 5 })
  .map((values) => ({ make: (name) => must(makeListAxis(name, values.map(String), '3')), values }));

const log: fc.Arbitrary<AnyAxis> = fc.integer({ min: 2, max: 5 }).map((size) => ({
  make: (name) => must(makeLogAxis(name, '1', String(2 ** (size - 1)), String(size), '2')),
  values: Array.from({ length: size }, (_, i) => 2 ** i),
}));

const NAMES = ['sma', 'ema', 'hma', 'wma'];
const choice: fc.Arbitrary<AnyAxis> = fc.shuffledSubarray(NAMES, { minLength: 1 }).map((names) => ({
  make: (name) => must(makeChoiceAxis(name, NAMES, undefined, names)),
  values: names.map((option) => NAMES.indexOf(option)),
}));

const flag: fc.Arbitrary<AnyAxis> = fc.shuffledSubarray([false, true], { minLength: 1 }).map((values) => ({
  make: (name) => must(makeFlagAxis(name, true, undefined, values)),
  values: values.map(Number),
}));

const COMPARE: Readonly<Record<CompareFn, (a: number, b: number) => boolean>> = {
  gt: (a, b) => a > b,
  ge: (a, b) => a >= b,
  lt: (a, b) => a < b,
  le: (a, b) => a <= b,
  eq: (a, b) => a === b,
  ne: (a, b) => a !== b,
};
const MATHS: Partial<Readonly<Record<MathFn, (a: number, b: number) => number>>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
};

interface Both<T> {
  readonly expr: ScalarExpr;
  readonly of: (at: readonly number[]) => T;
}

function numbers(axes: number): fc.Arbitrary<Both<number>> {
  const fixed = fc
    .integer({ min: -6, max: 9 })
    .map((value): Both<number> => ({ expr: { op: 'const', value }, of: () => value }));
  if (axes === 0) return fixed;
  const read = fc.nat(axes - 1).map((a): Both<number> => ({ expr: { op: 'axis', axis: a }, of: (at) => at[a]! }));
  const both = fc
    .tuple(fc.constantFrom('add', 'sub', 'mul' as const), read, fc.oneof(read, fixed))
    .map(([fn, a, b]): Both<number> => ({
      expr: { op: 'math', fn: fn as MathFn, args: [a.expr, b.expr] },
      of: (at) => MATHS[fn as MathFn]!(a.of(at), b.of(at)),
    }));
  return fc.oneof({ arbitrary: read, weight: 4 }, { arbitrary: both, weight: 2 }, { arbitrary: fixed, weight: 1 });
}

function conditions(axes: number): fc.Arbitrary<Both<boolean>> {
  const plain = fc
    .tuple(fc.constantFrom(...(Object.keys(COMPARE) as CompareFn[])), numbers(axes), numbers(axes))
    .map(([fn, a, b]): Both<boolean> => ({
      expr: { op: 'compare', fn, left: a.expr, right: b.expr },
      of: (at) => COMPARE[fn](a.of(at), b.of(at)),
    }));
  const either = fc.tuple(plain, plain).map(([a, b]): Both<boolean> => ({
    expr: { op: 'or', left: a.expr, right: b.expr },
    of: (at) => a.of(at) || b.of(at),
  }));
  const not = plain.map(({ expr, of }): Both<boolean> => ({ expr: { op: 'not', arg: expr }, of: (at) => !of(at) }));
  return fc.oneof({ arbitrary: plain, weight: 4 }, either, not);
}

export const anyAxis: fc.Arbitrary<AnyAxis> = fc.oneof(range, range, list, log, choice, flag);

export const anySpace: fc.Arbitrary<AnySpace> = fc
  .array(anyAxis, { maxLength: 4 })
  .chain((axes) => fc.tuple(fc.constant(axes), fc.array(conditions(axes.length), { maxLength: 4 })))
  .map(([axes, tests]) => ({
    space: {
      axes: axes.map(({ make }, i) => make(`p${i}`)),
      constraints: tests.map(({ expr }) => constraint(expr)),
    },
    values: axes.map(({ values }) => values),
    conditions: tests.map(({ of }) => of),
  }));
