import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { createEvaluator } from '../../src/kernel/evaluate.ts';
import type { Evaluator } from '../../src/kernel/evaluator.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { layOut, rememberedNodes } from '../../src/strategy/memo-layout.ts';
import { createTables, openTables } from '../../src/strategy/shared-tables.ts';
import { valueOf } from '../support/kernel.ts';

const PLAN = valueOf(
  compileStrategy(`n = param(5, 5..8 by 1)
k = param(1, 1..3 by 1)
enter long when close < sma(close, n) - k * stdev(close, n)
exit long when crossover(close, sma(close, n)) or crossunder(close, ema(close, n))`),
);
const SIZES = PLAN.space.axes.map(({ size }) => size);
const BARS = createBars(generateBars({ kind: 'equity', seed: 3, bars: 300 }), (bytes) => new ArrayBuffer(bytes));
const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
const CACHE = 1 << 20;
const NODES = rememberedNodes(PLAN, SIZES);
const ENTRIES = [layOut(NODES.series.shape).entries, layOut(NODES.conditions.shape).entries] as const;
/** sma, stdev and ema per n. */
const SERIES = 12;

/** The conditions of every trial, `from` first, as text. */
function conditions(evaluator: Evaluator, from = 0): string[] {
  const trials = SIZES[0]! * SIZES[1]!;
  const found: string[] = [];
  for (let t = 0; t < trials; t++) {
    const trial = (t + from) % trials;
    const positions = [Math.floor(trial / SIZES[1]!), trial % SIZES[1]!];
    evaluator.begin(
      positions,
      positions.map((position, a) => axisValue(PLAN.space.axes[a]!, position)),
    );
    const { enterLong, exitLong } = PLAN.rules;
    const words = [enterLong!, exitLong!].map((rule) => {
      const at = evaluator.condition(rule);
      return evaluator.bits.slice(at, at + Math.ceil(BARS.count / 32)).join();
    });
    found[trial] = words.join(' | ');
  }
  return found;
}

const evaluatorOn = (tables?: ArrayBufferLike): Evaluator => valueOf(createEvaluator(PLAN, SIZES, BARS, CACHE, null, tables));
const computed = (evaluator: Evaluator): number => evaluator.computed.reduce((sum, count) => sum + count, 0);

test('what one worker computed the others read, and nobody sees a difference', () => {
  const alone = evaluatorOn();
  const expected = conditions(alone);
  expect(computed(alone)).toBe(SERIES);
  const tables = createTables(PLAN, SIZES, BARS.count, 1 << 20, shared)!;
  const first = evaluatorOn(tables);
  expect(conditions(first)).toEqual(expected);
  expect(computed(first)).toBe(SERIES);
  const second = evaluatorOn(tables);
  expect(conditions(second, 5)).toEqual(expected);
  expect(computed(second)).toBe(0);
});

test('tables too small for every value hold some of them', () => {
  const all = createTables(PLAN, SIZES, BARS.count, 1 << 30, shared)!.byteLength;
  for (const bytes of [all / 2, all / 8, 200]) {
    const tables = createTables(PLAN, SIZES, BARS.count, bytes, shared);
    expect(tables === null).toBe(bytes === 200);
    if (tables === null) continue;
    expect(tables.byteLength).toBeLessThanOrEqual(bytes);
    const [first, second] = [evaluatorOn(tables), evaluatorOn(tables)];
    expect(conditions(first)).toEqual(conditions(evaluatorOn()));
    expect(conditions(second, 7)).toEqual(conditions(evaluatorOn()));
    expect(computed(second)).toBeLessThan(SERIES);
  }
});

test('a value under way is computed again, and never waited for', () => {
  const tables = createTables(PLAN, SIZES, BARS.count, 1 << 20, shared)!;
  const dying = openTables(tables, BARS.count, ENTRIES)!;
  for (let entry = 0; entry < ENTRIES[0]; entry++) dying.series.claim(entry)!.fill(-1); // and never publishes
  for (let entry = 0; entry < ENTRIES[1]; entry++) dying.conditions.claim(entry)!.fill(-1);
  const worker = evaluatorOn(tables);
  expect(conditions(worker)).toEqual(conditions(evaluatorOn()));
  expect(computed(worker)).toBe(SERIES);
});

test('an entry is claimed once, and seen once it is published', () => {
  const tables = createTables(PLAN, SIZES, BARS.count, 1 << 20, shared)!;
  const [one, other] = [1, 2].map(() => openTables(tables, BARS.count, ENTRIES)!);
  const place = one!.series.claim(3)!;
  expect(place).toHaveLength(BARS.count);
  expect([one!.series.claim(3), other!.series.claim(3), other!.series.find(3)]).toEqual([null, null, null]);
  place.fill(7);
  one!.series.publish(3);
  expect(other!.series.find(3)).toEqual(new Float64Array(BARS.count).fill(7));
  expect(other!.series.find(4)).toBeNull();
  expect(other!.conditions.claim(3)).toHaveLength(Math.ceil(BARS.count / 32));
  expect(place.every((value) => value === 7)).toBe(true); // no slot lies over another
});

test('tables of another study are not read; without values that recur, or memory, there are none', () => {
  const tables = createTables(PLAN, SIZES, BARS.count, 1 << 20, shared)!;
  expect(openTables(tables, BARS.count - 1, ENTRIES)).toBeNull();
  expect(openTables(tables, BARS.count, [ENTRIES[0] + 1, ENTRIES[1]])).toBeNull();
  expect(openTables(tables, BARS.count, [ENTRIES[0], ENTRIES[1] + 1])).toBeNull();
  const nothing = valueOf(compileStrategy('n = param(5, 5..8 by 1)\nenter long when close > n\nexit long when close < n'));
  expect(createTables(nothing, [4], BARS.count, 1 << 20, shared)).toBeNull();
  const refuse = (): never => {
    throw new RangeError('Array buffer allocation failed');
  };
  expect(createTables(PLAN, SIZES, BARS.count, 1 << 20, refuse)).toBeNull();
});
