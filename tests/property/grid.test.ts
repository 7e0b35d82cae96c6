import * as fc from 'fast-check';
import { expect, it, vi } from 'vitest';
import { createGrid } from '../../src/search/grid.ts';
import { countSpace } from '../../src/space/count.ts';
import { trialIndex } from '../../src/space/trial.ts';
import { feasible } from '../reference/plain-space.ts';
import { anySpace, RUNS } from '../support/plain-space.ts';
import { askAll } from '../support/sampler-suite.ts';

vi.setConfig({ testTimeout: 120_000 });

it('asks and counts the trials that plain conditions on plain values leave, in turns of any length', () => {
  const turns = fc.record({ piece: fc.integer({ min: 1, max: 50 }), steps: fc.integer({ min: 1, max: 300 }) });
  fc.assert(
    fc.property(anySpace, turns, ({ space, values, conditions }, { piece, steps }) => {
      const expected = feasible(values, conditions);
      const { trials } = askAll(createGrid(space), space, expected.length + 3, { piece, maxSteps: steps });
      expect(trials).toEqual(expected.map(({ positions }) => positions));
      expect(trials.map((positions) => trialIndex(space.axes, positions))).toEqual(expected.map(({ index }) => BigInt(index)));
      expect(countSpace(space)).toMatchObject({ feasible: BigInt(expected.length), exact: true, error: 0 });
    }),
    { numRuns: RUNS },
  );
});
