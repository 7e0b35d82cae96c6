import { describe, expect, it } from 'vitest';
import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, NO_TRADES, PENDING } from '../../src/metrics/state.ts';
import { csvNumber, csvText, rowCsvChunks, rowCsvLines } from '../../src/results/csv.ts';
import { excludedCells, leftOutText } from '../../src/results/mask.ts';
import { createRanking, fullOrder } from '../../src/results/ranking.ts';
import { defaultSpec, isFolded, withAxis, withFixed } from '../../src/results/spec.ts';
import { quantile, shareBeaten, summarise } from '../../src/results/summary.ts';
import {
  CELL_EXCLUDED,
  CELL_NOT_RUN,
  CELL_UNDEFINED,
  CELL_VALUE,
  closeSurface,
  createSurface,
} from '../../src/results/surface.ts';
import type { Axis } from '../../src/space/axis.ts';
import { makeChoiceAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import type { Space } from '../../src/space/space.ts';

function made<T>(outcome: { ok: true; value: T } | { ok: false }): T {
  if (!outcome.ok) throw new Error('not made');
  return outcome.value;
}

const fast = made(makeRangeAxis('fast', '2', '5', '1', '2'));
const slow = made(makeRangeAxis('slow', '2', '4', '1', '4'));
const kind = made(makeChoiceAxis('kind', ['sma', 'ema']));

function rowsOf(positions: number[][], values: number[][], states: number[], metrics: string[]): Rows {
  const shape = {
    rowCount: positions.length,
    axisCount: positions[0]?.length ?? 0,
    metrics: metrics.map((key) => metricIndex(key as 'sharpe')),
  };
  const rows = createRows(shape, (bytes) => new ArrayBuffer(bytes));
  positions.forEach((at, row) => {
    at.forEach((position, a) => (rows.positions[a]![row] = position));
    values[row]!.forEach((value, k) => (rows.columns[k]![row] = value));
    rows.states[row] = states[row]!;
  });
  return rows;
}

/** One axis, one metric. */
function line(values: number[], states = values.map(() => COMPLETE)): Rows {
  return rowsOf(
    values.map((_, i) => [i]),
    values.map((v) => [v]),
    states,
    ['sharpe'],
  );
}

describe('order', () => {
  const rows = line([1, NaN, Infinity, 5, -Infinity, 5, 9], [1, 1, 1, 1, 1, 1, NO_TRADES]);

  it('ranks infinities as values, then undefined, then rows that are not complete, under both directions', () => {
    expect([...fullOrder(rows, 0, 'max')]).toEqual([2, 3, 5, 0, 4, 1, 6]);
    expect([...fullOrder(rows, 0, 'min')]).toEqual([4, 0, 3, 5, 2, 1, 6]);
  });

  it('treats the two zeros as a tie, broken by the row', () => {
    expect([...fullOrder(line([0, -0, 0]), 0, 'max')]).toEqual([0, 1, 2]);
    expect([...fullOrder(line([0, -0, 0]), 0, 'min')]).toEqual([0, 1, 2]);
  });

  it('orders nothing', () => {
    expect([...fullOrder(rows, 0, 'max', 0)]).toEqual([]);
    expect(createRanking(rows, 0, 'max').best()).toBe(-1);
  });

  it('sorts a large column as the built-in sort does', () => {
    const n = 60_000;
    const rows = createRows({ rowCount: n, axisCount: 0, metrics: [0] }, (bytes) => new SharedArrayBuffer(bytes));
    for (let row = 0, seed = 1; row < n; row++) {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      rows.columns[0]![row] = (seed - 2 ** 31) / (row % 3 === 0 ? 2 ** 20 : 2 ** 45);
      rows.states[row] = COMPLETE;
    }
    const order = fullOrder(rows, 0, 'min');
    const sorted = [...order].map((row) => rows.columns[0]![row]!);
    expect(sorted).toEqual([...rows.columns[0]!].sort((a, b) => a - b));
    expect([...createRanking(rows, 0, 'min').top()]).toEqual([]);
  });
});

describe('surface', () => {
  const sizes = [4, 3];
  const spec = { x: 0, y: 1, fixed: [null, null], aggregate: 'best', column: 0, direction: 'max' } as const;

  it('says why a cell has no value', () => {
    const rows = rowsOf(
      [
        [0, 0],
        [1, 0],
        [2, 0],
        [3, 0],
      ],
      [[1], [NaN], [3], [4]],
      [COMPLETE, COMPLETE, FAILED, PENDING],
      ['sharpe'],
    );
    const surface = createSurface(
      rows,
      sizes,
      spec,
      Uint8Array.from({ length: 12 }, (_, cell) => Number(cell === 11)),
    );
    surface.update(0, 4);
    expect([...surface.reasons.slice(0, 4)]).toEqual([CELL_VALUE, CELL_UNDEFINED, FAILED, CELL_NOT_RUN]);
    expect([...surface.rows.slice(0, 4)]).toEqual([0, 1, 2, -1]);
    expect(surface.reasons[11]).toBe(CELL_EXCLUDED);
    expect(surface.reasons[10]).toBe(CELL_NOT_RUN);
    closeSurface(surface);
    expect(surface.reasons[10]).toBe(CELL_EXCLUDED);
  });

  it('keeps a cell left out where the rows of a whole grid have nothing for it', () => {
    const rows = rowsOf([[0], [1]], [[NaN], [2]], [PENDING, COMPLETE], ['sharpe']);
    const surface = createSurface(rows, [2], { ...spec, y: null, fixed: [null] }, Uint8Array.of(1, 0));
    surface.rebuild(2);
    expect([...surface.reasons]).toEqual([CELL_EXCLUDED, CELL_VALUE]);
  });

  it('tells which cells an update touched', () => {
    const rows = rowsOf(
      [
        [1, 1],
        [2, 1],
        [2, 2],
      ],
      [[1], [2], [3]],
      [1, 1, 1],
      ['sharpe'],
    );
    const surface = createSurface(rows, sizes, spec, null);
    Object.assign(surface.touched, { x0: 0, y0: 0, x1: -1, y1: -1 });
    surface.update(1, 3);
    expect(surface.touched).toEqual({ x0: 2, y0: 1, x1: 2, y1: 2 });
  });

  it('has one cell for a study without axes', () => {
    const rows = rowsOf([[]], [[0.5]], [COMPLETE], ['sharpe']);
    const surface = createSurface(rows, [], { ...spec, x: null, y: null, fixed: [] }, null);
    surface.rebuild(1);
    expect([...surface.values]).toEqual([0.5]);
  });

  it('begins with the first two ordered axes; the rest is folded', () => {
    const axes: Axis[] = [kind, fast, made(makeRangeAxis('one', '3', '3', '1', '3')), slow];
    const first = defaultSpec(axes, 0, 'max');
    expect(first).toMatchObject({ x: 3, y: 1, fixed: [null, null, 0, null] });
    expect(isFolded(axes, first)).toBe(true);
    expect(isFolded(axes, withFixed(first, 0, 1))).toBe(false);
    expect(withAxis(first, 'x', 1)).toMatchObject({ x: 1, y: 3 });
    expect(withAxis(withFixed(first, 0, 1), 'y', 0)).toMatchObject({ x: 3, y: 0, fixed: [null, null, 0, null] });
    expect(defaultSpec([kind], 0, 'max')).toMatchObject({ x: 0, y: null });
    expect(defaultSpec([], 0, 'max')).toMatchObject({ x: null, y: null });
  });
});

describe('mask', () => {
  const place = { kind: 'text', line: 1, column: 1, length: 1 } as const;
  const less = { op: 'compare', fn: 'lt', left: { op: 'axis', axis: 0 }, right: { op: 'axis', axis: 1 } } as const;
  const space: Space = { axes: [fast, slow, kind], constraints: [{ expr: less, text: 'fast < slow', axes: [0, 1], place }] };
  const spec = { x: 0, y: 1, fixed: [null, null, 0], aggregate: 'best', column: 0, direction: 'max' } as const;

  it('knows the cells that a constraint leaves out before any row', () => {
    expect([...excludedCells(space, spec)!]).toEqual([1, 1, 1, 1, 0, 1, 1, 1, 0, 0, 1, 1]);
  });

  it('reads fixed positions, and is silent where a constraint needs a folded axis', () => {
    expect([...excludedCells(space, { ...spec, y: 2, fixed: [null, 1, null] })!]).toEqual([0, 1, 1, 1, 0, 1, 1, 1]);
    expect(excludedCells(space, { ...spec, y: 2, fixed: [null, null, null] })).toBe(null);
  });

  it('turns a constraint into what it leaves out', () => {
    expect(leftOutText('fast < slow')).toBe('fast ≥ slow');
    expect(leftOutText('a + 2 >= b * 3')).toBe('a + 2 < b * 3');
    expect(leftOutText('a < b and b < c')).toBe('not (a < b and b < c)');
  });
});

describe('summary', () => {
  it('takes quantiles as numpy does', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.25)).toBe(1.75);
    expect(quantile([], 0.5)).toBe(NaN);
    expect(quantile([1, Infinity, Infinity], 0.9)).toBe(Infinity);
  });

  it('counts only complete rows with a value', () => {
    const rows = line([1, 3, NaN, 100, Infinity], [1, 1, 1, NO_TRADES, 1]);
    expect(summarise(rows, 0)).toMatchObject({ count: 3, undefined: 1, min: 1, max: Infinity, mean: 2 });
    expect(shareBeaten(rows, 0, 1, 'max')).toBe(0.5);
    expect(shareBeaten(rows, 0, 1, 'min')).toBe(0.5);
    expect(shareBeaten(rows, 0, 4, 'max')).toBe(1);
    expect(shareBeaten(rows, 0, 3, 'max')).toBe(NaN);
  });
});

describe('csv', () => {
  it('has a line per row in trial order, names of choices, shortest numbers, empty undefined metrics', () => {
    const rows = rowsOf(
      [
        [0, 0],
        [3, 1],
        [3, 0],
      ],
      [
        [0.1 + 0.2, 3],
        [NaN, Infinity],
        [7, 7],
      ],
      [COMPLETE, NO_TRADES, PENDING],
      ['sharpe', 'profitFactor'],
    );
    expect([...rowCsvLines(rows, [fast, kind])]).toEqual([
      'trial,fast,kind,state,sharpe,profitFactor',
      '0,2,sma,complete,0.30000000000000004,3',
      '7,5,ema,noTrades,,Infinity',
      '6,5,sma,pending,,',
    ]);
    const chunks = [...rowCsvChunks(rows, [fast, kind], 3, 3)];
    expect(chunks.map((chunk) => chunk.split('\n').length)).toEqual([4, 2]);
  });

  it('has one line for a study without axes', () => {
    const rows = rowsOf([[]], [[-0.5]], [COMPLETE], ['sharpe']);
    expect([...rowCsvLines(rows, [])]).toEqual(['trial,state,sharpe', '0,complete,-0.5']);
  });

  it('numbers trials beyond 2^53 exactly', () => {
    const wide = made(makeRangeAxis('w', '0', '2000000000', '1', '0'));
    const rows = rowsOf([[2_000_000_000, 2_000_000_000]], [[1]], [COMPLETE], ['sharpe']);
    expect([...rowCsvLines(rows, [wide, wide])][1]).toMatch(/^4000000004000000000,/);
  });

  it('quotes by RFC 4180 and disarms formulas', () => {
    expect(csvText('a,b')).toBe('"a,b"');
    expect(csvText('say "x"\n')).toBe('"say ""x""\n"');
    expect(csvText('=1+1')).toBe("'=1+1");
    expect(csvText('@x,')).toBe('"\'@x,"');
    expect([csvNumber(1e21), csvNumber(-5e-324), csvNumber(NaN), csvNumber(-Infinity)]).toEqual([
      '1e+21',
      '-5e-324',
      '',
      '-Infinity',
    ]);
  });
});
