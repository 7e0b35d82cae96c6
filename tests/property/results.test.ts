import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, NO_TRADES, PENDING, RUINED, WARMUP } from '../../src/metrics/state.ts';
import { createDistribution } from '../../src/results/distribution.ts';
import { rowOf } from '../../src/results/lookup.ts';
import { axisOrder, createRanking, fullOrder } from '../../src/results/ranking.ts';
import { histogram, quantile, summarise } from '../../src/results/summary.ts';
import { AGGREGATES, type SurfaceSpec } from '../../src/results/spec.ts';
import { bestCell, createSurface } from '../../src/results/surface.ts';
import { naiveOrder, naiveSurface } from '../reference/results.ts';

const value = fc.oneof(
  fc.integer({ min: -4, max: 4 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(NaN, Infinity, -Infinity, -0, 0, Number.MIN_VALUE, -Number.MIN_VALUE),
);
const state = fc.oneof(
  { weight: 6, arbitrary: fc.constant(COMPLETE) },
  fc.constantFrom(PENDING, NO_TRADES, RUINED, WARMUP, FAILED),
);

interface Case {
  rows: Rows;
  sizes: number[];
  pieces: [number, number][]; // ranges that cover all rows, shuffled, some of them twice
}

/** Rows of a random subset of a small grid, in trial order, with random states and values. */
const study: fc.Arbitrary<Case> = fc
  .array(fc.integer({ min: 1, max: 5 }), { minLength: 0, maxLength: 3 })
  .chain((sizes) => {
    const total = sizes.reduce((a, b) => a * b, 1);
    return fc.record({
      sizes: fc.constant(sizes),
      cells: fc.array(fc.record({ keep: fc.boolean(), state, value }), { minLength: total, maxLength: total }),
      cuts: fc.array(fc.nat({ max: total }), { maxLength: 4 }),
      order: fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
    });
  })
  .map(({ sizes, cells, cuts, order }) => {
    const kept = cells.flatMap((cell, trial) => (cell.keep ? [{ ...cell, trial }] : []));
    const rows = createRows(
      { rowCount: kept.length, axisCount: sizes.length, metrics: [4] },
      (bytes) => new ArrayBuffer(bytes),
    );
    kept.forEach((cell, row) => {
      rows.states[row] = cell.state;
      rows.columns[0]![row] = cell.value;
      let rest = cell.trial;
      for (let a = sizes.length - 1; a >= 0; a--) {
        rows.positions[a]![row] = rest % sizes[a]!;
        rest = Math.floor(rest / sizes[a]!);
      }
    });
    const edges = [0, ...cuts.map((cut) => Math.min(cut, kept.length)).sort((a, b) => a - b), kept.length];
    const pieces = edges.slice(1).map((to, i): [number, number] => [edges[i]!, to]);
    pieces.push(pieces[0]!);
    const shuffled = pieces.map((piece, i) => ({ piece, key: order[i % order.length]! })).sort((a, b) => a.key - b.key);
    return { rows, sizes, pieces: shuffled.map(({ piece }) => piece) };
  });

const direction = fc.constantFrom('max' as const, 'min' as const);

describe('ranking', () => {
  it('orders all rows as a plain sort does', () => {
    fc.assert(
      fc.property(study, direction, ({ rows }, towards) => {
        expect([...fullOrder(rows, 0, towards)]).toEqual(naiveOrder(rows, 0, towards, rows.rowCount));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the head of the full order, whatever the ranges and their order', () => {
    fc.assert(
      fc.property(study, direction, fc.integer({ min: 1, max: 7 }), ({ rows, pieces }, towards, capacity) => {
        const ranking = createRanking(rows, 0, towards, capacity);
        for (const [from, to] of pieces) ranking.update(from, to);
        const ranked = naiveOrder(rows, 0, towards, rows.rowCount).filter(
          (row) => rows.states[row] === COMPLETE && !Number.isNaN(rows.columns[0]![row]!),
        );
        expect([...ranking.top()]).toEqual(ranked.slice(0, capacity));
        expect(ranking.best()).toBe(ranked[0] ?? -1);
      }),
      { numRuns: 300 },
    );
  });

  it('orders by an axis, ties by row, pending rows last', () => {
    fc.assert(
      fc.property(study, direction, ({ rows, sizes }, towards) => {
        fc.pre(sizes.length > 0);
        const sign = towards === 'max' ? -1 : 1;
        const all = Array.from({ length: rows.rowCount }, (_, row) => row);
        const late = (row: number): number => Number(rows.states[row] === PENDING);
        const at = (row: number): number => (late(row) === 1 ? 0 : sign * rows.positions[0]![row]!);
        all.sort((a, b) => late(a) - late(b) || at(a) - at(b) || a - b);
        expect([...axisOrder(rows, 0, towards)]).toEqual(all);
      }),
    );
  });
});

describe('surface', () => {
  const picked = study.chain((made) => {
    const axis = made.sizes.length === 0 ? fc.constant(null) : fc.option(fc.nat({ max: made.sizes.length - 1 }));
    return fc
      .record({
        x: axis,
        y: axis,
        aggregate: fc.constantFrom(...AGGREGATES),
        direction,
        held: fc.array(fc.option(fc.nat()), { minLength: 3, maxLength: 3 }),
      })
      .filter(({ x, y }) => x === null || x !== y)
      .map(({ held, ...rest }) => {
        const fixed = made.sizes.map((size, a) => {
          const at = held[a] ?? null;
          return a === rest.x || a === rest.y || at === null ? null : at % size;
        });
        return { ...made, spec: { ...rest, fixed, column: 0 } satisfies SurfaceSpec };
      });
  });

  it('reads a whole grid in trial order straight from its rows, as it gathers them', () => {
    const small = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 });
    // Long enough for runs of trials without a value that are written together.
    const long = fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 25, max: 70 }), fc.integer({ min: 1, max: 2 }));
    const whole = fc.oneof(small, long).chain((sizes) => {
      const total = sizes.reduce((product, size) => product * size, 1);
      const cell = fc.record({ state: fc.constantFrom(COMPLETE, COMPLETE, COMPLETE, PENDING, 2, 5), value: fc.double() });
      const valued = fc.record({ state: fc.constant(COMPLETE), value: fc.double({ noNaN: true }) });
      const size = { minLength: total, maxLength: total };
      const run = fc
        .tuple(cell, fc.integer({ min: 1, max: 90 }))
        .map(([one, length]) => new Array<typeof one>(length).fill(one));
      const runs = fc.array(run, { minLength: 1, maxLength: 6 }).map((parts) => {
        const flat = parts.flat();
        return Array.from({ length: total }, (_, at) => flat[at % flat.length]!);
      });
      return fc.record({
        sizes: fc.constant(sizes),
        cells: fc.oneof(fc.array(cell, size), fc.array(valued, size), runs),
        towards: direction,
        x: fc.nat({ max: sizes.length - 1 }),
        y: fc.option(fc.nat({ max: sizes.length - 1 })),
        held: fc.array(fc.nat(), { minLength: 4, maxLength: 4 }),
        early: fc.nat({ max: total }),
      });
    });
    fc.assert(
      fc.property(whole, ({ sizes, cells, towards, x, y: other, held, early }) => {
        const y = other === x ? null : other;
        const rows = createRows({ rowCount: cells.length, axisCount: sizes.length, metrics: [4] }, (n) => new ArrayBuffer(n));
        cells.forEach(({ state, value }, row) => {
          rows.states[row] = state;
          rows.columns[0]![row] = value;
          let rest = row;
          for (let a = sizes.length - 1; a >= 0; a--) {
            rows.positions[a]![row] = rest % sizes[a]!;
            rest = Math.floor(rest / sizes[a]!);
          }
        });
        const fixed = sizes.map((size, a) => (a === x || a === y ? null : held[a]! % size));
        const spec: SurfaceSpec = { x, y, fixed, aggregate: 'best', column: 0, direction: towards };
        const surface = createSurface(rows, sizes, spec, null);
        surface.update(0, early);
        expect(surface.known).toBeNull();
        surface.rebuild(cells.length);
        const expected = naiveSurface(rows, sizes, spec, null, cells.length);
        const asked = expected.map((_, i) => surface.rowAt(i)); // before anything has asked for all of them
        expect(expected.map((_, i) => [surface.values[i], surface.reasons[i], surface.rows[i]])).toEqual(
          expected.map(({ value, reason, row }) => [value, reason, row]),
        );
        expect(asked).toEqual(expected.map(({ row }) => row));
        // One more row makes it gather, from what was read straight.
        surface.update(0, cells.length);
        expect(expected.map((_, i) => [surface.values[i], surface.reasons[i], surface.rowAt(i)])).toEqual(
          expected.map(({ value, reason, row }) => [value, reason, row]),
        );
        surface.rebuild(cells.length);
        // What is found on the way equals what looking at every cell finds.
        const looked = { ...surface, known: null };
        const values = expected.flatMap(({ value }) => (Number.isNaN(value) ? [] : [value + 0]));
        const { low, high, ...rest } = surface.known!;
        expect([low + 0, high + 0]).toEqual([Math.min(...values), Math.max(...values)]);
        expect(rest).toEqual({
          best: bestCell(looked),
          valued: expected.every(({ reason }) => reason === COMPLETE),
          finished: expected.every(({ reason }) => reason !== PENDING),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('agrees with filtering the rows of each cell, incrementally and rebuilt', () => {
    fc.assert(
      fc.property(picked, fc.boolean(), ({ rows, sizes, pieces, spec }, masked) => {
        const cells = (spec.x === null ? 1 : sizes[spec.x]!) * (spec.y === null ? 1 : sizes[spec.y]!);
        const mask = masked ? Uint8Array.from({ length: cells }, (_, i) => i % 2) : null;
        const expected = naiveSurface(rows, sizes, spec, mask, rows.rowCount);
        const surface = createSurface(rows, sizes, spec, mask);
        const look = (): { value: number; reason: number; row: number }[] =>
          expected.map((_, i) => ({ value: surface.values[i]!, reason: surface.reasons[i]!, row: surface.rows[i]! }));
        const close = (): void => {
          look().forEach((cell, i) => {
            const wanted = expected[i]!;
            expect([cell.reason, cell.row]).toEqual([wanted.reason, wanted.row]);
            // Sums come in another order; everything else is exact.
            if (spec.aggregate === 'mean' && Number.isFinite(wanted.value)) {
              expect(Math.abs(cell.value - wanted.value)).toBeLessThanOrEqual(1e-9 * largest(rows));
            } else if (spec.aggregate !== 'mean')
              expect(cell.value === wanted.value || Object.is(cell.value, wanted.value)).toBe(true);
          });
        };
        for (const [from, to] of pieces) surface.update(from, to);
        close();
        surface.rebuild(rows.rowCount);
        close();
      }),
      { numRuns: 400 },
    );
  });

  it('knows the cell of a row and the best cell', () => {
    fc.assert(
      fc.property(picked, ({ rows, sizes, spec }) => {
        const surface = createSurface(rows, sizes, spec, null);
        surface.rebuild(rows.rowCount);
        surface.rows.forEach((row, cell) => {
          if (row >= 0) expect(surface.cellOf(row)).toBe(cell);
        });
        const best = bestCell(surface);
        const sign = spec.direction === 'max' ? 1 : -1;
        const ranked = [...surface.values].filter((x) => !Number.isNaN(x)).sort((a, b) => sign * (a < b ? 1 : a > b ? -1 : 0));
        if (ranked.length === 0) expect(best).toBe(-1);
        else expect(surface.values[best] === ranked[0]).toBe(true);
      }),
    );
  });
});

function largest(rows: Rows): number {
  return rows.columns[0]!.reduce((most, x) => (Number.isFinite(x) ? Math.max(most, Math.abs(x)) : most), 1e-300);
}

describe('lookup', () => {
  it('finds every row by its positions, by bisection and by scan, and nothing else', () => {
    fc.assert(
      fc.property(study, ({ rows, sizes }) => {
        const total = sizes.reduce((a, b) => a * b, 1);
        for (let trial = 0; trial < total; trial++) {
          const positions = sizes.map(() => 0);
          let rest = trial;
          for (let a = sizes.length - 1; a >= 0; a--) {
            positions[a] = rest % sizes[a]!;
            rest = Math.floor(rest / sizes[a]!);
          }
          const wanted =
            Array.from({ length: rows.rowCount }, (_, row) => row).find((row) =>
              positions.every((at, a) => rows.positions[a]![row] === at),
            ) ?? -1;
          expect(rowOf(rows, positions)).toBe(wanted);
          expect(rowOf(rows, positions, rows.rowCount, false)).toBe(wanted);
        }
      }),
    );
  });
});

describe('distribution', () => {
  const sane = fc.array(
    fc.oneof(fc.double({ min: -50, max: 50, noNaN: true }), fc.constantFrom(0, NaN, Infinity, 1e9, -3e-12)),
    { minLength: 1, maxLength: 200 },
  );

  it('has exact counts and extremes, and quantiles within a bucket of the exact ones', () => {
    fc.assert(
      fc.property(sane, fc.double({ min: 0, max: 1, noNaN: true }), (values, q) => {
        const rows = createRows({ rowCount: values.length, axisCount: 0, metrics: [4] }, (bytes) => new ArrayBuffer(bytes));
        rows.columns[0]!.set(values);
        rows.states.fill(COMPLETE);
        const made = createDistribution(rows, 0);
        const half = values.length >> 1;
        made.update(half, values.length);
        made.update(0, values.length);
        const exact = summarise(rows, 0);
        expect(made.count).toBe(exact.count);
        expect(made.min === exact.min || Number.isNaN(exact.min)).toBe(true);
        expect(made.max === exact.max || Number.isNaN(exact.max)).toBe(true);
        const finite = exact.sorted.filter((x) => Number.isFinite(x));
        if (finite.length === 0) return;
        const rank = Math.floor(q * (finite.length - 1));
        const near = Math.abs(made.quantile(q) - finite[rank]!);
        expect(near).toBeLessThanOrEqual(Math.abs(finite[rank]!) / 128 + 1e-8);
        const inside = finite.filter((x) => x >= -60 && x <= 60).length;
        const sum = made.bins(-60, 60, 24).reduce((a, b) => a + b, 0);
        expect(Math.abs(sum - inside)).toBeLessThan(1e-6 * values.length);
      }),
      { numRuns: 300 },
    );
  });

  it('exact histogram and quantiles agree with counting', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1 }), (values) => {
        const sorted = Float64Array.from(values).sort();
        const counts = histogram(sorted, -20, 20, 8);
        expect(counts.reduce((a, b) => a + b, 0)).toBe(values.length);
        expect(counts[0]).toBe(values.filter((x) => x < -15).length);
        expect(quantile(sorted, 0)).toBe(sorted[0]);
        expect(quantile(sorted, 1)).toBe(sorted.at(-1));
      }),
    );
  });
});
