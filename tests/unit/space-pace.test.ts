import { expect, it } from 'vitest';
import { createRows } from '../../src/metrics/rows.ts';
import { createGrid } from '../../src/search/grid.ts';
import { countSpace, createCounter } from '../../src/space/count.ts';
import { compareAxes, wholeAxis } from '../support/space.ts';

// Bounds are several times what an idle machine takes: they catch a wrong order of growth, not a busy machine.

it('counts a million tuples of two tied axes in a moment', () => {
  const space = { axes: [wholeAxis('a', 1, 1000), wholeAxis('b', 1, 1000)], constraints: [compareAxes('lt', 0, 1)] };
  const started = performance.now();
  expect(countSpace(space).feasible).toBe(499_500n);
  expect(performance.now() - started).toBeLessThan(1000);
});

it.each([2, 4, 16])('takes a short turn per 2 000 tuples, also where %i tied axes are sampled', (count) => {
  const axes = Array.from({ length: count }, (_, a) => wholeAxis(`a${a}`, 1, 5000));
  const constraints = axes.slice(1).map((_, a) => compareAxes('ne', a, a + 1));
  const counter = createCounter({ axes, constraints });
  const turns: number[] = [];
  for (let done = false; !done;) {
    const started = performance.now();
    done = counter.step(2000);
    turns.push(performance.now() - started);
  }
  turns.sort((a, b) => a - b);
  expect(turns[Math.floor(turns.length / 2)]).toBeLessThan(4);
  expect(counter.count().exact).toBe(false);
});

it('asks a million rows of a grid in a moment', () => {
  const space = { axes: [wholeAxis('a', 1, 1000), wholeAxis('b', 1, 1000)], constraints: [] };
  const rows = createRows({ rowCount: 1_000_000, axisCount: 2, metrics: [] }, (bytes) => new ArrayBuffer(bytes));
  const started = performance.now();
  expect(createGrid(space).ask(rows, 0, 1_000_000, Infinity)).toEqual({ written: 1_000_000, exhausted: false, waiting: false });
  expect(performance.now() - started).toBeLessThan(1000);
  expect([rows.positions[0]![999_999], rows.positions[1]![999_999]]).toEqual([999, 999]);
});
