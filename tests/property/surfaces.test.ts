import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE } from '../../src/metrics/state.ts';
import { countBins, density, ecdf } from '../../src/results/bins.ts';
import { contours } from '../../src/results/contours.ts';
import { isWholeGrid } from '../../src/results/grid-rows.ts';
import { importance } from '../../src/results/importance.ts';
import { fullOrder } from '../../src/results/ranking.ts';
import { sliceBasis, slices, sliceStart } from '../../src/results/slices.ts';
import { naiveMedian, naiveQuantile, naiveSobol } from '../reference/neighbours.ts';
import { direction, SHARPE, study } from '../support/grids.ts';

describe('importance', () => {
  function grid(
    sizes: readonly number[],
    f: (at: number[]) => number,
  ): { rows: Rows; points: { at: number[]; value: number }[] } {
    const total = sizes.reduce((product, size) => product * size, 1);
    const rows = createRows({ rowCount: total, axisCount: sizes.length, metrics: [SHARPE] }, (bytes) => new ArrayBuffer(bytes));
    const points = Array.from({ length: total }, (_, row) => {
      const at = sizes.map(() => 0);
      let rest = row;
      for (let a = sizes.length - 1; a >= 0; a--) {
        at[a] = rest % sizes[a]!;
        rest = Math.floor(rest / sizes[a]!);
        rows.positions[a]![row] = at[a]!;
      }
      rows.states[row] = COMPLETE;
      rows.columns[0]![row] = f(at);
      return { at, value: f(at) };
    });
    return { rows, points };
  }

  it('equals grouping in maps on any full grid, and its parts add up to 1', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(sizes, fc.infiniteStream(fc.integer({ min: -9, max: 9 })), (shape, stream) => {
        const { rows, points } = grid(shape, () => Number(stream.next().value));
        rows.columns[0]!.forEach((v, row) => (points[row] = { ...points[row]!, value: v }));
        fc.pre(new Set(points.map((point) => point.value)).size > 1);
        const found = importance(rows, shape, 0);
        expect(found.exact).toBe(true);
        const all = shape.map((_, a) => a);
        for (const a of all) {
          expect(found.first[a]).toBeCloseTo(naiveSobol(points, [a]), 9);
          const others = all.filter((other) => other !== a);
          expect(found.total[a]).toBeCloseTo(1 - naiveSobol(points, others), 9);
        }
        for (const { a, b, share } of found.pairs) {
          const wanted = naiveSobol(points, [a, b]) - naiveSobol(points, [a]) - naiveSobol(points, [b]);
          expect(share).toBeCloseTo(wanted, 9);
        }
        const sum = [...found.first, ...found.pairs.map(({ share }) => share), found.rest].reduce((s, x) => s + x, 0);
        expect(sum).toBeCloseTo(1, 9);
      }),
      { numRuns: 150 },
    );
  });

  it('agrees with the known indices of Ishigami’s function and of Sobol’s g-function within 2 %', () => {
    const N = 40;
    const sizes = [N, N, N];
    const unit = (position: number): number => (position + 0.5) / N;
    const ishigami = grid(sizes, (at) => {
      const [x, y, z] = at.map((position) => -Math.PI + 2 * Math.PI * unit(position)) as [number, number, number];
      return Math.sin(x) + 7 * Math.sin(y) ** 2 + 0.1 * z ** 4 * Math.sin(x);
    });
    const found = importance(ishigami.rows, sizes, 0);
    [0.3139, 0.4424, 0].forEach((known, a) => expect(Math.abs(found.first[a]! - known)).toBeLessThan(0.02));
    [0.5576, 0.4424, 0.2437].forEach((known, a) => expect(Math.abs(found.total[a]! - known)).toBeLessThan(0.02));
    expect(found.pairs[0]).toMatchObject({ a: 0, b: 2 });
    expect(Math.abs(found.pairs[0]!.share - 0.2437)).toBeLessThan(0.02);

    const weights = [0, 1, 4.5];
    const g = grid(sizes, (at) =>
      at.reduce((product, position, a) => (product * (Math.abs(4 * unit(position) - 2) + weights[a]!)) / (1 + weights[a]!), 1),
    );
    const parts = weights.map((a) => 1 / 3 / (1 + a) ** 2);
    const whole = parts.reduce((product, part) => product * (1 + part), 1) - 1;
    const known = importance(g.rows, sizes, 0);
    parts.forEach((part, a) => expect(Math.abs(known.first[a]! - part / whole)).toBeLessThan(0.02));
  });
});

describe('slices', () => {
  it('go through the chosen trial, and their bands are quantiles of each value’s trials', () => {
    fc.assert(
      fc.property(study, fc.nat(), direction, ({ rows, axes }, pick, towards) => {
        fc.pre(rows.rowCount > 0);
        const row = pick % rows.rowCount;
        const sizes = axes.map(({ size }) => size);
        if (isWholeGrid(rows, sizes, rows.rowCount)) {
          const first = slices(rows, sizes, 0, row, sliceStart(sizes));
          const whole = slices(rows, sizes, 0, row, sliceBasis(rows, sizes, 0, fullOrder(rows, 0, towards), towards));
          expect(first.map((one) => [one.axis, one.through, one.rows])).toEqual(
            whole.map((one) => [one.axis, one.through, one.rows]),
          );
        }
        const basis = sliceBasis(rows, sizes, 0, fullOrder(rows, 0, towards), towards);
        for (const { axis: a, through, rows: members, low, middle, high } of slices(rows, sizes, 0, row, basis)) {
          for (let p = 0; p < sizes[a]!; p++) {
            const same = Array.from({ length: rows.rowCount }, (_, other) => other).filter(
              (other) => rows.positions[a]![other] === p,
            );
            const on = same.find((other) =>
              axes.every((_, b) => b === a || rows.positions[b]![other] === rows.positions[b]![row]),
            );
            expect(members[p]).toBe(on ?? -1);
            const known = on !== undefined && rows.states[on] === COMPLETE ? rows.columns[0]![on]! : NaN;
            expect(through[p]).toBe(known);
            const values = same.filter((other) => rows.states[other] === COMPLETE).map((other) => rows.columns[0]![other]!);
            const wanted = naiveMedian(
              values.filter((v) => !Number.isNaN(v)),
              'max',
            );
            if (Number.isNaN(wanted)) expect(middle[p]).toBeNaN();
            else expect(Math.abs(middle[p]! - wanted)).toBeLessThanOrEqual(1e-12);
            const ends = [0.1, 0.9].map((share) =>
              naiveQuantile(
                values.filter((v) => !Number.isNaN(v)),
                share,
              ),
            );
            [low[p]!, high[p]!].forEach((end, k) => {
              if (Number.isNaN(ends[k])) expect(end).toBeNaN();
              else expect(Math.abs(end - ends[k]!)).toBeLessThanOrEqual(1e-12);
            });
          }
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('contours', () => {
  const field = fc
    .record({ width: fc.integer({ min: 2, max: 7 }), height: fc.integer({ min: 2, max: 7 }) })
    .chain(({ width, height }) =>
      fc.record({
        width: fc.constant(width),
        height: fc.constant(height),
        values: fc.array(
          fc.oneof({ weight: 8, arbitrary: fc.integer({ min: -4, max: 4 }) }, { weight: 1, arbitrary: fc.constant(NaN) }),
          {
            minLength: width * height,
            maxLength: width * height,
          },
        ),
      }),
    );

  it('cut a side between two cells exactly where the value passes the level, as often as squares lie beside it', () => {
    fc.assert(
      fc.property(field, ({ width, height, values }) => {
        const level = 0.5;
        const [line] = contours(Float64Array.from(values), width, height, [level]);
        const ends = new Map<string, number>();
        const { segments } = line!;
        for (let i = 0; i < segments.length; i += 2) {
          const key = `${segments[i]!.toFixed(4)} ${segments[i + 1]!.toFixed(4)}`;
          ends.set(key, (ends.get(key) ?? 0) + 1);
        }
        const wanted = new Map<string, number>();
        const at = (x: number, y: number): number => values[y * width + x]!;
        const whole = (x: number, y: number): boolean =>
          x >= 0 &&
          y >= 0 &&
          x + 1 < width &&
          y + 1 < height &&
          [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)].every((v) => !Number.isNaN(v));
        for (let y = 0; y < height; y++) {
          for (let x = 0; x < width; x++) {
            for (const [dx, dy] of [
              [1, 0],
              [0, 1],
            ] as const) {
              if (x + dx >= width || y + dy >= height) continue;
              const [from, to] = [at(x, y), at(x + dx, y + dy)];
              if (!(from >= level !== to >= level) || Number.isNaN(from + to)) continue;
              const squares = Number(whole(x, y)) + Number(whole(x - dy, y - dx));
              if (squares === 0) continue;
              const share = (level - from) / (to - from);
              wanted.set(`${Math.fround(x + dx * share).toFixed(4)} ${Math.fround(y + dy * share).toFixed(4)}`, squares);
            }
          }
        }
        expect(new Map([...ends].sort())).toEqual(new Map([...wanted].sort()));
      }),
      { numRuns: 300 },
    );
  });
});

describe('bins', () => {
  it('count every value once, in all and in the brushed set', () => {
    fc.assert(
      fc.property(study, fc.nat({ max: 6 }), ({ rows }, every) => {
        const words = new Uint32Array((rows.rowCount + 31) >> 5);
        const picked: number[] = [];
        for (let row = 0; row < rows.rowCount; row += every + 1) {
          words[row >> 5]! |= 1 << (row & 31);
          picked.push(row);
        }
        const mask = { words, count: picked.length };
        const sound = (row: number): boolean => rows.states[row] === COMPLETE && !Number.isNaN(rows.columns[0]![row]!);
        const found = countBins(rows, 0, { low: -2, high: 2 }, 4, rows.rowCount, mask);
        const values = picked.filter(sound).map((row) => rows.columns[0]![row]!);
        expect(found.count).toBe(values.length);
        expect(found.below).toBe(values.filter((v) => v < -2).length);
        expect(found.counts[3]).toBe(values.filter((v) => v >= 1 && v <= 2).length);
        if (values.length > 0) expect(ecdf(found)[3]).toBeCloseTo(values.filter((v) => v <= 2).length / values.length, 12);
        const x = { column: 0, low: -5, high: 5, parts: 3 };
        const y = { column: 1, low: -5, high: 5, parts: 2 };
        const { all, brushed } = density(rows, x, y, rows.rowCount, mask);
        const both = Array.from({ length: rows.rowCount }, (_, row) => row).filter(
          (row) => sound(row) && !Number.isNaN(rows.columns[1]![row]!),
        );
        expect(all.reduce((a, b) => a + b, 0)).toBe(both.length);
        expect(brushed!.reduce((a, b) => a + b, 0)).toBe(both.filter((row) => picked.includes(row)).length);
      }),
    );
  });
});
