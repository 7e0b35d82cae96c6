import { expect, test } from 'vitest';
import { generateBars } from '../../src/bars/generate.ts';
import { SAMPLES } from '../../src/bars/samples.ts';
import { sketchOf, storedSketch } from '../../src/ui/panels/sample-sketches.ts';

test.each(Object.values(SAMPLES))('the card of $key shows its own bars', ({ key, spec }) => {
  expect(storedSketch(key)).toEqual(sketchOf(generateBars(spec).close));
});
