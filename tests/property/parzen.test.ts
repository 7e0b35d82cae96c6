import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Draws } from '../../src/search/draws.ts';
import { Parzen } from '../../src/search/methods/parzen.ts';
import type { Scale } from '../../src/search/scale.ts';
import { PlainParzen } from '../reference/parzen.ts';

const same = (index: number): number => index;
const scale = fc
  .record({ size: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 1e6 })), ordered: fc.boolean() })
  .map(({ size, ordered }): Scale => {
    const choice = !ordered && size > 1;
    return { size: choice ? Math.min(size, 12) : size, ordered: !choice, rankOf: same, positionOf: same };
  });
const densities = fc.record({
  scales: fc.array(scale, { minLength: 1, maxLength: 6 }),
  observed: fc.integer({ min: 0, max: 400 }),
  kernels: fc.integer({ min: 0, max: 150 }),
  seed: fc.integer({ min: 1, max: 1e9 }),
});

test('draws and densities are those of the plain sums', () => {
  fc.assert(
    fc.property(densities, ({ scales, observed, kernels, seed }) => {
      const made = new Draws(seed, 1);
      const trial = (): number[] => scales.map(({ size }) => made.below(size));
      const fast = new Parzen(scales, observed);
      const plain = new PlainParzen(scales, observed);
      const [fastDraws, plainDraws] = [new Draws(seed, 2), new Draws(seed, 2)];
      const [fastRanks, plainRanks] = [new Float64Array(scales.length), new Float64Array(scales.length)];
      for (let k = 0; k <= kernels; k++) {
        fast.draw(fastDraws, fastRanks);
        plain.draw(plainDraws, plainRanks);
        expect(fastRanks).toEqual(plainRanks);
        expect(fast.density(fastRanks)).toBe(plain.density(fastRanks));
        const own = trial();
        fast.add(own);
        plain.add(own);
      }
    }),
    { numRuns: 60 },
  );
});

test('the must-fail twin: a kernel that is left out is seen', () => {
  const scales: Scale[] = [{ size: 50, ordered: true, rankOf: same, positionOf: same }];
  const [fast, plain] = [new Parzen(scales, 5), new PlainParzen(scales, 5)];
  plain.add([20]);
  expect(fast.density([20])).not.toBe(plain.density([20]));
});
