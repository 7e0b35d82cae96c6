import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canRun, fuse, runFused } from '../../src/kernel/fused.ts';
import { passingSeries } from '../../src/strategy/passing.ts';
import { applyCompare, applyMath, type CompareFn, type MathFn } from '../../src/language/scalar.ts';
import { createGraph } from '../../src/strategy/graph.ts';
import { EMPTY_PLAN, NO_RULES } from '../support/empty-plan.ts';

const COMPARES: readonly CompareFn[] = ['gt', 'ge', 'lt', 'le'];
const BINARY: readonly MathFn[] = ['add', 'sub', 'mul', 'div', 'min', 'max', 'pow'];
const UNARY: readonly MathFn[] = ['neg', 'abs', 'sign', 'round', 'floor', 'ceil', 'sqrt', 'log', 'exp'];
/** Around the bounds of words and blocks. */
const COUNTS = [1, 31, 32, 33, 1023, 1024, 1025, 2500];
const NUMBERS = [0, -0, 1, -2.5, 0.1, NaN, Infinity];

/** Values with holes, ties, both zeros and both infinities. */
function column(bars: number, seed: number): Float64Array {
  const some = [NaN, 0, -0, 1, 1, 2, -2.5, 0.1, Infinity, -Infinity, 1e-300];
  return Float64Array.from({ length: bars }, (_, i) => some[(i * 7 + seed * 13 + ((i * i) >> 3)) % some.length]!);
}

test('a comparison of arithmetic block by block is the one bar by bar', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...COUNTS),
      fc.constantFrom(...COMPARES),
      fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...NUMBERS),
      fc.nat(),
      (bars, fn, choices, number, last) => {
        const graph = createGraph();
        const sources = [column(bars, 1), column(bars, 2)];
        const numeric = graph.number({ op: 'const', value: number });
        const terms = [graph.source('close'), graph.source('open'), numeric];
        const valueAt: ((i: number) => number)[] = [(i) => sources[0]![i]!, (i) => sources[1]![i]!, () => number];
        for (const [kind, a, b] of choices) {
          const [left, right] = [a % terms.length, b % terms.length];
          if (terms[left] === numeric && (kind % 3 === 0 || terms[right] === numeric)) continue;
          const [x, y] = [valueAt[left]!, valueAt[right]!];
          if (kind % 3 === 0) {
            const math = UNARY[kind % UNARY.length]!;
            terms.push(graph.math(math, [terms[left]!]));
            valueAt.push((i) => applyMath(math, x(i), NaN));
          } else {
            const math = BINARY[kind % BINARY.length]!;
            terms.push(graph.math(math, [terms[left]!, terms[right]!]));
            valueAt.push((i) => applyMath(math, x(i), y(i)));
          }
        }
        const [left, right] = [terms.length - 1, last % terms.length];
        if (terms[left] === numeric) return;
        const id = graph.compare(fn, terms[left]!, terms[right]!);
        const plan = { ...EMPTY_PLAN, nodes: graph.nodes, rules: { ...NO_RULES, enterLong: id } };
        const fused = fuse(plan, id, passingSeries(plan));
        if (fused === null) return;
        fused.leaves.forEach((leaf, k) => (fused.columns[k] = sources[terms.indexOf(leaf)]!));
        fused.values.fill(number);
        if (!canRun(fused)) {
          expect(Number.isFinite(number)).toBe(false);
          return;
        }
        compared++;
        const words = (bars + 31) >>> 5;
        const bits = new Uint32Array(words + 2).fill(0xabababab);
        runFused(fused, bits, 1, bars);
        expect([bits[0], bits[words + 1]]).toEqual([0xabababab, 0xabababab]);
        for (let i = 0; i < words * 32; i++) {
          const is = (bits[1 + (i >>> 5)]! >>> (i & 31)) & 1;
          const expected = i < bars && applyCompare(fn, valueAt[left]!(i), valueAt[right]!(i));
          if (is !== Number(expected)) throw new Error(`bar ${i}: ${is}, ${valueAt[left]!(i)} ${fn} ${valueAt[right]!(i)}`);
        }
      },
    ),
    { numRuns: 500 },
  );
  expect(compared).toBeGreaterThan(100);
});

test('a band around a series in every order and direction', () => {
  const every = COMPARES.flatMap((fn) =>
    (['add', 'sub'] as const).flatMap((math) =>
      [0, 1, 2, 3, 4, 5, 6, 7].flatMap((shape) => COUNTS.map((bars) => ({ fn, math, shape, bars }))),
    ),
  );
  for (const one of every) expectBand(one);
});

interface BandCase {
  readonly fn: CompareFn;
  readonly math: 'add' | 'sub';
  readonly shape: number; // bit 0: the factor first, bit 1: the product first, bit 2: the band first
  readonly bars: number;
}

function expectBand({ fn, math, shape, bars }: BandCase): void {
  const graph = createGraph();
  const sources = [graph.source('close'), graph.source('open'), graph.source('high')] as const;
  const [x, middle, width] = sources;
  const factor = graph.number({ op: 'const', value: -1.3 });
  const turned = <T>(bit: number, a: T, b: T): [T, T] => ((shape & bit) === 0 ? [a, b] : [b, a]);
  const product = graph.math('mul', turned(1, width, factor));
  const band = graph.math(math, turned(2, middle, product));
  const id = graph.compare(fn, ...turned(4, x, band));
  const plan = { ...EMPTY_PLAN, nodes: graph.nodes, rules: { ...NO_RULES, enterLong: id } };
  const fused = fuse(plan, id, passingSeries(plan))!;
  expect(fused.band === null).toBe(math === 'sub' && (shape & 2) !== 0);
  const columns = sources.map((_, k) => column(bars, k + 1));
  fused.leaves.forEach((leaf, k) => (fused.columns[k] = columns[sources.indexOf(leaf)]!));
  fused.values.fill(-1.3);
  const bits = new Uint32Array((bars + 31) >>> 5);
  runFused(fused, bits, 0, bars);
  for (let i = 0; i < bars; i++) {
    const edge = applyMath(math, ...turned(2, columns[1]![i]!, columns[2]![i]! * -1.3));
    const expected = applyCompare(fn, ...turned(4, columns[0]![i]!, edge));
    const is = (bits[i >>> 5]! >>> (i & 31)) & 1;
    if (is !== Number(expected)) throw new Error(`${fn}, ${math}, ${shape}, bar ${i} of ${bars}: ${is}`);
  }
}

test('only what nobody else reads passes', () => {
  const graph = createGraph();
  const close = graph.source('close');
  const n = graph.number({ op: 'axis', axis: 0 });
  const k = graph.number({ op: 'axis', axis: 1 });
  const mean = graph.indicator('sma', [close], [n]);
  const product = graph.math('mul', [mean, k]);
  const difference = graph.math('sub', [close, product]);
  const below = graph.compare('lt', close, difference);
  const other = graph.compare('gt', mean, close);
  const both = graph.join('and', below, other);
  const plan = { ...EMPTY_PLAN, nodes: graph.nodes, rules: { ...NO_RULES, enterLong: both } };
  // `mean` is read under every k; its own reader with the same axis does not change that
  expect([...passingSeries(plan)]).toEqual([product, difference]);
  expect(fuse(plan, below, passingSeries(plan))!.leaves).toEqual([close, mean]);
  expect(fuse(plan, other, passingSeries(plan))).toBeNull();
  const ordered = { ...plan, size: { kind: 'units', node: difference, per: null } } as const;
  expect([...passingSeries(ordered)]).toEqual([product]);
});
