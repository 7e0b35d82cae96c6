import { describe, expect, test } from 'vitest';
import { BLOCK_COLUMN, BLOCK_KEYS, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED } from '../../src/metrics/state.ts';
import { createCondensed } from '../../src/results/condensed.ts';
import { rowCsvLines } from '../../src/results/csv.ts';
import { takenColumns } from '../../src/results/take-away.ts';
import type { Axis } from '../../src/space/axis.ts';
import { growRows } from '../../src/study/copy-rows.ts';
import { piecesOfRanges, restoreRows } from '../../src/study/storage/rows-file.ts';
import { packRows, unpackRows } from '../../src/workers/carried-rows.ts';
import { valueOf } from '../support/kernel.ts';

const make = (bytes: number): ArrayBuffer => new ArrayBuffer(bytes);
const AXES: readonly Axis[] = [{ kind: 'list', name: 'n', size: 9, values: [1, 2, 3, 4, 5, 6, 7, 8, 9], fallback: 1 }];
const METRICS = [metricIndex('sharpe'), BLOCK_COLUMN];

/** Row r has position r, a Sharpe ratio of its own, and block moments 1000 × r + k. */
function filled(rowCount: number): Rows {
  const rows = createRows({ rowCount, axisCount: 1, metrics: METRICS }, make);
  for (let row = 0; row < rowCount; row++) {
    rows.states[row] = COMPLETE;
    rows.positions[0]![row] = row;
    rows.columns[0]![row] = [0.3, 0.9, 0.1, 0.7, 0.5, 0.2, 0.8, 0.4, 0.6][row]!;
    rows.moments.set(expected(row), row * BLOCK_NUMBERS);
  }
  return rows;
}

const expected = (row: number): number[] => Array.from({ length: BLOCK_NUMBERS }, (_, k) => 1000 * row + k);
const momentsAt = ({ moments }: Rows, row: number): number[] =>
  Array.from(moments.subarray(row * BLOCK_NUMBERS, (row + 1) * BLOCK_NUMBERS));

describe('block moments of rows', () => {
  test('leave as columns behind the metrics', () => {
    const rows = filled(3);
    rows.moments[BLOCK_NUMBERS] = NaN;
    const [header, first, second] = [...rowCsvLines(rows, AXES)].map((line) => line.split(','));
    expect(header).toEqual(['trial', 'n', 'state', 'sharpe', ...BLOCK_KEYS]);
    expect(first!.slice(4)).toEqual(expected(0).map(String));
    expect(second!.slice(4)).toEqual(['', ...expected(1).slice(1).map(String)]);
    const taken = takenColumns(rows, AXES);
    expect(taken.map(({ name }) => name)).toEqual(header);
    expect(taken.slice(4).map(({ value }) => value(2))).toEqual(expected(2));
    expect(taken[4]!.value(1)).toBeNull();
    const without = createRows({ rowCount: 1, axisCount: 1, metrics: [metricIndex('sharpe')] }, make);
    expect(without.moments).toHaveLength(0);
    expect([...rowCsvLines(without, AXES)][0]).toBe('trial,n,state,sharpe');
  });

  test('go along where rows are copied, carried and kept', () => {
    const rows = filled(9);
    const grown = valueOf(growRows(rows, 5, 12));
    expect([momentsAt(grown, 4), momentsAt(grown, 5)]).toEqual([expected(4), new Array(BLOCK_NUMBERS).fill(0)]);

    const target = createRows({ rowCount: 9, axisCount: 1, metrics: METRICS }, make);
    const packed = packRows(rows, 2, 5);
    const carried = valueOf(restoreRows(packed, AXES, make));
    carried.moments.set(rows.moments.subarray(2 * BLOCK_NUMBERS, 5 * BLOCK_NUMBERS));
    expect(unpackRows(target, 2, 2, carried.buffer as ArrayBuffer)).toBe(true);
    expect([2, 3, 4].map((row) => momentsAt(target, row)[7])).toEqual([2007, 3007, 0]);
    const other = createRows({ rowCount: 9, axisCount: 1, metrics: METRICS.slice(0, 1) }, make);
    expect(unpackRows(other, 2, 2, carried.buffer as ArrayBuffer)).toBe(false);
  });

  test('are part of every checkpoint', () => {
    const rows = filled(9);
    const restored = new Uint8Array(rows.buffer.byteLength);
    for (const { at, length } of piecesOfRanges(rows, [{ from: 3, to: 6 }])) {
      restored.set(new Uint8Array(rows.buffer, at, length), at);
    }
    const kept = valueOf(restoreRows(restored.buffer, AXES, make));
    expect([2, 3, 5, 6].map((row) => momentsAt(kept, row))).toEqual([
      new Array(BLOCK_NUMBERS).fill(0),
      expected(3),
      expected(5),
      new Array(BLOCK_NUMBERS).fill(0),
    ]);
  });

  test('stay with their trials among the best ones', () => {
    const rows = filled(9);
    rows.states[8] = FAILED;
    const condensed = createCondensed({ sizes: [9], metrics: METRICS, objective: 0, best: 4, surfaces: [0] }, make);
    condensed.commit(rows, 0, 0, 9);
    condensed.sort();
    const places = Array.from({ length: 4 }, (_, place) => place);
    const trials = places.map((place) => condensed.rows.positions[0]![place]!);
    expect(trials).toEqual([1, 6, 3, 4]);
    expect(places.map((place) => momentsAt(condensed.rows, place))).toEqual(trials.map(expected));
  });
});
