import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCosts } from '../../src/kernel/costs.ts';
import type { Course } from '../../src/kernel/course.ts';
import { buildHeldTables, rangePieces } from '../../src/kernel/held-tables.ts';
import { BLOCK_SHIFT, heldBytes, openHeldMemory, READY, UNDER_WAY } from '../../src/strategy/held-memory.ts';
import { heldMoves, heldRange } from '../reference/held-range.ts';
import { FREE } from '../support/kernel.ts';

const BLOCK = 1 << BLOCK_SHIFT;

const closes = fc
  .array(fc.constantFrom(0.5, 0.9, 0.99, 1, 1, 1.01, 1.1, 2), { minLength: BLOCK + 1, maxLength: 9 * BLOCK + 5 })
  .map((moves) => {
    let price = 100;
    return Float64Array.from(moves, (move) => (price = Math.min(1e9, Math.max(1e-3, price * move))));
  });

function courseOf(close: Float64Array, startBar: number, samples: readonly number[] | null): Course {
  let nextSample: Int32Array | null = null;
  if (samples !== null) {
    nextSample = new Int32Array(close.length);
    for (const [k, bar] of samples.entries()) nextSample.fill(bar, k === 0 ? 0 : samples[k - 1]! + 1, bar + 1);
  }
  const clock = { samples: close.length, years: 1, periodsPerYear: 252, buyHold: 0 };
  const prices = { open: close, high: close, low: close, close };
  const { costs, load } = createCosts(FREE, 1);
  const paid = { execution: FREE, costs, loadCosts: load, nights: null };
  return { count: close.length, ...prices, startBar, nextSample, blocks: null, ...clock, ...paid };
}

test('a range is the join of its pieces', () => {
  fc.assert(
    fc.property(closes, fc.nat(), fc.nat(10_000), (close, a, b) => {
      const from = a % BLOCK;
      const last = BLOCK + (b % (close.length - BLOCK));
      const { falls } = buildHeldTables(courseOf(close, 0, null));
      const pieces = new Int32Array(4);
      const count = rangePieces(close.length, from, last, pieces);
      let [high, low, fall] = [-Infinity, Infinity, 1];
      for (const at of pieces.subarray(0, count)) {
        fall = Math.min(fall, falls[at + 2]!, high > 0 ? falls[at + 1]! / high : 1);
        high = Math.max(high, falls[at]!);
        low = Math.min(low, falls[at + 1]!);
      }
      expect({ high, low, fall }).toEqual(heldRange(close, from, last));
    }),
    { numRuns: 500 },
  );
});

test('sums between two bars are differences of the table', () => {
  fc.assert(
    fc.property(closes, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 9 }), (close, a, b, every) => {
      const last = close.length - 1;
      const samples = Array.from(close, (_, bar) => bar).filter((bar) => bar === last || bar % every === every - 1);
      const { moves } = buildHeldTables(courseOf(close, 0, every === 1 ? null : samples));
      const known = samples.filter((bar) => bar <= Math.max(a % close.length, b % close.length));
      if (known.length < 2) return;
      const from = known[a % (known.length - 1)]!;
      const to = Math.max(from, Math.max(a % close.length, b % close.length));
      heldMoves(close, samples, from, to).forEach((expected, k) => {
        const is = moves[4 * to + k]! - moves[4 * from + k]!;
        expect(Math.abs(is - expected)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(moves[4 * to + k]!)));
      });
      expect(moves[4 * to + 3]).toBe(close[known.at(-1)! <= to ? known.at(-1)! : from]);
    }),
    { numRuns: 500 },
  );
});

test('tables in shared memory are built once; whoever waits in vain builds its own', () => {
  const course = courseOf(
    Float64Array.from({ length: 100 }, (_, i) => 100 + ((i * 7) % 13)),
    3,
    null,
  );
  const own = buildHeldTables(course);
  const memory = new SharedArrayBuffer(heldBytes(100));
  expect(buildHeldTables(course, memory)).toEqual(own);
  const { state, moves } = openHeldMemory(memory, 100);
  expect(state[0]).toBe(READY);
  moves[50] = -1; // what the next one reads, and does not build
  expect(buildHeldTables(course, memory).moves[50]).toBe(-1);
  state[0] = UNDER_WAY; // by a worker that was ended
  expect(buildHeldTables(course, memory)).toEqual(own);
  expect(buildHeldTables(course, new SharedArrayBuffer(heldBytes(99)))).toEqual(own);
});
