import { expect, test } from 'vitest';
import { uniform } from '../../src/core/random.ts';
import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, NO_TRADES, RUINED } from '../../src/metrics/state.ts';
import { decodeCondensed, encodeCondensed } from '../../src/results/condensed-file.ts';
import { condensedSurface } from '../../src/results/condensed-surface.ts';
import { SEGMENT_ROWS, type CondensedShape } from '../../src/results/condensed-shape.ts';
import { createCondensed, type Condensed } from '../../src/results/condensed.ts';
import { twinBest, twinCell } from '../reference/condense.ts';

const METRIC_KEYS = ['sharpe', 'maxDrawdown', 'trades'] as const;
const make = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);
const SEEDS = process.env['LONG'] === '1' ? 60 : 8;

interface Case {
  readonly shape: CondensedShape;
  readonly rows: Rows;
}

/** A grid with ties, infinities, values that are none, and trials of every state. */
function randomCase(seed: number): Case {
  let index = 0;
  const chance = (): number => uniform(seed, index++, 88);
  const whole = (most: number): number => Math.floor(chance() * most);
  const sizes = Array.from({ length: 1 + whole(3) }, () => 1 + whole(4));
  sizes[whole(sizes.length)] = 1500 + whole(2000);
  const metrics = METRIC_KEYS.map((key) => metricIndex(key));
  const rowCount = sizes.reduce((product, size) => product * size, 1);
  const rows = createRows({ rowCount, axisCount: sizes.length, metrics }, make);
  const states = [COMPLETE, COMPLETE, COMPLETE, COMPLETE, NO_TRADES, RUINED, FAILED];
  for (let row = 0; row < rowCount; row++) {
    let rest = row;
    for (let a = sizes.length - 1; a >= 0; a--) {
      rows.positions[a]![row] = rest % sizes[a]!;
      rest = Math.floor(rest / sizes[a]!);
    }
    rows.states[row] = states[whole(states.length)]!;
    for (const column of rows.columns) {
      const kind = whole(12);
      column[row] = kind === 0 ? NaN : kind === 1 ? Infinity : kind < 6 ? whole(3) : chance() * 2 - 1;
    }
  }
  return { shape: { sizes, metrics, objective: whole(metrics.length), best: 1 + whole(40), surfaces: [0, 2] }, rows };
}

function condense({ shape, rows }: Case, into = createCondensed(shape, make), until = rows.rowCount): Condensed {
  for (let from = into.committed; from < until; from += SEGMENT_ROWS) {
    into.commit(rows, from, from, Math.min(SEGMENT_ROWS, rows.rowCount - from));
  }
  return into;
}

test(`condensed results hold what all rows say: ${SEEDS} studies`, () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const study = randomCase(seed);
    const { shape, rows } = study;
    const condensed = condense(study);
    condensed.sort();
    const best = [...condensed.tally.numbers.subarray(0, condensed.count)];
    expect(best, `seed ${seed}`).toEqual(twinBest(rows, shape.objective, shape.best));
    const numbers = condensed.tally.numbers;
    for (const { a, b } of condensed.pairs) {
      for (const column of shape.surfaces) {
        const fixed = shape.sizes.map(() => null);
        const spec = { x: b ?? a, y: b === null ? null : a, fixed, aggregate: 'mean', column, direction: 'max' } as const;
        const surface = condensedSurface(condensed, spec)!;
        const lone = condensedSurface(condensed, { ...spec, aggregate: 'best' })!;
        for (let cell = 0; cell < surface.values.length; cell += 1 + Math.floor(surface.values.length / 9)) {
          const [dx, dy] = [cell % surface.width, Math.floor(cell / surface.width)];
          const inside = (row: number): boolean =>
            rows.positions[spec.x]![row] === dx && (spec.y === null || rows.positions[spec.y]![row] === dy);
          const twin = twinCell(rows, column, SEGMENT_ROWS, inside);
          const where = `seed ${seed}, axes ${a} ${b}, column ${column}, cell ${cell}`;
          expect(surface.counts![cell], where).toBe(twin.count);
          if (twin.count === 0) continue;
          expect(numbers[surface.rows[cell]!], where).toBe(twin.best);
          expect(surface.values[cell], where).toBe(twin.sum / twin.count);
          expect(lone.values[cell], where).toBe(rows.columns[column]![twin.best]);
          expect(surface.cellOf(surface.rows[cell]!), where).toBe(cell);
        }
      }
    }
  }
});

test('a study that is kept half way and goes on ends with the same bytes', () => {
  for (let seed = 1; seed <= SEEDS; seed++) {
    const study = randomCase(seed);
    const whole = condense(study);
    const half = condense(study, undefined, SEGMENT_ROWS);
    const kept = decodeCondensed(encodeCondensed(half), study.shape, make);
    if (!kept.ok) throw new Error(kept.faults[0].message);
    const resumed = condense(study, kept.value);
    whole.sort();
    resumed.sort();
    expect(Buffer.from(encodeCondensed(resumed)).equals(Buffer.from(encodeCondensed(whole))), `seed ${seed}`).toBe(true);
  }
});

test('bytes that are no such results are refused, never misread', () => {
  const study = randomCase(3);
  const bytes = encodeCondensed(condense(study));
  const broken = bytes.slice(0);
  new Float64Array(broken, 0, 8)[3] = 1e9;
  expect(decodeCondensed(broken, study.shape, make)).toMatchObject({ ok: false, faults: [{ code: 'rows_damaged' }] });
  expect(decodeCondensed(bytes.slice(8), study.shape, make)).toMatchObject({ ok: false, faults: [{ code: 'rows_damaged' }] });
  const other = { ...study.shape, sizes: study.shape.sizes.map((size) => size + 1) };
  expect(decodeCondensed(bytes, other, make).ok).toBe(false);
});
