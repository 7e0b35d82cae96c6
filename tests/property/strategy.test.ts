import fc from 'fast-check';
import { expect, test } from 'vitest';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { highlight } from '../../src/strategy/highlight.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import { inputsOf } from '../../src/strategy/nodes.ts';
import { checkPeriods } from '../../src/strategy/periods.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup, trialWarmup } from '../../src/strategy/warmup.ts';

const WORDS =
  'enter exit long short when require param choice by log true and or not close open high sma ema ma rsi crossover kind fast slow f s __proto__ constructor stop 2 10 0.5 -1 .. ( ) [ ] , = == < > + - * / % & \n // ✓'.split(
    ' ',
  );

const soup = fc.array(fc.constantFrom(...WORDS), { maxLength: 60 }).map((words) => words.join(' '));
const mutant = fc
  .tuple(
    fc.constantFrom(...BUILT_INS.map(({ text }) => text)),
    fc.array(fc.tuple(fc.nat(600), fc.nat(12), fc.constantFrom(...WORDS, '')), { maxLength: 4 }),
  )
  .map(([text, cuts]) => cuts.reduce((all, [at, length, insert]) => all.slice(0, at) + insert + all.slice(at + length), text));
const texts = fc.oneof(soup, mutant, fc.string({ unit: 'binary', maxLength: 80 }));

test('any text compiles or gives faults inside the text; it never throws', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const compiled = compileStrategy(text);
      const lines = text.split(/\r\n|\r|\n/);
      const found = compiled.ok ? compiled.value.warnings : compiled.faults;
      for (const { place, message } of found) {
        expect(message).not.toBe('');
        if (place === undefined) continue;
        if (place.kind !== 'text') throw new Error('a place that is not in the text');
        const line = lines[place.line - 1]!;
        expect(place.column).toBeGreaterThanOrEqual(1);
        expect(place.length).toBeGreaterThanOrEqual(1);
        expect(place.column - 1 + place.length).toBeLessThanOrEqual(line.length);
      }
      if (compiled.ok) checkPlan(compiled.value);
    }),
    { numRuns: 1500 },
  );
});

function checkPlan(plan: Plan): void {
  plan.nodes.forEach((node, id) => {
    for (const input of inputsOf(node)) {
      expect(input).toBeLessThan(id);
      for (const axis of plan.nodes[input]!.deps) expect(node.deps).toContain(axis);
    }
  });
  for (const id of Object.values(plan.rules)) if (id !== null) expect(plan.nodes[id]!.type).toBe('condition');
  for (const { node } of plan.plots) expect(plan.nodes[node]!.type).toBe('series');
  expect(checkPeriods(plan, plan.space.axes)).toBeNull();
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
}

test('colours cover no character twice, on any text', () => {
  fc.assert(
    fc.property(texts, (text) => {
      let end = 0;
      for (const { from, to } of highlight(text, ['fast'])) {
        expect(from).toBeGreaterThanOrEqual(end);
        expect(to).toBeGreaterThan(from);
        end = to;
      }
      expect(end).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('blanks, comments and brackets change no hash', () => {
  for (const { text } of BUILT_INS) {
    const plain = compileStrategy(text);
    const dressed = compileStrategy(
      text
        .replaceAll('\n', ' // more\r\n\r\n')
        .replaceAll(',', ' ,\t')
        .replaceAll(/when (.*?)( \/\/|\r)/g, 'when (($1))$2'),
    );
    expect(plain.ok && dressed.ok && plain.value.hash === dressed.value.hash).toBe(true);
  }
});

test('no trial warms up longer than the largest warm-up, and one of them as long', () => {
  const periods = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.nat(4), fc.integer({ min: 1, max: 6 }), fc.nat(4));
  const conditions = fc.constantFrom(
    'close > sma(close, a)[b]',
    'crossover(ma(kind, close, a), rsi(close, b))',
    'close > sma(ema(close, a), max(a, b)) or high > low[a * b]',
    '(close > ma(kind, rsi(close, b), a))[a]',
  );
  fc.assert(
    fc.property(periods, conditions, ([a, wideA, b, wideB], condition) => {
      const compiled = compileStrategy(`kind = choice(sma, wma)
a = param(${a}, ${a}..${a + wideA} by 1)
b = param(${b}, ${b}..${b + wideB} by 1)
enter long when ${condition}`);
      if (!compiled.ok) throw new Error(compiled.faults[0].message);
      const plan = compiled.value;
      const [kinds, as, bs] = plan.space.axes.map((axis) => Array.from({ length: axis.size }, (_, k) => axisValue(axis, k)));
      const all = kinds!.flatMap((k) => as!.flatMap((x) => bs!.map((y) => trialWarmup(plan, [k, x, y]))));
      expect(largestWarmup(plan, plan.space.axes).bars).toBe(Math.max(...all));
    }),
  );
});
