import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLevelSteps } from '../../src/kernel/level-steps.ts';
import { applyCompare, type CompareFn } from '../../src/language/scalar.ts';
import { createGraph } from '../../src/strategy/graph.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { EMPTY_PLAN, NO_RULES } from '../support/empty-plan.ts';

const ORDERS: readonly CompareFn[] = ['gt', 'ge', 'lt', 'le'];
const LEVELS = 200;
const GUARD = 0xabababab;

/** close, open and high against a number on the only axis, a node per comparison. */
function planOf(fns: readonly CompareFn[]): { plan: Plan; sources: readonly number[]; compares: readonly number[] } {
  const graph = createGraph();
  const sources = (['close', 'open', 'high'] as const).map((name) => graph.source(name));
  const level = graph.number({ op: 'axis', axis: 0 });
  const compares = fns.map((fn, k) => graph.compare(fn, sources[k % sources.length]!, level));
  return {
    plan: { ...EMPTY_PLAN, nodes: graph.nodes, rules: { ...NO_RULES, enterLong: compares[0]! } },
    sources,
    compares,
  };
}

const value = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: -6, max: 6 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, -0, 0, Infinity, -Infinity, 1e-300, 1 + 2 ** -52) },
);

test('levels stepped through give the bits of every comparison on its own', () => {
  let sorted = 0;
  fc.assert(
    fc.property(
      fc.array(value, { minLength: 1, maxLength: 150 }),
      fc.constantFrom(...ORDERS),
      // walks, so that most steps are short, with jumps
      fc.array(fc.tuple(fc.integer({ min: 0, max: 2 }), fc.oneof(fc.constantFrom(-0.5, 0.5, 1), value)), {
        minLength: 40,
        maxLength: 200,
      }),
      (list, fn, walk) => {
        const bars = list.length;
        const { plan, sources, compares } = planOf([fn, fn, fn]);
        const series = [0, 1, 2].map((k) => Float64Array.from(list, (_, i) => list[(i * (k + 1)) % bars]!));
        // room for two of the three series that are sorted
        const steps = createLevelSteps(plan, [LEVELS], bars, 8 * 2 * 4 * (bars + Math.ceil(bars / 32)) + 56 * bars);
        expect(steps.bytes).toBeGreaterThan(0);
        const level = new Float64Array(1);
        for (const [of, move] of walk) {
          level[0] = Number.isFinite(level[0]! + move) && Math.abs(level[0]! + move) < 9 ? level[0]! + move : 0;
          const words = (bars + 31) >>> 5;
          const bits = new Uint32Array(words + 2).fill(GUARD);
          steps.write(compares[of]!, sources[of]!, 0, fn, series[of]!, level, bits, 1);
          expect([bits[0], bits[words + 1]]).toEqual([GUARD, GUARD]);
          for (let i = 0; i < words * 32; i++) {
            const is = ((bits[1 + (i >>> 5)]! >>> (i & 31)) & 1) === 1;
            const expected = i < bars && applyCompare(fn, series[of]![i]!, level[0]);
            if (is !== expected) throw new Error(`bar ${i} of series ${of}: ${series[of]![i]!} ${fn} ${level[0]} gave ${is}`);
          }
        }
        sorted += steps.sorts();
      },
    ),
    { numRuns: 200 },
  );
  expect(sorted).toBeGreaterThan(100);
});

test('nothing is sorted where few levels come, or memory is short', () => {
  const { plan, sources, compares } = planOf(['gt']);
  const x = Float64Array.from({ length: 64 }, (_, i) => i % 7);
  for (const [levels, bytes] of [
    [72, 1 << 20],
    [LEVELS, 1000],
  ] as const) {
    const steps = createLevelSteps(plan, [levels], x.length, bytes);
    expect(steps.bytes).toBe(0);
    const bits = new Uint32Array(2);
    for (let k = 0; k < 60; k++) steps.write(compares[0]!, sources[0]!, 0, 'gt', x, Float64Array.of(k / 10), bits, 0);
    expect(steps.sorts()).toBe(0);
  }
});

test('more series than are watched make way for one another', () => {
  const { plan, sources, compares } = planOf(['lt']);
  const x = Float64Array.from({ length: 40 }, (_, i) => (i * 17) % 40);
  const steps = createLevelSteps(plan, [LEVELS], x.length, 1 << 20);
  const bits = new Uint32Array(2);
  const wrong: string[] = [];
  for (let key = 0; key < 1500; key++) {
    for (let k = 0; k < 60; k++) {
      steps.write(compares[0]!, sources[0]!, key, 'lt', x, Float64Array.of(k), bits, 0);
      const count = x.reduce((sum, _, i) => sum + ((bits[i >>> 5]! >>> (i & 31)) & 1), 0);
      if (count !== Math.min(k, x.length)) wrong.push(`series ${key}, level ${k}: ${count} bars below it`);
    }
  }
  expect(wrong).toEqual([]);
  expect(steps.sorts()).toBe(1500);
});
