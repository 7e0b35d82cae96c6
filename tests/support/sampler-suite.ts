import { describe, expect, it } from 'vitest';
import type { ScalarExpr } from '../../src/language/scalar.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED, PARTIAL } from '../../src/metrics/state.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import type { Space } from '../../src/space/space.ts';
import { makeChoiceAxis, makeFlagAxis, makeListAxis, makeLogAxis, makeRangeAxis } from '../../src/space/make-axis.ts';
import { isFeasible } from '../../src/space/trial.ts';
import { must } from './outcome.ts';
import { compareAxes, constraint, wholeAxis } from './space.ts';

const CAPACITY = 3_000;
const UNTOUCHED = 4_000_000_000;

const axis = (index: number): ScalarExpr => ({ op: 'axis', axis: index });
const constant = (value: number): ScalarExpr => ({ op: 'const', value });
const sum = (a: ScalarExpr, b: ScalarExpr): ScalarExpr => ({ op: 'math', fn: 'add', args: [a, b] });
const ALWAYS = constraint({ op: 'compare', fn: 'lt', left: constant(1), right: constant(2) });
const NEVER = constraint({ op: 'compare', fn: 'lt', left: constant(2), right: constant(1) });

const SPACES: Readonly<Record<string, Space>> = {
  'one axis': { axes: [wholeAxis('n', 3, 40)], constraints: [] },
  'one value': { axes: [wholeAxis('n', 7, 7)], constraints: [] },
  'two axes': { axes: [wholeAxis('fast', 5, 19), wholeAxis('slow', 10, 32)], constraints: [] },
  'an axis of every kind': {
    axes: [
      must(makeChoiceAxis('kind', ['sma', 'ema', 'hma'], undefined, ['hma', 'sma'])),
      must(makeRangeAxis('width', '0.1', '0.6', '0.1', '0.5')),
      must(makeLogAxis('n', '1', '100', '5', '10')),
      must(makeListAxis('days', ['20', '5', '10'], '5')),
      must(makeFlagAxis('on', true)),
    ],
    constraints: [],
  },
  'ordered axes': { axes: [wholeAxis('fast', 5, 20), wholeAxis('slow', 10, 35)], constraints: [compareAxes('lt', 0, 1)] },
  'a constraint whose axes are apart': {
    axes: [wholeAxis('a', 1, 6), wholeAxis('b', 1, 7), wholeAxis('c', 1, 6)],
    constraints: [compareAxes('lt', 2, 0), constraint({ op: 'compare', fn: 'ne', left: axis(1), right: constant(4) })],
  },
  'few feasible trials': {
    axes: [wholeAxis('a', 1, 40), wholeAxis('b', 1, 40), wholeAxis('c', 1, 40)],
    constraints: [constraint({ op: 'compare', fn: 'eq', left: sum(axis(0), sum(axis(1), axis(2))), right: constant(118) })],
  },
  'a constraint that reads no axis': { axes: [wholeAxis('a', 1, 5)], constraints: [ALWAYS] },
  'no axis': { axes: [], constraints: [ALWAYS] },
};

const EMPTY: Readonly<Record<string, Space>> = {
  'a constraint that never holds': {
    axes: [wholeAxis('a', 1, 5), wholeAxis('b', 1, 5)],
    constraints: [compareAxes('lt', 0, 1), NEVER],
  },
  'axes that never fit': { axes: [wholeAxis('a', 10, 20), wholeAxis('b', 1, 10)], constraints: [compareAxes('lt', 0, 1)] },
  'no axis and a constraint that never holds': { axes: [], constraints: [NEVER] },
};

export interface Collected {
  readonly trials: number[][]; // positions, in the order of rows
  readonly rows: Rows;
}

/** How a sampler is asked. Nothing of it may change what it asks. */
export interface Manner {
  readonly piece?: number; // rows asked at once
  readonly maxSteps?: number; // bound given to each ask
  readonly tell?: 'late' | 'early' | 'backwards' | 'single'; // late: only once it waits
}

/**
 * Asks until the sampler has no more, or `capacity` rows are full; runs what was asked and tells it.
 */
export function askAll(
  sampler: Sampler,
  space: Space,
  capacity: number,
  { piece = 1000, maxSteps = 100_000, tell = 'late' }: Manner = {},
): Collected {
  const rows = emptyRows(space, capacity);
  let to = 0;
  let told = 0;
  for (let asks = 0; asks < 1e6 && to < capacity; asks++) {
    const { written, exhausted, waiting } = sampler.ask(rows, to, Math.min(capacity, to + piece), maxSteps);
    for (let row = to; row < to + written; row++) runRow(rows, row);
    to += written;
    if (exhausted) break;
    if (waiting && told === to) throw new Error(`it waits at row ${to} though all rows are told`);
    if (!waiting && tell !== 'early') continue;
    tellRows(sampler, rows, told, to, tell);
    told = to;
  }
  return { trials: positionsOf(rows, to), rows };
}

function tellRows(sampler: Sampler, rows: Rows, from: number, to: number, tell: Manner['tell']): void {
  const size = tell === 'backwards' ? 7 : tell === 'single' ? 1 : Math.max(1, to - from);
  const starts = Array.from({ length: Math.ceil((to - from) / size) }, (_, k) => from + k * size);
  if (tell === 'backwards') starts.reverse();
  for (const start of starts) sampler.tell(rows, start, Math.min(to, start + size));
}

export function positionsOf(rows: Rows, count: number): number[][] {
  return Array.from({ length: count }, (_, row) => rows.positions.map((column) => column[row]!));
}

/** A landscape with a ridge, cliffs of failed trials and holes without a number. */
function runRow(rows: Rows, row: number): void {
  const positions = rows.positions.map((column) => column[row]!);
  const far = positions.reduce((sum, position, a) => sum + Math.abs(position - 3 - a) * (a + 1), 0);
  rows.columns[0]![row] = far % 11 === 4 ? NaN : far % 13 === 5 ? 1e9 : -far;
  rows.states[row] = far % 13 === 5 ? FAILED : rows.markets[row]! > 0 ? PARTIAL : COMPLETE;
}

function emptyRows(space: Space, rowCount: number): Rows {
  return createRows({ rowCount, axisCount: space.axes.length, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
}

/** What the study relies on, whichever way trials are chosen. */
export function samplerSuite(name: string, create: (space: Space) => Sampler): void {
  describe(`${name} as a sampler`, () => {
    describe.each(Object.entries(SPACES))('with %s', (_, space) => {
      const all = askAll(create(space), space, CAPACITY).trials;

      it('asks at least one trial and counts what it asked', () => {
        const sampler = create(space);
        expect(sampler.asked).toBe(0);
        expect(askAll(sampler, space, CAPACITY).trials.length).toBeGreaterThan(0);
        expect(sampler.asked).toBe(all.length);
      });

      it('keeps to positions of the axes and to every constraint', () => {
        for (const positions of all) {
          positions.forEach((position, a) => expect(position).toBeLessThan(space.axes[a]!.size));
          expect(isFeasible(space, positions)).toBe(true);
        }
      });

      it('reaches both ends of every axis that no constraint cuts', () => {
        const cut = new Set(space.constraints.flatMap(({ axes }) => axes));
        space.axes.forEach(({ size }, a) => {
          if (cut.has(a)) return;
          const seen = new Set(all.map((positions) => positions[a]));
          expect([seen.has(0), seen.has(size - 1)]).toEqual([true, true]);
        });
      });

      it.each([1, 7, 1000])('asks the same trials in pieces of %i rows', (piece) => {
        expect(askAll(create(space), space, CAPACITY, { piece }).trials).toEqual(all);
      });

      it.each([1, 10, Infinity])('asks the same trials within %f steps a turn', (maxSteps) => {
        expect(askAll(create(space), space, CAPACITY, { piece: 500, maxSteps }).trials).toEqual(all);
      });

      it.each(['early', 'backwards', 'single'] as const)('asks the same trials however it is told: %s', (tell) => {
        expect(askAll(create(space), space, CAPACITY, { piece: 37, tell }).trials).toEqual(all);
      });

      it('runs no trial twice', () => {
        const { trials, rows } = askAll(create(space), space, CAPACITY);
        const names = trials.map((positions, row) => `${rows.markets[row]} ${positions.join()}`);
        expect(new Set(names).size).toBe(all.length);
      });

      it('goes on as if it had never stopped, from the rows alone', () => {
        const half = Math.floor(all.length / 2);
        const { rows } = askAll(create(space), space, half);
        const resumed = create(space);
        resumed.tell(rows, 0, half);
        let again = 0;
        while (again < half) again += resumed.ask(rows, again, half, Infinity).written;
        expect(positionsOf(rows, half)).toEqual(all.slice(0, half));
        const more = emptyRows(space, CAPACITY);
        for (let row = 0; row < half; row++) {
          rows.positions.forEach((column, a) => (more.positions[a]![row] = column[row]!));
          more.markets[row] = rows.markets[row]!;
          runRow(more, row);
        }
        let to = half;
        for (;;) {
          const { written, exhausted } = resumed.ask(more, to, CAPACITY, Infinity);
          for (let row = to; row < to + written; row++) runRow(more, row);
          if (written > 0) resumed.tell(more, to, to + written);
          to += written;
          if (exhausted || to >= CAPACITY) break;
        }
        expect(positionsOf(more, to)).toEqual(all);
      });

      it('is not moved by another one of its kind', () => {
        const [one, other] = [create(space), create(space)];
        const rows = emptyRows(space, 2);
        one.ask(rows, 0, 1, Infinity);
        runRow(rows, 0);
        one.tell(rows, 0, 1);
        expect(askAll(other, space, CAPACITY).trials).toEqual(all);
      });

      it('writes no row outside the piece it was asked for', () => {
        const rows = emptyRows(space, 9);
        for (const column of rows.positions) column.fill(UNTOUCHED);
        const { written } = create(space).ask(rows, 0, 3, Infinity);
        expect(written).toBeGreaterThan(0);
        for (const column of rows.positions) {
          const touched = [...column].flatMap((position, row) => (position === UNTOUCHED ? [] : [row]));
          expect(touched).toEqual([0, 1, 2].slice(0, written));
        }
      });

      it('stays exhausted', () => {
        const sampler = create(space);
        const { trials, rows } = askAll(sampler, space, CAPACITY);
        if (trials.length === CAPACITY) return;
        for (const column of rows.positions) column.fill(UNTOUCHED);
        for (let again = 0; again < 3; again++) {
          const end = sampler.ask(rows, trials.length, trials.length + 5, Infinity);
          expect(end).toMatchObject({ written: 0, exhausted: true, waiting: false });
        }
        expect(sampler.asked).toBe(trials.length);
        for (const column of rows.positions) expect(new Set(column)).toEqual(new Set([UNTOUCHED]));
      });
    });

    it.each(Object.entries(EMPTY))('asks nothing of %s', (_, space) => {
      const sampler = create(space);
      expect(askAll(sampler, space, 10).trials).toEqual([]);
      expect(sampler.asked).toBe(0);
    });

    it('gives its turn back when the steps are used up, or has proven that nothing is feasible', () => {
      const space = {
        axes: [wholeAxis('a', 1, 1000), wholeAxis('b', 1, 1000)],
        constraints: [compareAxes('lt', 1, 0), compareAxes('lt', 0, 1)],
      };
      const rows = emptyRows(space, 1);
      const sampler = create(space);
      expect(sampler.ask(rows, 0, 1, 1_000)).toMatchObject({ written: 0, waiting: false });
    });
  });
}
