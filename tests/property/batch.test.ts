import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { metricIndex, METRICS } from '../../src/metrics/columns.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';
import { engineOf, executionOf, valueOf } from '../support/kernel.ts';

const BARS = createBars(generateBars({ kind: 'equity', seed: 11, bars: 40_000 }), (bytes) => new SharedArrayBuffer(bytes));
const SPACE = 'n = param(3, 2..9 by 1)\nlevel = param(30, 20..79 by 1)\n';
const RULES: readonly string[] = [
  'enter long when rsi(close, n) < level\nexit long when rsi(close, 14) > 55',
  'enter long when crossover(rsi(close, n), level)\nexit long when rsi(close, 14) > 50 and close > open',
  'enter long when rsi(close, n) < level\nenter short when rsi(close, n) > 100 - level / 2',
  'enter long when crossover(rsi(close, n), level)\nexit long when rsi(close, 14) > 70\nstop (n / 2)%\ntarget (n)%',
  'enter long when crossover(rsi(close, n), 40)\nexit long when rsi(close, 14) > 75\nstop (level / 40)%\ntarget (level / 20)%',
  'enter long when crossover(rsi(close, n), 40)\nexit long when rsi(close, 14) > 75\nstop atr(n) * (level / 20)\ntarget (110 - level)',
  'enter long when crossover(rsi(close, n), level)\nexit long when rsi(close, 14) > 70 or bars_held > n',
];

const study = fc.record({
  rules: fc.constantFrom(...RULES),
  fill: fc.constantFrom('nextOpen' as const, 'close' as const),
  onOpposite: fc.constantFrom('reverse' as const, 'exit' as const, 'ignore' as const),
  atEnd: fc.constantFrom('close' as const, 'mark' as const),
  relative: fc.constantFrom(0, 0.0005),
  slippage: fc.constantFrom(0, 0.0002),
  returns: fc.constantFrom('bar' as const, 'day' as const),
  first: fc.nat(400),
  count: fc.integer({ min: 1, max: 70 }),
  /** Hits are remembered per bar, per entry signal, or not at all. */
  cacheBytes: fc.constantFrom(1 << 28, 1 << 24, 1 << 22),
});

const STORED = METRICS.flatMap(({ needs }, k) => (needs === 'sums' ? [k] : []));

test(
  'trials booked together, block by block, have the bytes of each on its own',
  () => {
    let together = 0;
    let trades = 0;
    fc.assert(
      fc.property(study, ({ rules, relative, returns, first, count, cacheBytes, ...rest }) => {
        const plan = valueOf(compileStrategy(SPACE + rules));
        const { axes } = plan.space;
        const longestWarmup = largestWarmup(plan, axes).bars;
        const setup = {
          plan,
          bars: BARS.buffer,
          axisSizes: axes.map((axis) => axis.size),
          columns: [...STORED, BLOCK_COLUMN],
          execution: executionOf({ ...rest, commission: { relative } }),
          scoring: { startBar: longestWarmup, longestWarmup, returns, periodsPerYear: 252 },
        };
        const engine = engineOf({ ...setup, cacheBytes });
        const twin = engineOf({ ...setup, cacheBytes: 1 << 20 }); // remembers no hits
        const trials = Array.from({ length: count }, (_, k) => [Math.floor((first + k) / 60), (first + k) % 60]);
        const positions = [0, 1].map((axis) => Uint32Array.from(trials, (trial) => trial[axis]!));
        const valueAt = (axis: number, position: number): number => axisValue(axes[axis]!, position);
        const [of, alone] = [new Float64Array(METRICS.length), new Float64Array(METRICS.length)];
        const [moments, momentsAlone] = [new Float64Array(BLOCK_NUMBERS), new Float64Array(BLOCK_NUMBERS)];
        const rows = [];
        for (let row = 0; row < count;) {
          const prepared = engine.prepare({ positions, valueOf: valueAt }, row, count, () => false);
          expect(prepared).not.toBe(0);
          for (let k = 0; k < prepared; k++) {
            const trial = trials[row + k]!;
            const state = engine.prepared(
              k,
              trial,
              trial.map((position, axis) => valueAt(axis, position)),
              of,
            );
            engine.moments(moments, 0);
            rows.push({ trial, state, row: of.slice(), moments: moments.slice() });
          }
          together += Math.max(0, prepared);
          row += Math.abs(prepared);
        }
        for (const { trial, state, row, moments: blocks } of rows) {
          const values = trial.map((position, axis) => valueAt(axis, position));
          expect(state).toBe(twin.run(trial, values, alone));
          twin.moments(momentsAlone, 0);
          expect(row).toEqual(alone);
          expect(blocks).toEqual(momentsAlone);
          trades += row[metricIndex('trades')]!;
        }
      }),
      { numRuns: process.env['LONG'] === undefined ? 40 : 1000 },
    );
    expect(together).toBeGreaterThan(200);
    expect(trades).toBeGreaterThan(10_000);
  },
  process.env['LONG'] === undefined ? 120_000 : 1_800_000,
);

test('a batch that is told to stop leaves its rows to be run', () => {
  const plan = valueOf(compileStrategy(SPACE + RULES[0]!));
  const { axes } = plan.space;
  const longestWarmup = largestWarmup(plan, axes).bars;
  const engine = engineOf({
    plan,
    bars: BARS.buffer,
    axisSizes: axes.map((axis) => axis.size),
    columns: STORED,
    scoring: { startBar: longestWarmup, longestWarmup, returns: 'bar', periodsPerYear: 252 },
  });
  const positions = [new Uint32Array(10), Uint32Array.from({ length: 10 }, (_, k) => k)];
  const source = { positions, valueOf: (axis: number, position: number) => axisValue(axes[axis]!, position) };
  for (const after of [0, 3, 12]) {
    let asked = 0;
    expect(engine.prepare(source, 0, 10, () => asked++ >= after)).toBeLessThan(0);
    expect(asked).toBe(after + 1);
  }
  expect(engine.prepare(source, 0, 10, () => false)).toBe(10);
});
