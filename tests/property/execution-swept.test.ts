import fc from 'fast-check';
import { expect, test } from 'vitest';
import { metricIndex, METRICS } from '../../src/metrics/columns.ts';
import { executionAt, settingAt, SETTINGS, withSettings } from '../../src/strategy/settings.ts';
import { barsFrom, execution, guardedStudy, planOfRecipe, study } from '../support/execution-cases.ts';
import { engineOf, FROM_FIRST_BAR, isClose, rowOf, type Row } from '../support/kernel.ts';

/** A size by average true ranges is written into the plan, so that its numbers are the plan's and not the execution's. */
const PATHS = SETTINGS.map(({ path }) => path).filter((path) => path !== 'sizing.volatility' && path !== 'sizing.period');
const COLUMNS = METRICS.flatMap(({ needs, key }) => (needs === 'reruns' ? [] : [metricIndex(key)]));
const RUNS = Number(process.env['EXECUTION_RUNS'] ?? (process.env['LONG'] ? 10_000 : 800));

test(
  'a number of the execution that is an axis gives the row of the same number written down',
  () => {
    const met = new Map<string, number>();
    fc.assert(
      fc.property(
        fc.oneof({ weight: 3, arbitrary: study }, { weight: 1, arbitrary: guardedStudy }),
        execution,
        fc.uniqueArray(fc.constantFrom(...PATHS), { minLength: 1, maxLength: 4 }),
        (of, other, paths) => {
          const bars = barsFrom(of.moves, of.spacingHours);
          const plan = planOfRecipe(of.recipe);
          const [wanted, first] = [of.execution, other].map((one) => paths.map((path) => settingAt(one, path) as number)) as [
            number[],
            number[],
          ];
          const base = withSettings(of.execution, new Map(paths.map((path, a) => [path, first[a]])));
          const swept = { ...base, swept: paths.map((path, axis) => ({ path, axis })) };
          expect(executionAt(swept, wanted)).toEqual(of.execution);

          const shared = { plan, bars: bars.buffer, scoring: FROM_FIRST_BAR, columns: COLUMNS };
          const engine = engineOf({ ...shared, execution: swept, axisSizes: paths.map(() => 2) });
          const rowAt = (positions: readonly number[], values: readonly number[]): Row => {
            const row = new Float64Array(METRICS.length);
            const state = engine.run(positions, values, row);
            return rowOf({ state, row });
          };
          const zeros = paths.map(() => 0);
          const before = rowAt(zeros, first);
          const found = rowAt(
            paths.map(() => 1),
            wanted,
          );
          expect(rowAt(zeros, first)).toEqual(before); // what one trial leaves behind changes no other

          const fixed = engineOf({ ...shared, execution: of.execution });
          const row = new Float64Array(METRICS.length);
          const expected = rowOf({ state: fixed.run([], [], row), row });
          expect(found.state).toBe(expected.state);
          for (const column of COLUMNS) {
            const { key, unit } = METRICS[column]!;
            const same = isClose(found[key], expected[key], unit === 'money' ? of.execution.capital : 1);
            if (!same) expect([key, found[key]]).toEqual([key, expected[key]]);
          }
          paths.forEach((path, a) => {
            if (wanted[a] !== first[a] && found.finalEquity !== before.finalEquity) met.set(path, (met.get(path) ?? 0) + 1);
          });
        },
      ),
      { numRuns: RUNS },
    );
    // each of them as an axis changes what trials come to
    expect(PATHS.filter((path) => (met.get(path) ?? 0) < 3)).toEqual([]);
  },
  process.env['LONG'] ? 600_000 : 60_000,
);
