import { EMPTY_PLAN, NO_RULES } from '../support/empty-plan.ts';
import { twinMarket } from '../support/kernel.ts';
import { cpus } from 'node:os';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { createEngine, type Engine } from '../../src/kernel/engine.ts';
import { METRIC_KEYS, SUM_COLUMNS } from '../../src/metrics/columns.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { TRIAL_STATES } from '../../src/metrics/state.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../../src/strategy/execution.ts';
import { createGraph } from '../../src/strategy/graph.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { simulateSlowly } from '../reference/simulate.ts';

/** ns per bar and trial of a moving-average crossover with every metric, one thread, no workers. */

const EXECUTION: Execution = {
  ...NEUTRAL_EXECUTION,
  commission: { ...NEUTRAL_EXECUTION.commission, relative: 0.001 },
};

/** Axis 0 is fast = 2 + position, axis 1 is slow = 102 + position: as many pairs as there are trials in all. */
function crossPlan(sides: 'long' | 'both'): Plan {
  const graph = createGraph();
  const close = graph.source('close');
  const fast = graph.indicator('sma', [close], [graph.number({ op: 'axis', axis: 0 })]);
  const slow = graph.indicator('sma', [close], [graph.number({ op: 'axis', axis: 1 })]);
  const over = graph.cross('over', fast, slow);
  const under = graph.cross('under', fast, slow);
  const short = sides === 'both' ? { enterShort: under, exitShort: over } : {};
  return { ...EMPTY_PLAN, nodes: graph.nodes, rules: { ...NO_RULES, enterLong: over, exitLong: under, ...short } };
}

function simpleMean(x: Float64Array, n: number, at: number, decimals: number): number {
  const scale = 10 ** Math.max(0, decimals);
  let sum = 0;
  for (let i = at - n + 1; i <= at; i++) sum += decimals >= 0 ? Math.round(x[i]! * scale) : x[i]!;
  return decimals >= 0 ? sum / (n * scale) : sum / n;
}

/** Throws where a row differs from the slow twin. */
function checkRow(
  bars: Bars,
  scoring: ResolvedScoring,
  sides: 'long' | 'both',
  values: readonly number[],
  out: Float64Array,
  state: number,
): void {
  const means = values.map((n) =>
    Float64Array.from(bars.close, (_, i) => (i < n - 1 ? NaN : simpleMean(bars.close, n, i, bars.decimals))),
  );
  const [fast, slow] = [means[0]!, means[1]!];
  const twin = simulateSlowly(
    twinMarket(bars, EXECUTION),
    EXECUTION,
    { ...scoring, firstSignalBar: scoring.startBar },
    {
      signalAt: (bar) => {
        const over = fast[bar]! > slow[bar]! && fast[bar - 1]! <= slow[bar - 1]!;
        const under = fast[bar]! < slow[bar]! && fast[bar - 1]! >= slow[bar - 1]!;
        return { enterLong: over, exitLong: under, enterShort: sides === 'both' && under, exitShort: sides === 'both' && over };
      },
    },
  );
  if (TRIAL_STATES[state] !== twin.state) throw new Error(`trial ${values.join()}: ${TRIAL_STATES[state]}, twin ${twin.state}`);
  SUM_COLUMNS.forEach((k) => {
    const key = METRIC_KEYS[k]!;
    const [is, expected] = [out[k]!, twin.metrics[key]!];
    const same = Object.is(is, expected) || Math.abs(is - expected) <= 1e-9 * Math.max(1, Math.abs(expected));
    if (!same) throw new Error(`trial ${values.join()}: ${key} ${is}, twin ${expected}`);
  });
}

function measure(bars: Bars, sides: 'long' | 'both', sizes: readonly [number, number], rounds: number): void {
  const trials = sizes[0] * sizes[1];
  const scoring: ResolvedScoring = { startBar: 102 + sizes[1], returns: 'bar', periodsPerYear: 252 };
  const plan = crossPlan(sides);
  const open = (): Engine => {
    const made = createEngine({
      plan,
      axisSizes: sizes,
      bars: bars.buffer,
      execution: EXECUTION,
      scoring,
      cacheBytes: 1 << 28,
      columns: SUM_COLUMNS,
    });
    if (!made.ok) throw new Error(made.faults[0].message);
    return made.value;
  };
  const out = new Float64Array(METRIC_KEYS.length);
  const positions = new Uint32Array(2);
  const values = new Float64Array(2);
  let sink = 0;
  const sweep = (engine: Engine): void => {
    for (let a = 0; a < sizes[0]; a++) {
      for (let b = 0; b < sizes[1]; b++) {
        positions[0] = a;
        positions[1] = b;
        values[0] = 2 + a;
        values[1] = 102 + b;
        engine.run(positions, values, out);
        sink += out[0]!;
      }
    }
  };
  const checked = open();
  for (const [a, b] of [
    [0, 0],
    [sizes[0] - 1, sizes[1] - 1],
    [sizes[0] >> 1, sizes[1] >> 2],
  ] as const) {
    const state = checked.run([a, b], [2 + a, 102 + b], out);
    checkRow(bars, scoring, sides, [2 + a, 102 + b], out, state);
  }
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const started = process.cpuUsage();
    sweep(open()); // a cold cache each time: indicators are part of the price
    times.push(process.cpuUsage(started).user / 1000); // processor time: other programs do not count
  }
  times.sort((x, y) => x - y);
  const ns = (ms: number): string => ((ms * 1e6) / (bars.count * trials)).toFixed(2);
  const least = times[0]!;
  console.log(
    `${sides.padEnd(5)} ${String(bars.count).padStart(7)} bars × ${String(trials).padStart(6)} trials  ` +
      `min ${least.toFixed(1).padStart(7)} ms = ${ns(least)} ns per bar and trial, max ${ns(times.at(-1)!)}, rounds ${rounds}, sink ${sink.toFixed(0)}`,
  );
}

console.log(`${cpus()[0]?.model ?? ''}, Node ${process.version}, one thread, processor time, cold cache each round`);
for (const [count, sizes] of [
  [2_500, [100, 100]],
  [200_000, [10, 12]],
] as const) {
  const columns = generateBars({ kind: 'equity', seed: 7, bars: count });
  const bars = createBars(columns, (bytes) => new SharedArrayBuffer(bytes));
  measure(bars, 'long', sizes, 7);
  measure(bars, 'both', sizes, 7);
}
