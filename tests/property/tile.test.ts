import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import { blockSma, blockSmooth, ticksOf } from '../../src/kernel/block-series.ts';
import { COLUMN_BITS, createCrossings } from '../../src/kernel/crossings.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { METRICS } from '../../src/metrics/columns.ts';
import { axisValue } from '../../src/space/axis.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';
import { barsOf, engineOf, executionOf, valueOf } from '../support/kernel.ts';
import { expectSameNumbers } from '../support/same-numbers.ts';

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

describe('crossings of many series at once', () => {
  const [left, right, columns] = [4, 3, 40];
  const values = fc.array(fc.integer({ min: 0, max: 6 }), {
    minLength: (left + right) * columns,
    maxLength: (left + right) * columns,
  });

  test('are those of every pair on its own, ties included', () => {
    fc.assert(
      fc.property(values, fc.array(fc.boolean(), { minLength: left * right, maxLength: left * right }), (list, wanted) => {
        const table = Float64Array.from(list);
        const pairs: [number, number][] = [];
        const pairOf = Int32Array.from(wanted, (want, cell) =>
          want ? pairs.push([Math.floor(cell / right), cell % right]) - 1 : -1,
        );
        const crossings = createCrossings(left, right, pairOf, pairs.length, new Int32Array(2 * pairs.length));
        crossings.begin(table, columns, 0);
        const found: string[] = [];
        for (let from = 1; from < columns;) {
          const next = crossings.run(table, columns, from, columns);
          expect(next).toBeGreaterThan(from);
          for (const event of crossings.events.subarray(0, crossings.count)) {
            const column = from + ((event >> 1) & ((1 << COLUMN_BITS) - 1));
            found.push(`${column} ${pairs[event >> (COLUMN_BITS + 1)]!.join()} ${event & 1}`);
          }
          from = next;
        }
        const expected = pairs.flatMap(([a, b]) => {
          const at = (s: number, column: number): number => table[s * columns + column]!;
          return Array.from({ length: columns - 1 }, (_, k) => k + 1).flatMap((column) => {
            const [now, before] = [at(a, column) - at(left + b, column), at(a, column - 1) - at(left + b, column - 1)];
            if (now > 0 && before <= 0) return `${column} ${a},${b} 1`;
            return now < 0 && before >= 0 ? `${column} ${a},${b} 0` : [];
          });
        });
        expect(found.sort()).toEqual(expected.sort());
      }),
      { numRuns: 400 },
    );
  });
});

test('an average in blocks has the bytes of the catalogue’s', () => {
  const bars = createBars(generateBars({ kind: 'fx', seed: 3, bars: 700 }), shared);
  const { close, count, decimals } = bars;
  const ticks = ticksOf(close, decimals)!;
  for (const n of [1, 2, 7, 50]) {
    for (const [kind, make] of [
      ['sma', () => blockSma(ticks, n)],
      ['ema', () => blockSmooth(close, ticks, n, 2 / (n + 1))],
      ['rma', () => blockSmooth(close, ticks, n, 1 / n)],
    ] as const) {
      const whole = new Float64Array(count);
      computationOf(kind)([close], [n], whole, { decimals });
      for (const from of [n - 1, 60]) {
        const out = new Float64Array(count);
        const made = make();
        for (let at = from; at < count; at += 97) made.fill(at, Math.min(count, at + 97), out, at);
        expect(out.subarray(from)).toEqual(whole.subarray(from));
      }
    }
  }
});

/** Columns that come out of the account; for others the trial is run once more. */
const STORED: ReadonlySet<string> = new Set(
  'finalEquity sharpe sortino maxDrawdown trades winRate profitFactor sqn exposure'.split(' '),
);

const RULES = [
  'enter long when crossover(f, s)\nexit long when crossunder(f, s)',
  'enter long when crossover(f, s)\nenter short when crossunder(f, s)',
  'enter short when crossover(s, f)\nexit short when crossover(f, s)',
  'enter long when crossover(f, s)',
  'enter long when crossover(f, s)\nenter short when crossover(f, s)\nexit short when crossunder(f, s)',
];

const study = fc.record({
  rules: fc.constantFrom(...RULES),
  // short moves in whole units: averages meet often, and shorts are ruined now and then
  moves: fc.array(fc.constantFrom(-30, -2, -1, 0, 0, 1, 2, 3, 40), { minLength: 60, maxLength: 1300 }),
  fill: fc.constantFrom('nextOpen' as const, 'close' as const),
  onOpposite: fc.constantFrom('reverse' as const, 'exit' as const, 'ignore' as const),
  atEnd: fc.constantFrom('close' as const, 'mark' as const),
  relative: fc.constantFrom(0, 0.001, 0.02),
  slippage: fc.constantFrom(0, 0.001),
  returns: fc.constantFrom('bar' as const, 'day' as const),
  spacingHours: fc.constantFrom(24, 5),
});

function barsFrom(moves: readonly number[], spacingHours: number): Bars {
  let price = 100;
  const rows = moves.map((move, k) => {
    const open = price;
    price = Math.max(1, price + move);
    return { open: k % 3 === 0 ? Math.max(1, open + 1) : open, close: price };
  });
  return barsOf(rows, spacingHours * 3_600_000);
}

describe('pairs evaluated together', () => {
  test('have the bytes of each on its own', () => {
    let tiled = 0;
    fc.assert(
      fc.property(study, ({ rules, moves, relative, returns, spacingHours, ...rest }) => {
        const text = `kind = choice(sma, ema)\nfast = param(3, 1..9 by 1)\nslow = param(12, 2..20 by 2)\nrequire fast < slow\nf = ma(kind, close, fast)\ns = ma(kind, close, slow)\n${rules}\n`;
        const plan = valueOf(compileStrategy(text));
        const { axes } = plan.space;
        const bars = barsFrom(moves, spacingHours);
        const longestWarmup = largestWarmup(plan, axes).bars;
        const engine = engineOf({
          plan,
          bars: bars.buffer,
          axisSizes: axes.map((axis) => axis.size),
          columns: [...METRICS.flatMap(({ key }, k) => (STORED.has(key) ? [k] : [])), BLOCK_COLUMN],
          execution: executionOf({ ...rest, commission: { relative } }),
          scoring: { startBar: longestWarmup, longestWarmup, returns, periodsPerYear: 252 },
        });
        const trials = [0, 1].flatMap((kind) =>
          Array.from({ length: 90 }, (_, k) => [kind, Math.floor(k / 10), k % 10]).filter(([, f, s]) => f! + 1 < 2 * s! + 2),
        );
        const positions = [0, 1, 2].map((axis) => Uint32Array.from(trials, (trial) => trial[axis]!));
        const valueOfAxis = (axis: number, position: number): number => axisValue(axes[axis]!, position);
        const [together, alone] = [new Float64Array(METRICS.length), new Float64Array(METRICS.length)];
        const [moments, momentsAlone] = [new Float64Array(BLOCK_NUMBERS), new Float64Array(BLOCK_NUMBERS)];
        for (let row = 0; row < trials.length;) {
          const count = engine.prepare({ positions, valueOf: valueOfAxis }, row, trials.length, () => false);
          tiled += Math.max(0, count);
          for (let k = 0; k < count; k++) {
            const trial = trials[row + k]!;
            const values = trial.map((position, axis) => valueOfAxis(axis, position));
            const state = engine.prepared(k, trial, values, together);
            engine.moments(moments, 0);
            expect(state).toBe(engine.run(trial, values, alone));
            engine.moments(momentsAlone, 0);
            expectSameNumbers(together, alone);
            expectSameNumbers(moments, momentsAlone);
          }
          row += Math.abs(count);
        }
      }),
      { numRuns: process.env['LONG'] === undefined ? 40 : 1000 },
    );
    expect(tiled).toBeGreaterThan(1000);
  });
});
