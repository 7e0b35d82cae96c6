import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportTrial } from '../../src/kernel/report.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from '../../src/metrics/blocks.ts';
import { metricIndex, METRICS } from '../../src/metrics/columns.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { WARMUP } from '../../src/metrics/state.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { blockTwin, type BlockTwin } from '../reference/block-moments.ts';
import { barsFrom, PATHS, planOfRecipe, type StudyCase } from '../support/execution-cases.ts';
import { barsOf, codeOf, engineOf, isClose, SIGNAL_PLAN, valueOf } from '../support/kernel.ts';
import { expectSameNumbers } from '../support/same-numbers.ts';

const RUNS = Number(process.env['EXECUTION_RUNS'] ?? (process.env['LONG'] ? 5_000 : 300));
const STORED = ['finalEquity', 'totalReturn', 'volatility', 'sharpe', 'sortino', 'maxDrawdown', 'trades'] as const;
const COLUMNS = STORED.map(metricIndex);
const [VOLATILITY, SHARPE] = [metricIndex('volatility'), metricIndex('sharpe')];

interface Ran {
  readonly row: Float64Array;
  readonly moments: Float64Array;
  readonly without: Float64Array; // the same trial of a study that does not want them
  readonly twin: BlockTwin;
  readonly late: BlockTwin;
  readonly finite: boolean;
}

function run(of: StudyCase): Ran {
  const bars = barsFrom(of.moves, of.spacingHours);
  const startBar = Math.min(of.start, bars.count - 1);
  const scoring: ResolvedScoring = { startBar, returns: of.returns, periodsPerYear: 252 };
  const setup = { plan: planOfRecipe(of.recipe), execution: of.execution, scoring };
  const [row, without] = [new Float64Array(METRICS.length), new Float64Array(METRICS.length)];
  const [moments, unasked] = [new Float64Array(BLOCK_NUMBERS), new Float64Array(BLOCK_NUMBERS)];
  const engine = engineOf({ ...setup, bars: bars.buffer, columns: [...COLUMNS, BLOCK_COLUMN] });
  engine.run([], [], row);
  engine.moments(moments, 0);
  const other = engineOf({ ...setup, bars: bars.buffer, columns: COLUMNS });
  other.run([], [], without);
  other.moments(unasked, 0);
  expectSameNumbers(unasked, new Float64Array(BLOCK_NUMBERS));
  const { report } = reportTrial({ ...setup, bars, objective: null, reruns: false }, []);
  const dates = of.returns === 'day' ? bars.localDate.subarray(startBar) : null;
  const twinOf = (late: number): BlockTwin => blockTwin(of.execution.capital, report.equity, dates, late);
  return { row, moments, without, twin: twinOf(0), late: twinOf(1), finite: Number.isFinite(report.equity.at(-1)) };
}

/** Where the kernel and the twin differ: block, kernel, twin. Parts are as exact as the sums over all blocks. */
function differences(moments: Float64Array, { sums, squares, returns }: BlockTwin): string[] {
  const scale = Math.max(1, ...returns.map(Math.abs));
  return [...sums.keys()].flatMap((block) => {
    const [sum, square] = [moments[block]!, moments[16 + block]!];
    const same = isClose(sum, sums[block]!, scale) && isClose(square, squares[block]!, scale * scale);
    return same ? [] : [`block ${block}: ${sum} ${sums[block]}, ${square} ${squares[block]}`];
  });
}

const halves = (moments: Float64Array): number[][] => [Array.from(moments.subarray(0, 16)), Array.from(moments.subarray(16))];
const sumOf = (xs: readonly number[]): number => xs.reduce((sum, x) => sum + x, 0);

describe.each(PATHS)('block moments by the %s path', (_, studies) => {
  test('are those of the twin, and other columns do not depend on them', () => {
    fc.assert(
      fc.property(studies, (study) => {
        const { row, moments, without, twin, finite } = run(study);
        if (finite) expect(differences(moments, twin)).toEqual([]);
        expect(COLUMNS.map((column) => row[column])).toEqual(COLUMNS.map((column) => without[column]));
        if (!finite) expect(halves(moments).flat()).toEqual(new Array(32).fill(NaN));
      }),
      { numRuns: RUNS },
    );
  });

  test('add up to the sums of the volatility and the Sharpe ratio', () => {
    let compared = 0;
    fc.assert(
      fc.property(studies, (study) => {
        const { row, moments, twin, finite } = run(study);
        const n = twin.returns.length;
        const [sum, squares] = halves(moments).map(sumOf) as [number, number];
        const variance = (squares - (sum * sum) / n) / (n - 1);
        // sums around 0 lose digits where returns hardly vary about their mean
        if (!finite || n < 2 || !(variance > 1e-4 * (squares / n))) return;
        compared++;
        const deviation = Math.sqrt(variance * 252);
        expect(isClose(deviation, row[VOLATILITY]!, 0), `${deviation} ${row[VOLATILITY]}`).toBe(true);
        expect(isClose(((sum / n) * 252) / deviation, row[SHARPE]!)).toBe(true);
      }),
      { numRuns: RUNS },
    );
    expect(compared).toBeGreaterThan(RUNS / 4);
  });

  test('that were cut one sample late would be noticed', () => {
    const noticed = fc.sample(studies, { numRuns: 100, seed: 1 }).filter((study) => {
      const { moments, late, finite } = run(study);
      return finite && differences(moments, late).length > 0;
    });
    expect(noticed.length).toBeGreaterThan(20);
  });
});

describe('block moments', () => {
  const scoring = { startBar: 0, returns: 'bar', periodsPerYear: 252 } as const;
  const play = (prices: readonly number[], letters: (bar: number) => string): number[][] => {
    const rows = prices.map((price, i) => ({ open: prices[i - 1] ?? price, close: price, volume: codeOf(letters(i)) }));
    const engine = engineOf({ plan: SIGNAL_PLAN, bars: barsOf(rows).buffer, scoring, columns: [BLOCK_COLUMN] });
    engine.run([], [], new Float64Array(METRICS.length));
    const moments = new Float64Array(BLOCK_NUMBERS);
    engine.moments(moments, 0);
    return halves(moments);
  };

  test('are 0 where nothing is held', () => {
    expect(play([1, 2, 4, 8], () => '')).toEqual([new Array(16).fill(0), new Array(16).fill(0)]);
  });

  test('of fewer samples than blocks leave blocks empty: sample k is in block ⌈16·(k + 1) ÷ N⌉ − 1', () => {
    // all in at bar 0: r is 0, 1, 1, 1 at bars 0 to 3
    const [sums, squares] = play([1, 2, 4, 8], (bar) => (bar === 0 ? 'L' : ''));
    const expected = Array.from({ length: 16 }, (_, block) => Number([7, 11, 15].includes(block)));
    expect(sums).toEqual(expected);
    expect(squares).toEqual(expected);
  });

  test('of a ruined trial have the loss of everything at its sample, and 0 after it', () => {
    const prices = Array.from({ length: 32 }, (_, bar) => (bar < 9 ? 1 : 10));
    const [sums, squares] = play(prices, (bar) => (bar === 0 ? 'S' : ''));
    const expected = Array.from({ length: 16 }, (_, block) => Number(block === 4));
    expect(sums).toEqual(expected.map((x) => 0 - x));
    expect(squares).toEqual(expected);
  });

  test('of returns that hardly vary, whose sums are taken around their mean, are of the returns themselves', () => {
    const prices = Array.from({ length: 200 }, (_, bar) => 100 * 1.001 ** bar);
    const [sums, squares] = play(prices, (bar) => (bar === 0 ? 'L' : ''));
    const { sums: ofTwin, squares: squaresOfTwin } = blockTwin(
      1000,
      [1000, ...prices.slice(1).map((price) => 10 * price)],
      null,
    );
    sums!.forEach((sum, block) => expect(isClose(sum, ofTwin[block]!, 1e-3)).toBe(true));
    squares!.forEach((square, block) => expect(isClose(square, squaresOfTwin[block]!, 1e-6)).toBe(true));
  });

  test('have no value where the trial could not trade', () => {
    const plan = valueOf(compileStrategy('n = param(50, 40..60 by 10)\nenter long when close > sma(close, n)'));
    const bars = barsOf([1, 2, 3].map((price) => ({ open: price, close: price })));
    const moments = new Float64Array(BLOCK_NUMBERS);
    const engine = engineOf({ plan, axisSizes: [3], bars: bars.buffer, scoring, columns: [BLOCK_COLUMN] });
    expect(engine.run([1], [50], new Float64Array(METRICS.length))).toBe(WARMUP);
    engine.moments(moments, 0);
    expect(Array.from(moments)).toEqual(new Array(32).fill(NaN));
  });
});
