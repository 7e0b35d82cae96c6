import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { createEngine } from '../../src/kernel/engine.ts';
import { createTimer } from '../../src/kernel/timer.ts';
import { metricIndex, USUAL_KEYS } from '../../src/metrics/columns.ts';
import { createControl } from '../../src/schedule/control.ts';
import { nodeTotal, phaseTotals, type StudyProfile } from '../../src/schedule/profile.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { createSession } from '../../src/workers/session.ts';
import { CASE_EXECUTION } from '../support/kernel-cases.ts';
import { valueOf } from '../support/kernel.ts';

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

async function profileOf(text: string, trials: readonly (readonly number[])[]): Promise<StudyProfile> {
  const plan = valueOf(compileStrategy(text));
  const bars = createBars(generateBars({ kind: 'equity', seed: 3, bars: 1500 }), shared);
  const session = createSession(createEngine);
  const opened = await session.open({
    generation: 1,
    workerIndex: 0,
    plan,
    axes: plan.space.axes,
    execution: CASE_EXECUTION,
    scoring: [{ startBar: 200, returns: 'bar', periodsPerYear: 252, longestWarmup: 200 }],
    markets: [bars.buffer],
    rows: null,
    metrics: USUAL_KEYS.map(metricIndex),
    control: createControl(1, shared).buffer,
    cacheBytes: 64e6,
  });
  expect(opened.ok).toBe(true);
  expect(plan.space.axes.map((axis) => axisValue(axis, 0))).not.toContain(NaN);
  return valueOf(await session.profile(1, trials));
}

const GRID = Array.from({ length: 40 }, (_, k) => [Math.floor(k / 8), k % 8]);

test('a profile tells nodes, how often each is computed, and phases that add up', async () => {
  const profile = await profileOf(
    `n = param(20, 10..29 by 1)\nlevel = param(30, 20..39 by 1)
enter long when rsi(close, 14) < level and close < sma(close, n)
exit long when rsi(close, 14) > 60`,
    GRID,
  );
  expect(profile.path).toBe('proportional');
  expect(profile.trials).toBe(40);
  expect(profile.together).toBeNull();
  const sum = Object.values(profile.phases).reduce((all, ms) => all + ms, 0);
  expect(sum).toBeCloseTo(profile.ms, 6);
  const times = new Map(profile.nodes.map(({ text, computations }) => [text, computations]));
  // once each; one per value of the axis that was met: five of n, eight of level
  expect(times.get('rsi(close, 14)')).toBe(1);
  expect(times.get('sma(close, n)')).toBe(5);
  expect(times.get('rsi(close, 14) < level')).toBe(8);
  const mean = profile.nodes.find(({ text }) => text === 'sma(close, n)');
  expect(mean?.axes).toEqual(['n']);
  expect(mean?.distinct).toBe(20);
});

test('pairs are timed together', async () => {
  const profile = await profileOf(
    `fast = param(5, 5..24 by 1)\nslow = param(50, 50..69 by 1)
enter long when crossover(sma(close, fast), sma(close, slow))
exit long when crossunder(sma(close, fast), sma(close, slow))`,
    GRID,
  );
  expect(profile.path).toBe('pairs');
  expect(profile.together?.trials).toBe(400);
  expect(profile.together?.ms).toBeGreaterThan(0);
});

test('what a whole study will take: nodes by their distinct values, the rest by its trials', () => {
  const node = { text: 'a', phase: 'series', axes: ['n'], computations: 2, ms: 4, distinct: 10 } as const;
  expect(nodeTotal(node, 1000)).toBe(20);
  expect(nodeTotal(node, 5)).toBe(10);
  const phases = { series: 5, conditions: 0, edges: 0, stops: 0, evaluation: 8, metrics: 0, rest: 0 };
  const profile = { path: 'scan', trials: 4, ms: 13, phases, nodes: [node], together: null } as const;
  expect(phaseTotals(profile, 1000)).toEqual([
    { phase: 'series', ms: 20 + 250 },
    { phase: 'evaluation', ms: 2000 },
  ]);
});

test('time of an inner place is not counted for the outer one', () => {
  let now = 0;
  const timer = createTimer(2, () => now);
  timer.enter(0);
  now = 3;
  timer.enter(1);
  now = 10;
  timer.leave();
  now = 11;
  timer.leave();
  expect([...timer.ms]).toEqual([4, 7]);
  expect([...timer.entered]).toEqual([1, 1]);
});
