import { METRICS } from '../metrics/columns.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING } from '../metrics/state.ts';
import type { Axis } from '../space/axis.ts';
import { countBins, density, type Bins, type Density, type Ruler } from './bins.ts';
import { has, testedRows, type RowMask } from './brush.ts';
import { rankDirection, type Direction } from './direction.ts';
import { readFilter } from './filter.ts';
import { importance, type Importance } from './importance.ts';
import { edgesOf, findLeaders, peakOf, type EdgeFlag, type Leaders, type Peak } from './leaders.ts';
import { createNeighbourhood, type NeighbourhoodColumns } from './neighbourhood.ts';
import { paretoFront, type Aim } from './pareto.ts';
import { axisOrder, fullOrder, robustOrder } from './ranking.ts';
import { findRegion, type Region } from './region.ts';
import { sliceBasis, slices, type Slice, type SliceBasis } from './slices.ts';
import type { SurfaceSpec } from './spec.ts';
import { createSurface } from './surface.ts';

/** Which order of rows. `robust`: by the neighbourhood of the metric, whose `score` is that of the survey of this number. */
export type Sorting =
  | { readonly kind: 'metric'; readonly column: number; readonly direction: Direction }
  | { readonly kind: 'axis'; readonly axis: number; readonly direction: Direction }
  | {
      readonly kind: 'robust';
      readonly column: number;
      readonly direction: Direction;
      readonly score: Float64Array;
      readonly survey: number;
    };

/** A surface as plain data: cells and the rows that they show. */
export interface PlainSurface {
  readonly spec: SurfaceSpec;
  readonly width: number;
  readonly height: number;
  readonly values: Float64Array;
  readonly reasons: Uint8Array;
  readonly rows: Int32Array;
}

/** What is said of the space around the leaders. */
export interface Survey {
  readonly columns: NeighbourhoodColumns;
  readonly leaders: Leaders;
  readonly peak: Peak | null; // of the best row over its neighbours
  readonly edges: readonly EdgeFlag[]; // of the best row
  readonly region: Region | null; // around the most robust row
}

/** Questions about rows [0, count) that take longer than a frame may: they are answered on another thread. */
export interface Questions {
  survey(of: { column: number; direction: Direction; reach: number; count: number }): Survey;
  importance(of: { column: number; count: number }): Importance;
  order(of: { sorting: Sorting; count: number; mask: RowMask | null }): Uint32Array;
  /** @param score takes the place of the metric's column where it is given */
  surfaces(of: { specs: readonly SurfaceSpec[]; count: number; score: Float64Array | null }): PlainSurface[];
  /** Rows that a filter keeps, as a set of bits; none where it cannot be read. */
  filter(of: { text: string; count: number }): Uint32Array;
  slices(of: { column: number; row: number | null; count: number }): Slice[];
  bins(of: { column: number; low: number; high: number; bins: number; count: number; mask: RowMask | null }): Bins;
  density(of: { x: Ruler; y: Ruler; count: number; mask: RowMask | null }): Density;
  pareto(of: { a: Aim; b: Aim; count: number; mask: RowMask | null }): Uint32Array;
}

/** @param make memory for the columns of a survey; shared where the threads share it */
export function createQuestions(rows: Rows, axes: readonly Axis[], make: (bytes: number) => ArrayBufferLike): Questions {
  const sizes = axes.map(({ size }) => size);
  const bases = keep<SliceBasis>(1, () => 1);
  const orders = keep<Uint32Array>(MOST_ORDERS, () => 1);
  const drawn = keep<PlainSurface>(MOST_CELLS, ({ values }) => values.length); // of whole studies

  /** What kept answers hold for: rows [0, count) as far as they have finished. */
  function stamp(count: number): string {
    let finished = 0;
    for (let row = 0; row < count; row++) finished += Number(rows.states[row] !== PENDING);
    return `${count} ${finished}`;
  }

  function byValue(column: number, direction: Direction, count: number): Uint32Array {
    return orders(`${column} ${direction} ${stamp(count)}`, () => fullOrder(rows, column, direction, count));
  }

  function ordered(sorting: Sorting, count: number): Uint32Array {
    if (sorting.kind === 'axis') return axisOrder(rows, sorting.axis, sorting.direction, count);
    const { column, direction } = sorting;
    if (sorting.kind === 'metric') return byValue(column, direction, count);
    return orders(`survey ${sorting.survey} ${stamp(count)}`, () =>
      robustOrder(rows, byValue(column, direction, count), direction, sorting.score),
    );
  }

  /** Of rows in an order those that were run and that a set holds; in memory of its own. */
  function picked(order: Uint32Array, mask: RowMask | null): Uint32Array {
    const { states } = rows;
    const out = new Uint32Array(order.length);
    let size = 0;
    for (let i = 0; i < order.length; i++) {
      const row = order[i]!;
      if (states[row] !== PENDING && (mask === null || has(mask, row))) out[size++] = row;
    }
    return size === out.length ? out : out.slice(0, size);
  }

  function draw(spec: SurfaceSpec, count: number, score: Float64Array | null): PlainSurface {
    const read = score === null ? rows : withColumn(rows, spec.column, score);
    const surface = createSurface(read, sizes, spec, null, { count });
    const { width, height, values, reasons } = surface;
    return { spec, width, height, values, reasons, rows: surface.rows };
  }

  function drawnBefore(spec: SurfaceSpec, count: number): PlainSurface {
    const made = drawn(JSON.stringify([spec, stamp(count)]), () => draw(spec, count, null));
    // Whoever asked may give its copy away.
    return { ...made, values: made.values.slice(), reasons: made.reasons.slice(), rows: made.rows.slice() };
  }

  return {
    survey: (of) => survey(rows, axes, of, make),
    importance: ({ column, count }) => importance(rows, sizes, column, count),
    order: ({ sorting, count, mask }) => picked(ordered(sorting, count), mask),
    surfaces: ({ specs, count, score }) =>
      specs.map((spec) => (score === null && count === rows.rowCount ? drawnBefore(spec, count) : draw(spec, count, score))),
    slices({ column, row, count }) {
      const towards = directionOf(rows, column); // the table's, whose order is there already
      const make = (): SliceBasis => sliceBasis(rows, sizes, column, byValue(column, towards, count), towards);
      return slices(rows, sizes, column, row, bases(`${column} ${stamp(count)}`, make));
    },
    filter({ text, count }) {
      const read = readFilter(text, rows, axes);
      return testedRows(rows, count, { key: text, test: (row) => read.ok && read.value.keeps(row) });
    },
    bins: ({ column, low, high, bins, count, mask }) => countBins(rows, column, { low, high }, bins, count, mask),
    density: ({ x, y, count, mask }) => density(rows, x, y, count, mask),
    pareto: ({ a, b, count, mask }) => paretoFront(rows, a, b, count, mask),
  };
}

const MOST_ORDERS = 4; // four bytes per row each
const MOST_CELLS = 4_000_000; // 13 bytes each

/** The latest answers stand as long as the same is asked: those whose sizes sum up to `most`, and the last one whatever its size. */
function keep<T>(most: number, sizeOf: (made: T) => number): (key: string, make: () => T) => T {
  const kept = new Map<string, T>(); // the latest last
  return (key, make) => {
    const made = kept.get(key) ?? make();
    kept.delete(key);
    kept.set(key, made);
    let size = 0;
    for (const one of kept.values()) size += sizeOf(one);
    for (const [old, one] of kept) {
      if (size <= most || old === key) break;
      size -= sizeOf(one);
      kept.delete(old);
    }
    return made;
  };
}

function survey(
  rows: Rows,
  axes: readonly Axis[],
  { column, direction, reach, count }: Parameters<Questions['survey']>[0],
  make: (bytes: number) => ArrayBufferLike,
): Survey {
  const column64 = (): Float64Array => new Float64Array(make(8 * rows.rowCount)).fill(NaN);
  const columns = { score: column64(), roughness: column64(), profitable: column64() };
  createNeighbourhood(rows, { axes, column, direction, reach, count }, columns).step(count);
  const leaders = findLeaders(rows, column, direction, columns.score, count);
  const { best, robust } = leaders;
  return {
    columns,
    leaders,
    peak: best < 0 ? null : peakOf(rows, best, axes, column, direction, reach, count),
    edges: best < 0 ? [] : edgesOf(rows, best, axes),
    region: robust < 0 ? null : findRegion(rows, robust, axes, column, direction, columns.score, count),
  };
}

/** The same rows with another column in the place of one. */
export function withColumn(rows: Rows, column: number, values: Float64Array): Rows {
  return { ...rows, columns: rows.columns.with(column, values) };
}

/** The direction in which a stored column is ranked. */
export function directionOf(rows: Rows, column: number): Direction {
  return rankDirection(METRICS[rows.metrics[column] ?? -1]?.direction ?? 'none');
}
