import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { sliceColumns } from '../../src/bars/columns.ts';
import { generateBars, SAMPLES } from '../../src/bars/generate.ts';
import { uniform } from '../../src/core/random.ts';
import { createEvaluator } from '../../src/kernel/evaluate.ts';
import { METRIC_KEYS } from '../../src/metrics/columns.ts';
import { TRIAL_STATES } from '../../src/metrics/state.ts';
import { axisLabel, axisValue, defaultPosition } from '../../src/space/axis.ts';
import { isFeasible, valuesOf } from '../../src/space/trial.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { BUILT_INS } from '../../src/strategy/library/index.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';
import { engineOf, executionOf, isClose, valueOf } from '../support/kernel.ts';

const FOLDER = path.join(import.meta.dirname, 'library');
/** The first bars of each sample; `LONG` takes the whole file's. */
const BARS = { daily: 2520, hourly: 3000, minute: 6000 } as const;
const LONG = process.env['LONG'] !== undefined;
const TRIALS = 5;
const SHOWN = ['trades', 'finalEquity', 'sharpe', 'maxDrawdown', 'winRate'] as const;

function toBars(columns: Parameters<typeof createBars>[0]): Bars {
  return createBars(columns, (bytes) => new ArrayBuffer(bytes));
}

const markets = Object.values(SAMPLES).map(({ key, spec }) => ({
  key,
  bars: toBars(generateBars({ ...spec, bars: BARS[key] })),
}));

function planOf(name: string): Plan {
  return valueOf(compileStrategy(BUILT_INS.find((builtIn) => builtIn.name === name)!.text));
}

/** The default trial and some others, the same ones for ever. */
function trialsOf(plan: Plan): number[][] {
  const { axes } = plan.space;
  const trials = [axes.map(defaultPosition)];
  for (let draw = 0; draw < 1000 && trials.length < TRIALS; draw++) {
    const positions = axes.map(({ size }, k) => Math.floor(uniform(1, draw, k) * size));
    const known = trials.some((other) => other.every((position, k) => position === positions[k]));
    if (!known && isFeasible(plan.space, positions)) trials.push(positions);
  }
  return trials.filter((positions) => isFeasible(plan.space, positions));
}

describe.each(BUILT_INS)('$name', ({ name }) => {
  const plan = planOf(name);
  const { axes } = plan.space;

  test('trades on every sample as it did before, and its default trial opened agrees with the row', () => {
    const lines = [`sample,${[...axes.map((axis) => axis.name), 'state', ...SHOWN].join(',')}`];
    for (const { key, bars } of markets) {
      const startBar = largestWarmup(plan, axes).bars;
      const engine = engineOf({
        plan,
        bars: bars.buffer,
        axisSizes: axes.map(({ size }) => size),
        execution: executionOf({ capital: 10_000, commission: { relative: 0.0002 } }),
        scoring: { startBar, returns: 'day', periodsPerYear: 252 },
        columns: SHOWN.map((column) => METRIC_KEYS.indexOf(column)),
      });
      const out = new Float64Array(METRIC_KEYS.length);
      let traded = 0;
      for (const [k, positions] of trialsOf(plan).entries()) {
        const values = new Float64Array(axes.length);
        valuesOf(axes, positions, values);
        const state = TRIAL_STATES[engine.run(positions, values, out)]!;
        const metric = (column: (typeof SHOWN)[number]): number => out[METRIC_KEYS.indexOf(column)]!;
        traded += Number(metric('trades') > 0);
        const labels = positions.map((position, axis) => axisLabel(axes[axis]!, position));
        lines.push([key, ...labels, state, ...SHOWN.map((column) => String(metric(column)))].join(','));
        if (k > 0 || key !== 'daily') continue;
        const { report } = valueOf(engine.detail(positions, values));
        expect(report.state).toBe(state);
        for (const column of SHOWN) expect(isClose(report.metrics[column]!, metric(column)), `${key} ${column}`).toBe(true);
      }
      expect(traded, `trials that trade on ${key}`).toBeGreaterThan(0);
    }
    expectTable(path.join(FOLDER, `${name}.csv`), lines);
  });

  test('bars that come later change nothing', () => {
    const values = axes.map((axis) => axisValue(axis, defaultPosition(axis)));
    for (const { key, bars } of markets) {
      const full = nodesOver(plan, bars, values);
      for (const count of [bars.count - 1, Math.floor(bars.count / 3), 60]) {
        const cut = nodesOver(plan, toBars({ ...sliceColumns(bars, 0, count) }), values);
        cut.forEach((node, id) => expect(node, `node ${id} over ${count} bars of ${key}`).toEqual(full[id]!.slice(0, count)));
      }
    }
  });
});

/** Counts and words as they were, numbers to 1e-9: another path of the kernel may round the last digit differently. */
function expectTable(file: string, lines: readonly string[]): void {
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, `${lines.join('\n')}\n`);
  const expected = readFileSync(file, 'utf8').trimEnd().split('\n');
  expect(lines.length).toBe(expected.length);
  lines.forEach((line, k) => {
    const wanted = expected[k]!.split(',');
    const found = line.split(',');
    const same = (cell: string, other: string | undefined): boolean =>
      cell === other || (Number.isFinite(Number(cell)) && isClose(Number(cell), Number(other)));
    const agrees = wanted.length === found.length && wanted.every((cell, c) => same(cell, found[c]));
    expect(agrees ? expected[k] : line).toBe(expected[k]);
  });
}

/** Every node that is a series or a condition of bars, one value per bar. */
function nodesOver(plan: Plan, bars: Bars, values: readonly number[]): number[][] {
  const sizes = plan.space.axes.map(() => 1);
  const evaluator = valueOf(createEvaluator(plan, sizes, bars, 1 << 22));
  evaluator.begin(
    sizes.map(() => 0),
    values,
  );
  const { bits } = evaluator;
  return plan.nodes.map((node, id) => {
    if (node.type === 'condition' && !readsPosition(plan, id)) {
      const at = evaluator.condition(id);
      return Array.from({ length: bars.count }, (_, bar) => (bits[at + (bar >>> 5)]! >>> (bar & 31)) & 1);
    }
    return node.type === 'series' && !readsPosition(plan, id) ? Array.from(evaluator.series(id)) : [];
  });
}

function readsPosition(plan: Plan, id: number): boolean {
  const node = plan.nodes[id]!;
  if (node.op === 'held') return true;
  return 'left' in node ? readsPosition(plan, node.left) || readsPosition(plan, node.right) : 'args' in node && node.args.some((arg) => readsPosition(plan, arg));
}

test('every expected file belongs to a built-in', () => {
  expect(readdirSync(FOLDER).sort()).toEqual(BUILT_INS.map(({ name }) => `${name}.csv`).sort());
});

test.runIf(LONG)('over the whole samples each of them trades', () => {
  for (const { spec, fileBars, key } of Object.values(SAMPLES)) {
    const bars = toBars(generateBars({ ...spec, bars: fileBars }));
    for (const { name } of BUILT_INS) {
      const plan = planOf(name);
      const { axes } = plan.space;
      const engine = engineOf({ plan, bars: bars.buffer, axisSizes: axes.map(({ size }) => size), cacheBytes: 1 << 24 });
      const out = new Float64Array(METRIC_KEYS.length);
      const trades = trialsOf(plan).map((positions) => {
        const values = new Float64Array(axes.length);
        valuesOf(axes, positions, values);
        engine.run(positions, values, out);
        return out[METRIC_KEYS.indexOf('trades')]!;
      });
      expect(Math.max(...trades), `${name} on ${key}`).toBeGreaterThan(0);
    }
  }
});
