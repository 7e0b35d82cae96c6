import { describe, expect, test } from 'vitest';
import { addRange, createChunks } from '../../src/schedule/chunks.ts';

describe('chunks', () => {
  test('hands out ranges in order, only where positions are written', () => {
    const chunks = createChunks();
    expect(chunks.take(10)).toBeNull();
    chunks.allow(25);
    expect(chunks.take(10)).toEqual({ from: 0, to: 10 });
    expect(chunks.take(10)).toEqual({ from: 10, to: 20 });
    expect(chunks.waiting).toBe(5);
    expect(chunks.take(10)).toEqual({ from: 20, to: 25 });
    expect(chunks.take(10)).toBeNull();
    chunks.allow(26);
    expect(chunks.take(10)).toEqual({ from: 25, to: 26 });
    expect(chunks.waiting).toBe(0);
  });

  test('knows what is done, merged, and tells each range once', () => {
    const chunks = createChunks();
    chunks.allow(100);
    chunks.finish({ from: 10, to: 20 });
    chunks.finish({ from: 0, to: 10 });
    chunks.finish({ from: 30, to: 40 });
    expect(chunks.takeCompleted()).toEqual([
      { from: 0, to: 20 },
      { from: 30, to: 40 },
    ]);
    expect(chunks.takeCompleted()).toEqual([]);
    chunks.finish({ from: 20, to: 30 });
    expect(chunks.takeCompleted()).toEqual([{ from: 20, to: 30 }]);
    expect(chunks.finished()).toEqual([{ from: 0, to: 40 }]);
    expect(chunks.doneRows).toBe(40);
  });

  test('a range given back is handed out first, in parts where smaller ones are asked', () => {
    const chunks = createChunks();
    chunks.allow(40);
    chunks.take(10);
    chunks.take(10);
    chunks.giveBack({ from: 3, to: 10 });
    chunks.giveBack({ from: 5, to: 5 });
    expect(chunks.waiting).toBe(27);
    expect(chunks.take(5)).toEqual({ from: 3, to: 8 });
    expect(chunks.take(5)).toEqual({ from: 8, to: 10 });
    expect(chunks.take(5)).toEqual({ from: 20, to: 25 });
  });

  test('an empty range is nothing done', () => {
    const chunks = createChunks();
    chunks.finish({ from: 4, to: 4 });
    expect(chunks.doneRows).toBe(0);
    expect(chunks.takeCompleted()).toEqual([]);
  });
});

test('ranges merge with the one before, the one after, or both', () => {
  const ranges = [
    { from: 0, to: 2 },
    { from: 6, to: 8 },
  ];
  expect(addRange(ranges, { from: 2, to: 3 })).toEqual([
    { from: 0, to: 3 },
    { from: 6, to: 8 },
  ]);
  expect(addRange(ranges, { from: 4, to: 6 })).toEqual([
    { from: 0, to: 2 },
    { from: 4, to: 8 },
  ]);
  expect(addRange(ranges, { from: 2, to: 6 })).toEqual([{ from: 0, to: 8 }]);
  expect(addRange(ranges, { from: 10, to: 11 })).toEqual([...ranges, { from: 10, to: 11 }]);
  expect(addRange(ranges, { from: 3, to: 5 })).toEqual([ranges[0], { from: 3, to: 5 }, ranges[1]]);
});
