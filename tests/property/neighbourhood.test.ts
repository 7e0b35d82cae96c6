import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { COMPLETE } from '../../src/metrics/state.ts';
import { findLeaders, peakOf } from '../../src/results/leaders.ts';
import { medianInPlace } from '../../src/results/median.ts';
import { createNeighbourhood } from '../../src/results/neighbourhood.ts';
import { paretoFront } from '../../src/results/pareto.ts';
import { fullOrder, robustOrder } from '../../src/results/ranking.ts';
import { findRegion } from '../../src/results/region.ts';
import { createLookup } from '../../src/results/trial-lookup.ts';
import { naiveBox, naiveMedian, naiveNeighbourhood } from '../reference/neighbours.ts';
import { direction, study, type Case } from '../support/grids.ts';

function scored({ rows, axes }: Case, towards: 'max' | 'min', reach: number) {
  const columns = {
    score: new Float64Array(rows.rowCount),
    roughness: new Float64Array(rows.rowCount),
    profitable: new Float64Array(rows.rowCount),
  };
  const work = createNeighbourhood(rows, { axes, column: 0, direction: towards, reach, count: rows.rowCount }, columns);
  while (!work.step(7));
  return columns;
}

describe('neighbourhood', () => {
  it('equals the naive twin for every row', () => {
    fc.assert(
      fc.property(study, direction, fc.constantFrom(1, 2), ({ rows, axes }, towards, reach) => {
        const { score, roughness, profitable } = scored({ rows, axes }, towards, reach);
        for (let row = 0; row < rows.rowCount; row++) {
          const wanted = naiveNeighbourhood(rows, axes, 0, towards, reach, 1, row, rows.rowCount);
          expect([score[row], roughness[row], profitable[row]]).toEqual([wanted.score, wanted.roughness, wanted.profitable]);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('finds the same trials by table and by hash', () => {
    fc.assert(
      fc.property(study, ({ rows, axes }) => {
        const sizes = axes.map(({ size }) => size);
        const dense = createLookup(rows, sizes);
        // A space too large for a table has the same rows under the same positions.
        const sparse = createLookup(
          rows,
          sizes.map((size) => size * 1000),
        );
        expect(dense.table).not.toBeNull();
        fc.pre(sparse.table === null);
        for (let row = 0; row < rows.rowCount; row++) {
          const at = rows.positions.map((positions) => positions[row]!);
          expect([dense.find(at), sparse.find(at)]).toEqual([row, row]);
          const beyond = at.map((position) => position + 5);
          expect(sparse.find(beyond)).toBe(-1);
        }
      }),
    );
  });

  it('names the leaders, their height over the neighbours and a region that holds the robust one', () => {
    fc.assert(
      fc.property(study, direction, (made, towards) => {
        const { rows, axes } = made;
        const { score } = scored(made, towards, 1);
        const { best, robust } = findLeaders(rows, 0, towards, score, rows.rowCount);
        const sign = towards === 'max' ? 1 : -1;
        const all = Array.from({ length: rows.rowCount }, (_, row) => row);
        const valued = all.filter((row) => rows.states[row] === COMPLETE && !Number.isNaN(rows.columns[0]![row]!));
        const ahead = (of: (row: number) => number) => (a: number, b: number) => sign * of(b) - sign * of(a) || a - b;
        expect(best).toBe([...valued].sort(ahead((row) => rows.columns[0]![row]!))[0] ?? -1);
        const sound = valued.filter((row) => Number.isFinite(score[row]!));
        const own = ahead((row) => rows.columns[0]![row]!);
        expect(robust).toBe([...sound].sort((a, b) => sign * score[b]! - sign * score[a]! || own(a, b))[0] ?? -1);
        if (best >= 0) {
          const others = naiveBox(rows, axes, 1, best, rows.rowCount).filter((row) => row !== best);
          const worst = sign * -Infinity;
          const median = naiveMedian(
            others.map((row) => (valued.includes(row) ? rows.columns[0]![row]! : worst)),
            towards,
          );
          expect(peakOf(rows, best, axes, 0, towards, 1, rows.rowCount).median).toEqual(median);
        }
        if (robust < 0) return;
        const region = findRegion(rows, robust, axes, 0, towards, score, rows.rowCount);
        expect([...region.rows]).toContain(robust);
        for (const row of region.rows) {
          expect(rows.states[row]).toBe(COMPLETE);
          axes.forEach((one, a) => {
            const at = rows.positions[a]![row]!;
            expect(at >= region.low[a]! && at <= region.high[a]!).toBe(true);
            if (one.kind === 'choice') expect(at).toBe(rows.positions[a]![robust]);
          });
        }
      }),
      { numRuns: 150 },
    );
  });

  it('orders by score, then by own value, then what has none', () => {
    fc.assert(
      fc.property(study, direction, (made, towards) => {
        const { rows } = made;
        const { score } = scored(made, towards, 1);
        const sign = towards === 'max' ? 1 : -1;
        const group = (row: number): number => {
          if (rows.states[row] !== COMPLETE) return 3;
          if (!Number.isNaN(score[row]!)) return 0;
          return Number.isNaN(rows.columns[0]![row]!) ? 2 : 1;
        };
        const key = (x: number): number => (Number.isNaN(x) ? -Infinity : sign * x);
        const compare = (x: number, y: number): number => (x === y ? 0 : x > y ? -1 : 1);
        const wanted = Array.from({ length: rows.rowCount }, (_, row) => row).sort((a, b) => {
          if (group(a) !== group(b)) return group(a) - group(b);
          if (group(a) > 1) return a - b;
          const byScore = group(a) === 0 ? compare(key(score[a]!), key(score[b]!)) : 0;
          return byScore || compare(key(rows.columns[0]![a]!), key(rows.columns[0]![b]!)) || a - b;
        });
        expect([...robustOrder(rows, fullOrder(rows, 0, towards), towards, score)]).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});

describe('median', () => {
  it('equals sorting', () => {
    const entry = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true }), fc.constantFrom(Infinity, -Infinity));
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 700 }), direction, (values, towards) => {
        const middle = medianInPlace(Float64Array.from(values), values.length, towards === 'max' ? -1 : 1);
        const wanted = naiveMedian(values, towards);
        expect(middle === wanted || Number.isNaN(wanted)).toBe(true);
      }),
    );
  });
});

describe('pareto front', () => {
  it('holds exactly the rows that no row dominates', () => {
    fc.assert(
      fc.property(study, direction, direction, ({ rows }, da, db) => {
        const sign = (d: 'max' | 'min'): number => (d === 'max' ? 1 : -1);
        const [x, y] = [rows.columns[0]!, rows.columns[1]!];
        const able = Array.from({ length: rows.rowCount }, (_, row) => row).filter(
          (row) => rows.states[row] === COMPLETE && !Number.isNaN(x[row]!) && !Number.isNaN(y[row]!),
        );
        const at = (row: number): [number, number] => [sign(da) * x[row]! + 0, sign(db) * y[row]! + 0];
        const wanted = able.filter((row) => {
          const [a, b] = at(row);
          return !able.some((other) => {
            const [c, d] = at(other);
            return c >= a && d >= b && (c > a || d > b);
          });
        });
        const front = paretoFront(rows, { column: 0, direction: da }, { column: 1, direction: db });
        expect([...front].sort((a, b) => a - b)).toEqual(wanted);
      }),
      { numRuns: 200 },
    );
  });
});
