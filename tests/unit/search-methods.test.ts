import { describe, expect, test } from 'vitest';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { COMPLETE, FAILED } from '../../src/metrics/state.ts';
import { Archive } from '../../src/search/archive.ts';
import { recommend } from '../../src/search/guide.ts';
import { dominates } from '../../src/search/methods/nsga.ts';
import { directionNumbers, SOBOL_AXES } from '../../src/search/methods/sobol.ts';
import { symmetricEigen } from '../../src/search/methods/eigen.ts';
import { createScorer } from '../../src/search/score.ts';
import { createSampler } from '../../src/search/create.ts';
import type { Sampler } from '../../src/search/sampler.ts';
import type { MethodName } from '../../src/search/spec.ts';
import { continuous, mixed, type TestFunction } from '../bench/search/functions.ts';
import { fullStep, oneStep } from '../support/search-setup.ts';
import { bestSoFar } from '../support/search-run.ts';
import { wholeAxis } from '../support/space.ts';

const LONG = process.env['LONG'] !== undefined;
const PLAIN = { axes: [wholeAxis('a', 1, 40), wholeAxis('b', 1, 50)], constraints: [] };

function leastOf(test: TestFunction, method: MethodName, seed: number, trials: number, size = 16): number {
  const sampler = oneStep(test.space, { method, seed, trials, size });
  return -bestSoFar(sampler, test.space.axes.length, trials, (positions) => -test.at(positions)).at(-1)!;
}

describe('CMA-ES comes to the least value within 1e-8, whatever the seed', () => {
  const cases: readonly (readonly [TestFunction, number])[] = LONG
    ? [
        ...[2, 5, 10, 20].map((axes) => [continuous('sphere', axes), 12_000] as const),
        ...[2, 5, 10].map((axes) => [continuous('ellipsoid', axes), 40_000] as const),
        ...[2, 5, 10].map((axes) => [continuous('rosenbrock', axes), 60_000] as const),
        [mixed('sphere', 5), 20_000],
      ]
    : [
        [continuous('sphere', 5), 4000],
        [continuous('ellipsoid', 3), 6000],
        [continuous('rosenbrock', 2), 6000],
      ];
  test.each(cases.map(([one, trials]) => [one.name, one, trials] as const))('%s', { timeout: 120_000 }, (_, one, trials) => {
    const seeds = LONG ? 30 : 3;
    for (let seed = 1; seed <= seeds; seed++) expect(leastOf(one, 'cma', seed, trials)).toBeLessThan(1e-8);
  });
});

/** Wilcoxon's rank sum in its normal limit: how many standard deviations the first group lies below the second. */
function standardsBelow(first: readonly number[], second: readonly number[]): number {
  const all = [...first.map((value) => [value, 0] as const), ...second.map((value) => [value, 1] as const)];
  all.sort(([a], [b]) => a - b);
  const ranks = all.reduce((sum, [, group], k) => sum + (group === 0 ? k + 1 : 0), 0);
  const [n, m] = [first.length, second.length];
  return ((n * (n + m + 1)) / 2 - ranks) / Math.sqrt((n * m * (n + m + 1)) / 12);
}

describe('better than random with p < 0.01', () => {
  const seeds = Array.from({ length: 20 }, (_, k) => k + 1);
  const functions = [mixed('rastrigin', 4), mixed('ackley', 4)];
  if (LONG) functions.push(...(['sphere', 'rosenbrock', 'rastrigin', 'ackley'] as const).map((name) => continuous(name, 5)));
  test.each(functions.flatMap((one) => (['genetic', 'tpe'] as const).map((method) => [method, one.name, one] as const)))(
    '%s on %s',
    { timeout: 60_000 },
    (method, _, one) => {
      const trials = 200;
      const own = seeds.map((seed) => leastOf(one, method, seed, trials));
      const random = seeds.map((seed) => leastOf(one, 'random', seed + 100, trials));
      expect(standardsBelow(own, random)).toBeGreaterThan(2.33);
    },
  );

  test('the must-fail twin: random is not better than random', () => {
    const [one] = functions;
    const [a, b] = [0, 100].map((from) => seeds.map((seed) => leastOf(one!, 'random', seed + from, 200)));
    expect(Math.abs(standardsBelow(a!, b!))).toBeLessThan(2.33);
  });
});

describe('Sobol', () => {
  test('has odd direction numbers of the right length on every axis', () => {
    for (let a = 0; a < SOBOL_AXES; a++) {
      const numbers = directionNumbers(a);
      for (let k = 0; k < 32; k++) {
        // m = number × 2^(k + 1 − 32) is whole, odd and below 2^(k + 1).
        const lowest = 31 - k;
        expect((numbers[k]! >>> lowest) & 1).toBe(1);
        if (lowest > 0) expect(numbers[k]! & ((1 << lowest) - 1)).toBe(0);
      }
    }
  });

  test('puts one of its first 2^k points into each of 2^k slices of every axis', () => {
    const axes = Array.from({ length: 8 }, (_, a) => wholeAxis(`x${a}`, 1, 64));
    const sampler = oneStep({ axes, constraints: [] }, { method: 'sobol', size: 64 });
    const rows = createRows({ rowCount: 64, axisCount: 8, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
    expect(sampler.ask(rows, 0, 64, Infinity).written).toBe(64);
    for (const column of rows.positions) expect(new Set(column).size).toBe(64);
  });
});

test('eigenvectors and values give the matrix back', () => {
  const n = 6;
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = 1 / (1 + i + 2 * j) + Number(i === j);
  const { vectors, values } = symmetricEigen(matrix, n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += vectors[i * n + k]! * values[k]! * vectors[j * n + k]!;
      expect(sum).toBeCloseTo(matrix[i * n + j]!, 12);
    }
  }
});

/** Runs everything it asks; the value is the sum of positions. */
function runOut(search: Sampler, capacity: number): { trials: string[]; ended: string | undefined } {
  const rows = createRows({ rowCount: capacity, axisCount: 2, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
  let to = 0;
  let ended: string | undefined;
  while (to < capacity && ended === undefined) {
    const answer = search.ask(rows, to, capacity, Infinity);
    for (let row = to; row < to + answer.written; row++) {
      rows.columns[0]![row] = rows.positions[0]![row]! + rows.positions[1]![row]!;
      rows.states[row] = COMPLETE;
    }
    if (answer.written > 0) search.tell(rows, to, to + answer.written);
    to += answer.written;
    ended = answer.ended;
  }
  return { trials: Array.from({ length: to }, (_, row) => `${rows.positions[0]![row]} ${rows.positions[1]![row]}`), ended };
}

describe('searches one after the other', () => {
  const steps = [
    fullStep({ method: 'sobol', trials: 100 }),
    fullStep({ method: 'genetic', trials: 150, seed: 2 }),
    fullStep({ method: 'around', trials: 60 }),
    fullStep({ method: 'grid' }),
  ];

  test('share their results and run no trial twice; the grid adds what is left', () => {
    const { trials, ended } = runOut(oneStep(PLAIN, {}, { steps }), 3000);
    expect(ended).toBe('space');
    expect(trials).toHaveLength(2000);
    expect(new Set(trials).size).toBe(2000);
  });

  test('the first ones are what they would be alone', () => {
    const whole = runOut(oneStep(PLAIN, {}, { steps }), 3000).trials;
    const alone = runOut(oneStep(PLAIN, {}, { steps: steps.slice(0, 1) }), 3000);
    expect(alone).toEqual({ trials: whole.slice(0, 100), ended: 'trials' });
  });

  test('the grid around the best holds its neighbourhood', () => {
    const { trials, ended } = runOut(oneStep(PLAIN, {}, { steps: steps.slice(0, 3) }), 3000);
    expect(ended).toBe('space'); // it holds no trial beside
    expect(trials.length).toBeLessThanOrEqual(250 + 49);
    const sum = (trial: string): number => trial.split(' ').reduce((total, position) => total + Number(position), 0);
    const best = trials.slice(0, 250).reduce((a, b) => (sum(b) > sum(a) ? b : a));
    const [a = 0, b = 0] = best.split(' ').map(Number);
    for (let i = Math.max(0, a - 3); i <= Math.min(39, a + 3); i++) {
      for (let j = Math.max(0, b - 3); j <= Math.min(49, b + 3); j++) expect(trials).toContain(`${i} ${j}`);
    }
  });
});

describe('the end of a search', () => {
  test('is its budget, its patience or the space', () => {
    expect(runOut(oneStep(PLAIN, { method: 'random', trials: 70 }), 3000)).toMatchObject({ ended: 'trials' });
    expect(runOut(oneStep(PLAIN, { method: 'genetic', patience: 3 }), 3000).ended).toBe('patience');
    expect(runOut(oneStep(PLAIN, { method: 'genetic' }), 3000).ended).toBe('space');
  });

  test('can be moved while it is under way', () => {
    const search = oneStep(PLAIN, { method: 'sobol', trials: 100 });
    const rows = createRows({ rowCount: 400, axisCount: 2, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
    expect(search.ask(rows, 0, 50, Infinity)).toMatchObject({ written: 50, exhausted: false });
    search.limit(80, Infinity);
    expect(search.ask(rows, 50, 400, Infinity)).toMatchObject({ written: 30, exhausted: true, ended: 'trials' });
    search.limit(200, Infinity);
    expect(search.ask(rows, 80, 400, Infinity)).toMatchObject({ written: 120, ended: 'trials' });
  });

  test('of a grid too', () => {
    const rows = createRows({ rowCount: 400, axisCount: 2, metrics: [0] }, (bytes) => new ArrayBuffer(bytes));
    const step = { method: 'grid', seed: 1, trials: Infinity, size: 16, patience: Infinity } as const;
    const setup = { space: PLAIN, goals: [{ metric: 0, direction: 'max' }], limit: null, robust: false, parts: 2 } as const;
    const grid = createSampler({ ...setup, steps: [step] });
    expect(grid.ask(rows, 0, 50, Infinity)).toMatchObject({ written: 50, exhausted: false });
    grid.limit?.(60, Infinity);
    expect(grid.ask(rows, 50, 400, Infinity)).toMatchObject({ written: 10, exhausted: true, ended: 'trials' });
    expect(runOut(createSampler({ ...setup, steps: [{ ...step, patience: 2 }] }), 3000).ended).toBe('patience');
  });
});

describe('scores', () => {
  const oneRow = (state: number, values: readonly number[]): Rows => {
    const rows = createRows({ rowCount: 1, axisCount: 0, metrics: values.map((_, k) => k) }, (bytes) => new ArrayBuffer(bytes));
    rows.states[0] = state;
    values.forEach((value, k) => (rows.columns[k]![0] = value));
    return rows;
  };
  const scoreOf = (rows: Rows, direction: 'max' | 'min' = 'max', least: number | null = null): number => {
    const archive = new Archive(0);
    archive.add([]);
    const limit =
      least === null
        ? null
        : {
            expr: {
              op: 'compare',
              fn: 'ge',
              left: { op: 'axis', axis: 1 },
              right: { op: 'const', value: least },
            } as const,
            slots: [1],
          };
    createScorer([{ metric: 0, direction }], limit)(rows, 0, archive);
    return archive.score(0);
  };

  test('turn what is to be small, and never let a failed trial or NaN win', () => {
    expect(scoreOf(oneRow(COMPLETE, [3]))).toBe(3);
    expect(scoreOf(oneRow(COMPLETE, [3]), 'min')).toBe(-3);
    expect(scoreOf(oneRow(COMPLETE, [NaN]))).toBe(-Infinity);
    expect(scoreOf(oneRow(FAILED, [1e9]))).toBe(-Infinity);
  });

  test('put a trial that breaks the limit behind all others, the nearer the better', () => {
    const kept = scoreOf(oneRow(COMPLETE, [-1e9, 30]), 'max', 30);
    const near = scoreOf(oneRow(COMPLETE, [5, 29]), 'max', 30);
    const far = scoreOf(oneRow(COMPLETE, [5, 3]), 'max', 30);
    expect(kept).toBe(-1e9);
    expect(near).toBeLessThan(kept);
    expect(far).toBeLessThan(near);
    expect(far).toBeGreaterThan(-Infinity);
  });
});

test('NSGA-II keeps the front of two objectives that pull apart', () => {
  const space = { axes: [wholeAxis('a', 0, 200), wholeAxis('b', 0, 200)], constraints: [] };
  const goals = [0, 1].map((metric) => ({ metric, direction: 'min' as const }));
  const search = oneStep(space, { method: 'nsga', trials: 1500, size: 40 }, { goals });
  const rows = createRows({ rowCount: 1500, axisCount: 2, metrics: [0, 1] }, (bytes) => new ArrayBuffer(bytes));
  const archive = new Archive(2, 2);
  for (let to = 0; to < 1500;) {
    const { written } = search.ask(rows, to, 1500, Infinity);
    for (let row = to; row < to + written; row++) {
      const [a, b] = [rows.positions[0]![row]!, rows.positions[1]![row]!];
      // The front is b = 0, a from 50 to 150.
      rows.columns[0]![row] = (a - 50) * (a - 50) + b * b;
      rows.columns[1]![row] = (a - 150) * (a - 150) + b * b;
      rows.states[row] = COMPLETE;
      const entry = archive.add([a, b]);
      archive.setScore(entry, 0, -rows.columns[0]![row]!);
      archive.setScore(entry, 1, -rows.columns[1]![row]!);
    }
    search.tell(rows, to, to + written);
    to += written;
  }
  const front = Array.from({ length: 1500 }, (_, entry) => entry).filter(
    (entry) => !Array.from({ length: 1500 }, (__, other) => other).some((other) => dominates(archive, other, entry)),
  );
  const onFront = front.filter((entry) => archive.position(entry, 1) === 0);
  expect(onFront.length).toBeGreaterThan(25);
  const along = onFront.map((entry) => archive.position(entry, 0));
  expect(Math.min(...along)).toBeLessThan(60);
  expect(Math.max(...along)).toBeGreaterThan(140);
});

test('the recommendation follows the space, the time and the patience', () => {
  expect(recommend({ trials: 39_600, gridMs: 40_000, patienceMs: 60_000 })).toEqual({
    method: 'grid',
    trials: null,
    ms: 40_000,
  });
  expect(recommend({ trials: 1e6, gridMs: 1e6, patienceMs: 60_000 })).toMatchObject({ method: 'genetic', trials: 20_000 });
  expect(recommend({ trials: 1e6, gridMs: 1e9, patienceMs: 60_000 })).toMatchObject({ method: 'tpe', trials: 300 });
  expect(recommend({ trials: 1e30, gridMs: 1e28, patienceMs: 60_000 })).toMatchObject({ method: 'genetic' });
});
