import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { formatText } from '../../src/strategy/format.ts';
import { highlight } from '../../src/strategy/highlight.ts';
import { inputsOf } from '../../src/strategy/nodes.ts';
import { checkPeriods } from '../../src/strategy/periods.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { rootsOf } from '../../src/strategy/roots.ts';
import { tokenize } from '../../src/language/tokens.ts';
import { anyTexts } from '../support/strategy-texts.ts';

/** `LONG` reads 100 000 texts and says how long the slowest took; otherwise the seed is fixed. */
const LONG = process.env['LONG'] !== undefined;
const RUNS = LONG ? 100_000 : 1500;
const settings = LONG ? { numRuns: RUNS } : { numRuns: RUNS, seed: 20_240_511 };

function checkPlan(plan: Plan): void {
  for (const { nodes } of [plan, ...plan.frames]) {
    nodes.forEach((node, id) => {
      for (const input of inputsOf(node)) {
        expect(input).toBeLessThan(id);
        for (const axis of nodes[input]!.deps) expect(node.deps).toContain(axis);
      }
      if (node.op === 'frame' || node.op === 'frameCondition') {
        const read = plan.frames[node.frame]!.nodes[node.node]!;
        expect(read.type).toBe(node.type);
        expect(node.deps).toEqual(read.deps);
      }
    });
  }
  for (const id of Object.values(plan.rules)) if (id !== null) expect(plan.nodes[id]!.type).toBe('condition');
  for (const id of rootsOf(plan)) expect(plan.nodes[id]).toBeDefined();
  for (const { node } of plan.plots) expect(plan.nodes[node]!.type).toBe('series');
  expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
}

test('any text compiles or gives faults inside the text, formatted it says the same, and nothing is touched', () => {
  const untouched = [Object.prototype, Array.prototype, Function.prototype, Map.prototype].map(
    (of) => Reflect.ownKeys(of).length,
  );
  let compiledTexts = 0;
  let slowest = 0;
  let slowestText = '';
  fc.assert(
    fc.property(anyTexts, (text) => {
      const compiled = compileStrategy(text);
      const took = LONG ? fastest(text) : 0;
      if (took > slowest) [slowest, slowestText] = [took, text];
      const lines = text.split(/\r\n|\r|\n/);
      for (const { place, message, advice } of compiled.ok ? compiled.value.warnings : compiled.faults) {
        expect(message).toMatch(/\S/);
        expect(advice).toMatch(/\S/);
        if (place === undefined) continue;
        if (place.kind !== 'text') throw new Error('a place that is not in the text');
        expect(place.column).toBeGreaterThanOrEqual(1);
        expect(place.length).toBeGreaterThanOrEqual(1);
        expect(place.column - 1 + place.length).toBeLessThanOrEqual(lines[place.line - 1]!.length);
      }

      const formatted = formatText(text);
      expect(formatText(formatted)).toBe(formatted);
      const words = (of: string): string[] =>
        tokenize(of).flatMap(({ kind, text: word }) =>
          kind === 'newline' || kind === 'comment' || kind === 'end' ? [] : [word],
        );
      expect(words(formatted)).toEqual(words(text));
      const again = compileStrategy(formatted);
      expect(again.ok).toBe(compiled.ok);
      if (again.ok && compiled.ok) expect(again.value.hash).toBe(compiled.value.hash);
      else if (!again.ok && !compiled.ok) expect(codes(again.faults)).toEqual(codes(compiled.faults));

      let end = 0;
      for (const { from, to } of highlight(text, ['n_a'])) {
        expect(from).toBeGreaterThanOrEqual(end);
        end = to;
      }
      if (!compiled.ok) return;
      compiledTexts += 1;
      checkPlan(compiled.value);
      expect(checkPeriods(compiled.value, compiled.value.space.axes)).toBeNull();
    }),
    settings,
  );
  expect(compiledTexts).toBeGreaterThan(RUNS / 50);
  expect(
    [Object.prototype, Array.prototype, Function.prototype, Map.prototype].map((of) => Reflect.ownKeys(of).length),
  ).toEqual(untouched);
  if (LONG) console.log(`${RUNS} texts, ${compiledTexts} compile; the slowest took ${slowest.toFixed(1)} ms:\n${slowestText}`);
}, 3_600_000);

/** Milliseconds to compile, the best of five where once takes long: other programs run beside this one. */
function fastest(text: string): number {
  let best = Infinity;
  for (let k = 0; k < 5 && best > 5; k++) {
    const begun = performance.now();
    compileStrategy(text);
    best = Math.min(best, performance.now() - begun);
  }
  return best;
}

function codes(faults: readonly { code: string }[]): string[] {
  return faults.map(({ code }) => code);
}
