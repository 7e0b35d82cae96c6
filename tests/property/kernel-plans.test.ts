import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { frameOffsets } from '../../src/bars/frames.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { METRIC_KEYS, METRICS } from '../../src/metrics/columns.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { TRIAL_STATES } from '../../src/metrics/state.ts';
import type { CompareFn, MathFn } from '../../src/language/scalar.ts';
import { parseFrame } from '../../src/strategy/frame.ts';
import { createGraph, type GraphFrame } from '../../src/strategy/graph.ts';
import type { NodeId, Plan, SourceName } from '../../src/strategy/plan.ts';
import { parseSession } from '../../src/strategy/session.ts';
import { trialWarmup } from '../../src/strategy/warmup.ts';
import { asksOf } from '../reference/evaluate.ts';
import { simulateSlowly } from '../reference/simulate.ts';
import { engineOf, FREE, isClose, planOf, twinMarket, valueOf } from '../support/kernel.ts';

/** Axes of every random plan: a period 1 … 6, a shift 0 … 40, a flag, a choice of two, a threshold. */
const SIZES = [6, 3, 2, 2, 3];
const VALUES = [
  [1, 2, 3, 4, 5, 6],
  [0, 1, 40],
  [0, 1],
  [0, 1],
  [99, 100, 101],
];
const SOURCES: readonly SourceName[] = [
  ...(['open', 'high', 'low', 'close', 'volume', 'hl2', 'hlc3', 'ohlc4'] as const),
  ...(['year', 'month', 'dayofmonth', 'dayofweek', 'hour', 'minute', 'barindex'] as const),
];
const BINARY: readonly MathFn[] = ['add', 'sub', 'mul', 'div', 'min', 'max', 'pow'];
const UNARY: readonly MathFn[] = ['neg', 'abs', 'sign', 'round', 'floor', 'ceil', 'sqrt', 'log', 'exp'];
/** Coarser than the bars of `marketOf(…, seed)`. */
const framesFor = (seed: number): readonly string[] => (seed % 2 === 0 ? ['1W', '1M'] : ['4h', '1D']);
const COMPARES: readonly CompareFn[] = ['gt', 'ge', 'lt', 'le', 'eq', 'ne'];

/** Builds a plan from a list of choices: each picks a kind of node and earlier nodes to read. */
function randomPlan(choices: readonly number[], seed: number): Plan {
  let at = 0;
  const choose = <T>(options: readonly T[]): T => options[(choices[at++ % choices.length]! + at) % options.length]!;
  const frames = framesFor(seed).map((name, index) => ({ name, index, graph: createGraph() }));
  const framed: (readonly [GraphFrame, NodeId])[] = frames.flatMap((frame): [GraphFrame, NodeId][] => {
    const { graph } = frame;
    const period = graph.number({ op: 'axis', axis: 0 });
    const series = SOURCES.map((source) => graph.source(source));
    const mean = graph.indicator('sma', [graph.source(choose(SOURCES))], [period]);
    const above = graph.cross('over', graph.source('close'), mean);
    return [choose(series), mean, above, graph.select(above, mean, choose(series))].map((node) => [frame, node]);
  });
  const plan = planOf((graph) => {
    const axis = (k: number): NodeId => graph.number({ op: 'axis', axis: k });
    const framedOf = (type: string): NodeId => {
      const [frame, node] = choose(framed.filter(([of, id]) => of.graph.nodes[id]!.type === type));
      return graph.frame(frame, node);
    };
    const number = (): NodeId =>
      choose([axis(4), graph.number({ op: 'const', value: 100 }), graph.number({ op: 'const', value: 0 })]);
    const series: NodeId[] = SOURCES.slice(0, 4).map((source) => graph.source(source));
    const operand = (): NodeId => choose([...series, ...series, number()]);
    const makers: readonly (() => NodeId)[] = [
      () => graph.source(choose(SOURCES)),
      () => graph.indicator(choose(['sma', 'ema', 'highest', 'lowest', 'rsi', 'stdev']), [choose(series)], [axis(0)]),
      () => graph.math(choose(BINARY), [choose(series), operand()]),
      () => graph.math(choose(BINARY), [operand(), choose(series)]),
      () => graph.math(choose(UNARY), [choose(series)]),
      () => graph.shift(choose(series), choose([axis(1), axis(0)])),
      () => graph.pick(3, [choose(series), choose(series)]),
      () => graph.select(graph.compare(choose(COMPARES), choose(series), operand()), operand(), choose(series)),
      () => graph.flags(graph.compare(choose(COMPARES), choose(series), operand())),
      () => graph.indicator('barssince', [graph.flags(graph.compare('gt', choose(series), operand()))], []),
      () => graph.indicator('macd', [choose(series)], [axis(0), graph.number({ op: 'const', value: 3 })]),
      () => graph.random(choose([axis(1), axis(0)])),
      () => framedOf('series'),
    ];
    for (let k = 0; k < 8; k++) series.push(choose(makers)());
    const conditions: NodeId[] = [graph.compare('gt', series[3]!, series[0]!)];
    const logic: readonly (() => NodeId)[] = [
      () => graph.compare(choose(COMPARES), choose(series), operand()),
      () => graph.compare(choose(COMPARES), operand(), choose(series)),
      () => graph.cross(choose(['over', 'under'] as const), choose(series), operand()),
      () => graph.cross(choose(['over', 'under'] as const), series.at(-1)!, series.at(-2)!),
      () => graph.join(choose(['and', 'or'] as const), choose(conditions), choose(conditions)),
      () => graph.not(choose(conditions)),
      () => graph.shiftCondition(choose(conditions), axis(1)),
      () => graph.session(parseSession(choose(['0930-1600', '1800-0500:23456', '0000-2400:2,1200-1300']))!),
      () => framedOf('condition'),
      () =>
        graph.truth(
          choose([
            { op: 'axis', axis: 2 },
            { op: 'const', value: 1 },
          ] as const),
        ),
    ];
    for (let k = 0; k < 10; k++) conditions.push(choose(logic)());
    return {
      enterLong: conditions.at(-1)!,
      exitLong: choose([null, ...conditions]),
      enterShort: choose([null, ...conditions]),
      exitShort: choose([null, ...conditions]),
    };
  });
  return { ...plan, frames: frames.map(({ name, graph }) => ({ frame: parseFrame(name)!, nodes: graph.nodes })) };
}

/** Days, or for an odd seed hours of five days a week. */
function marketOf(count: number, seed: number): Bars {
  return createBars(
    generateBars({ kind: seed % 2 === 0 ? 'equity' : 'fx', seed, bars: count }),
    (bytes) => new ArrayBuffer(bytes),
  );
}

const plans = fc.array(fc.nat(1000), { minLength: 20, maxLength: 60 });
const trial = fc.tuple(...SIZES.map((size) => fc.nat(size - 1)));
const valuesAt = (positions: readonly number[]): number[] => positions.map((position, k) => VALUES[k]![position]!);

/** Metrics of a single run: the others play it forty times, which kernel.test compares. */
const ONE_PASS = METRICS.flatMap(({ needs }, k) => (needs === 'reruns' ? [] : [k]));

describe('random plans', () => {
  test('rows agree with plans asked bar by bar and traded by the slow twin', () => {
    let traded = 0;
    fc.assert(
      fc.property(
        plans,
        fc.integer({ min: 1, max: 130 }),
        fc.nat(99),
        fc.nat(20),
        fc.array(trial, { minLength: 1, maxLength: 6 }),
        (choices, count, seed, start, trials) => {
          const plan = randomPlan(choices, seed);
          const bars = marketOf(count, seed);
          const scoring: ResolvedScoring = { startBar: Math.min(start, count - 1), returns: 'bar', periodsPerYear: 252 };
          const engine = engineOf({ plan, bars: bars.buffer, axisSizes: SIZES, scoring, columns: ONE_PASS });
          const out = new Float64Array(METRIC_KEYS.length);
          for (const positions of trials) {
            const values = valuesAt(positions);
            const state = TRIAL_STATES[engine.run(positions, values, out)]!;
            const warmup = trialWarmup(plan, values, frameOffsets(bars));
            if (warmup >= count) {
              expect(state).toBe('warmup');
              continue;
            }
            const { holds } = asksOf(plan, bars, values);
            const is = (rule: NodeId | null, bar: number): boolean => rule !== null && holds(rule, bar);
            const { enterLong, exitLong, enterShort, exitShort } = plan.rules;
            const twin = simulateSlowly(
              twinMarket(bars, FREE),
              FREE,
              { ...scoring, firstSignalBar: Math.max(scoring.startBar, warmup) },
              {
                signalAt: (bar) => ({
                  enterLong: is(enterLong, bar),
                  exitLong: is(exitLong, bar),
                  enterShort: is(enterShort, bar),
                  exitShort: is(exitShort, bar),
                }),
              },
            );
            expect(state).toBe(twin.state);
            for (const k of ONE_PASS) {
              const { key, unit } = METRICS[k]!;
              const expected = twin.metrics[key]!;
              expect(isClose(out[k]!, expected, unit === 'money' ? 1000 : 1), `${key}: ${out[k]}, twin ${expected}`).toBe(true);
            }
            traded += Number(twin.trades.length > 0);
          }
        },
      ),
      { numRuns: Number(process.env['KERNEL_RUNS'] ?? 150) },
    );
    expect(traded).toBeGreaterThan(50);
  });

  test('the order of trials and the size of the cache change no byte of a row', () => {
    fc.assert(
      fc.property(plans, fc.array(trial, { minLength: 2, maxLength: 40 }), (choices, trials) => {
        const plan = randomPlan(choices, 5);
        const bars = marketOf(100, 5);
        const rowsOf = (cacheBytes: number, order: readonly number[]): Map<number, string> => {
          const engine = engineOf({ plan, bars: bars.buffer, axisSizes: SIZES, cacheBytes });
          const rows = new Map<number, string>();
          for (const k of order) {
            const out = new Float64Array(METRIC_KEYS.length);
            const state = engine.run(trials[k]!, valuesAt(trials[k]!), out);
            rows.set(k, `${state} ${new BigUint64Array(out.buffer).join(' ')}`);
          }
          return rows;
        };
        const order = trials.map((_, k) => k);
        const plain = rowsOf(1 << 22, order);
        for (const cacheBytes of [0, 1, 8_000, 1 << 22]) {
          for (const other of [order, order.toReversed(), [...order, ...order]]) {
            const rows = rowsOf(cacheBytes, other);
            for (const k of order) expect(rows.get(k)).toBe(plain.get(k));
          }
        }
      }),
      { numRuns: 40 },
    );
  });

  test('an opened trial: its row is the row of the sweep and its report agrees', () => {
    fc.assert(
      fc.property(plans, trial, (choices, positions) => {
        const bars = marketOf(90, 11);
        const engine = engineOf({ plan: randomPlan(choices, 11), bars: bars.buffer, axisSizes: SIZES });
        const out = new Float64Array(METRIC_KEYS.length);
        const state = engine.run(positions, valuesAt(positions), out);
        const detail = valueOf(engine.detail(positions, valuesAt(positions)));
        expect(detail.row).toEqual(out);
        expect(detail.state).toBe(state);
        expect(detail.report.state).toBe(TRIAL_STATES[state]);
        METRICS.forEach(({ key, unit }, k) => {
          expect(isClose(detail.report.metrics[key]!, out[k]!, unit === 'money' ? 1000 : 1), key).toBe(true);
        });
      }),
      { numRuns: 100 },
    );
  });

  test('axes whose product is beyond 2^53 are evaluated too', () => {
    const sizes = [6, 3, 2, 2, 2 ** 31 - 1, 2 ** 31 - 1];
    const plan = planOf((graph) => {
      const level = graph.math('add', [graph.source('close'), graph.number({ op: 'axis', axis: 4 })]);
      const mean = graph.indicator('sma', [level], [graph.number({ op: 'axis', axis: 0 })]);
      const both = graph.math('sub', [mean, graph.number({ op: 'axis', axis: 5 })]);
      return {
        enterLong: graph.cross('over', graph.source('close'), both),
        exitLong: graph.cross('under', graph.source('close'), both),
      };
    });
    const engine = engineOf({ plan, bars: marketOf(300, 3).buffer, axisSizes: sizes });
    const rowAt = (last: number): Float64Array => {
      const out = new Float64Array(METRIC_KEYS.length);
      engine.run([2, 0, 0, 0, 7, last], [3, 0, 0, 0, 7, last], out);
      return out;
    };
    const seven = rowAt(7);
    const eight = rowAt(8);
    expect(eight).not.toEqual(seven);
    expect(rowAt(7)).toEqual(seven);
  });
});
