import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { createEvaluator } from '../../src/kernel/evaluate.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { valueOf } from '../support/kernel.ts';
import { expectSameNumbers } from '../support/same-numbers.ts';

const BARS = createBars(generateBars({ kind: 'equity', seed: 5, bars: 70_001 }), (bytes) => new SharedArrayBuffer(bytes));
const WORDS = Math.ceil(BARS.count / 32);
/** Of all series, of four. */
const PLENTY = 1 << 28;
const FEW = 4 * 8 * BARS.count;

const RULES: readonly string[] = [
  'enter long when crossover(sma(close, a), sma(close, b))\nexit long when crossunder(sma(close, a), sma(close, b))',
  'enter long when crossover(ema(close, b), rma(open, a))\nexit long when crossunder(ema(close, b), rma(open, a))',
  'enter long when crossover(close, sma(close, b))\nexit long when crossunder(sma(high, a), ema(low, b))',
  // other series than averages of prices, holes, a choice, a number
  'enter long when crossover(sma(volume, b), sma(volume, a))\nexit long when crossunder(rsi(close, a), sma(close, b) / close)',
  'kind = choice(sma, ema, wma)\nenter long when crossover(ma(kind, close, a), ma(kind, close, b))\nexit long when crossunder(sma(close, b), 100)',
];

test('crossings of averages in blocks have the bits of those of series in memory', () => {
  let inBlocks = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...RULES),
      fc.integer({ min: 0, max: 400 }),
      fc.integer({ min: 2, max: 14 }),
      fc.boolean(),
      (rules, first, count, strided) => {
        const plan = valueOf(compileStrategy(`a = param(5, 1..40 by 1)\nb = param(41, 41..240 by 1)\n${rules}`));
        const { axes } = plan.space;
        const sizes = axes.map(({ size }) => size);
        const [few, plenty] = [FEW, PLENTY].map((bytes) => valueOf(createEvaluator(plan, sizes, BARS, bytes)));
        for (let k = 0; k < count; k++) {
          let rest = strided ? first + 187 * k : first + k;
          const positions = sizes.map(() => 0);
          for (let axis = axes.length - 1; axis >= 0; axis--) {
            positions[axis] = rest % sizes[axis]!;
            rest = Math.floor(rest / sizes[axis]!);
          }
          const values = axes.map((axis, a) => axisValue(axis, positions[a]!));
          few!.begin(positions, values);
          plenty!.begin(positions, values);
          for (const rule of [plan.rules.enterLong!, plan.rules.exitLong!]) {
            const [is, wanted] = [few!, plenty!].map((of) => {
              const at = of.condition(rule);
              return of.bits.slice(at, at + WORDS);
            });
            expectSameNumbers(is!, wanted!);
          }
        }
        const computed = [few!, plenty!].map((of) => of.computed.reduce((sum, times) => sum + times, 0));
        inBlocks += Number(computed[0]! < computed[1]!);
      },
    ),
    { numRuns: process.env['LONG'] === undefined ? 25 : 500 },
  );
  expect(inBlocks).toBeGreaterThan(5);
}, 300_000);
