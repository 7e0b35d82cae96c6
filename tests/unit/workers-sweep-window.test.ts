import { expect, test } from 'vitest';
import { createRows } from '../../src/metrics/rows.ts';
import { createMoving, type Moving } from '../../src/workers/sweep-window.ts';

const rows = createRows({ rowCount: 8, axisCount: 1, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));

test('segments are committed once each, in order, as they are done; the last one may be short', () => {
  const seen: number[][] = [];
  const window = {
    segmentRows: 4,
    committed: 0,
    commit: (_: unknown, at: number, from: number, count: number) => void seen.push([at, from, count]),
  };
  const moving = createMoving(rows, window, () => 0);
  expect(moving.commit([{ from: 4, to: 8 }], false)).toBe(false);
  expect(seen).toEqual([]);
  moving.commit([{ from: 0, to: 10 }], false);
  expect(seen).toEqual([
    [0, 0, 4],
    [4, 4, 4],
  ]);
  expect(moving.room()).toBe(16);
  moving.commit([{ from: 0, to: 10 }], true);
  expect(seen.at(-1)).toEqual([0, 8, 2]);
});

test('who ends the study on hearing of a segment commits no other one twice', () => {
  const seen: number[] = [];
  const all = [{ from: 0, to: 8 }];
  const window = {
    segmentRows: 4,
    committed: 0,
    commit(_: unknown, __: number, from: number) {
      seen.push(from);
      if (seen.length < 9) moving.commit(all, true);
    },
  };
  const moving: Moving = createMoving(rows, window, () => 0);
  moving.commit(all, false);
  expect(seen).toEqual([0, 4]);
});
