import { describe, expect, test } from 'vitest';
import { createPace, evenRows, type Pace } from '../../src/schedule/pace.ts';

/** Sizes of the chunks that one worker gets when each row takes `msPerRow`. */
function plan(pace: Pace, rows: number, msPerRow: number): number[] {
  const sizes: number[] = [];
  let left = rows;
  while (left > 0) {
    const size = pace.next(0, left);
    sizes.push(size);
    left -= size;
    pace.took(0, size, size * msPerRow);
  }
  return sizes;
}

describe('pace', () => {
  test('doubles from four rows to 25 ms, then shrinks to a third of the rest, down to half a millisecond', () => {
    expect(plan(createPace({ workers: 1 }), 1000, 0.25)).toEqual([
      4, 8, 16, 32, 64, 100, 100, 100, 100, 100, 100, 92, 62, 41, 27, 18, 12, 8, 6, 4, 2, 2, 2,
    ]);
  });

  test('a trial that takes longer than the target is a chunk of its own', () => {
    expect(plan(createPace({ workers: 2 }), 7, 40)).toEqual([2, 1, 1, 1, 1, 1]);
  });

  test('a chunk that was slower than expected shrinks the next at once', () => {
    const pace = createPace({ workers: 1, firstRows: 100 });
    expect(pace.next(0, 1e6)).toBe(100);
    pace.took(0, 100, 250);
    expect(pace.next(0, 1e6)).toBe(10);
  });

  test('grows twofold at most over the chunk that was measured, also where the clock saw no time pass', () => {
    const pace = createPace({ workers: 1 });
    pace.took(0, 4, 0);
    expect(pace.next(0, 1e9)).toBe(8);
    pace.took(0, 8, 0.001);
    expect(pace.next(0, 1e9)).toBe(16);
  });

  test('workers are measured apart and share the tail', () => {
    const pace = createPace({ workers: 2 });
    for (let rows = 4; rows <= 64; rows *= 2) pace.took(1, rows, rows);
    expect(pace.next(0, 10_000)).toBe(4);
    expect(pace.next(1, 10_000)).toBe(25);
    expect(pace.next(1, 60)).toBe(10);
    expect(pace.next(1, 1)).toBe(1);
  });

  test('an empty report changes nothing', () => {
    const pace = createPace({ workers: 1 });
    pace.took(0, 0, 5);
    expect(pace.next(0, 1000)).toBe(4);
  });

  test('a fixed size is kept whatever is measured', () => {
    expect(plan(createPace({ workers: 3, fixedRows: 7 }), 30, 9)).toEqual([7, 7, 7, 7, 2]);
  });

  test('rows that are cheaper together stay together, whatever is measured', () => {
    expect(plan(createPace({ workers: 2, togetherRows: 40 }), 200, 9)).toEqual([40, 40, 40, 34, 46]);
    expect(plan(createPace({ workers: 1, togetherRows: 40 }), 100, 9)).toEqual([40, 40, 20]);
  });

  test.each([
    [10_000, 2, 8192, 5000],
    [30_000, 2, 8192, 5000],
    [16_384, 2, 8192, 4096], // the larger of two parts would not fit
    [100, 1, 8192, 100],
    [3, 8, 8192, 1],
  ])('%d rows for %d workers, at most %d at a time, are cut by %d', (total, workers, most, rows) => {
    expect(evenRows(total, workers, most)).toBe(rows);
  });
});
