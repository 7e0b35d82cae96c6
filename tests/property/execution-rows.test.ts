import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pathOf } from '../../src/kernel/path.ts';
import { reportTrial } from '../../src/kernel/report.ts';
import { METRICS } from '../../src/metrics/columns.ts';
import type { Execution } from '../../src/strategy/execution.ts';
import {
  bare,
  barsFrom,
  guardedStudy,
  PATHS,
  planOfRecipe,
  proportionalStudy,
  study,
  type Move,
  type StudyCase,
} from '../support/execution-cases.ts';
import { barsOf, engineOf, executionOf, FROM_FIRST_BAR, isClose, rowOf, type Row } from '../support/kernel.ts';

const RUNS = Number(process.env['EXECUTION_RUNS'] ?? (process.env['LONG'] ? 5_000 : 300));

const COLUMNS = METRICS.flatMap(({ needs }, column) => (needs === 'reruns' ? [] : [column])); // those would take most of the time
const COMPARED = COLUMNS.map((column) => METRICS[column]!);

function rowsOf(of: Pick<StudyCase, 'moves' | 'recipe' | 'spacingHours'>, execution: Execution, scale = 1): Row {
  const bars = scaled(barsFrom(of.moves, of.spacingHours), scale);
  const engine = engineOf({
    plan: planOfRecipe(of.recipe),
    bars: bars.buffer,
    execution,
    scoring: FROM_FIRST_BAR,
    columns: COLUMNS,
  });
  const row = new Float64Array(METRICS.length);
  const state = engine.run([], [], row);
  return rowOf({ state, row });
}

function scaled(bars: ReturnType<typeof barsFrom>, by: number): ReturnType<typeof barsFrom> {
  if (by === 1) return bars;
  const rows = Array.from(bars.close, (close, i) => ({
    open: bars.open[i]! * by,
    high: bars.high[i]! * by,
    low: bars.low[i]! * by,
    close: close * by,
    volume: bars.volume[i]!,
  }));
  return barsOf(rows, bars.count > 1 ? bars.time[1]! - bars.time[0]! : 86_400_000);
}

/** Without what makes a row depend on bars after the cut: the size of a tick is how the whole file is written. */
function marked(execution: Execution): Execution {
  return { ...execution, atEnd: 'mark', tickSize: 0.01 };
}

function lookAheadOf(of: StudyCase, cut: number, hidden: (moves: readonly Move[]) => readonly Move[]): string | null {
  const seen = Math.max(1, Math.min(cut, of.moves.length));
  const execution = marked(of.execution);
  const part = rowsOf({ ...of, moves: hidden(of.moves).slice(0, seen) }, execution);
  const bars = barsFrom(hidden(of.moves), of.spacingHours);
  const setup = { plan: planOfRecipe(of.recipe), bars, execution, scoring: FROM_FIRST_BAR, objective: null, reruns: false };
  const whole = reportTrial(setup, []).report;
  const ended = whole.trades.filter(({ open, exitBar }) => !open && exitBar < seen).length;
  if (!isClose(part.finalEquity, whole.equity[seen - 1]!, of.execution.capital)) return 'equity';
  return part.trades === ended ? null : 'trades';
}

describe.each(PATHS)('rows by the %s path', (name, studies) => {
  test('the path is taken', () => {
    const taken = fc.sample(studies, { numRuns: 200, seed: 1 }).filter(({ moves, recipe, execution, spacingHours }) => {
      const bars = barsFrom(moves, spacingHours);
      return pathOf(planOfRecipe(recipe), execution, bars, 0) === name;
    });
    expect(taken.length).toBeGreaterThan(60);
  });

  test('bars that are still to come change nothing before them', () => {
    fc.assert(
      fc.property(studies, fc.nat(60), (of, cut) => {
        expect(lookAheadOf(of, cut, (moves) => moves)).toBeNull();
      }),
      { numRuns: RUNS },
    );
  });

  test('money is the sum of the profits, and no drawdown is below −1 or above 0', () => {
    fc.assert(
      fc.property(studies, (of) => {
        const execution = { ...of.execution, atEnd: 'close' } as const;
        const { state, trades, expectancy, finalEquity, maxDrawdown } = rowsOf(of, execution);
        if (state === 'failed') return;
        expect(maxDrawdown >= -1 && maxDrawdown <= 0).toBe(true);
        if (state === 'noTrades') expect([finalEquity, maxDrawdown]).toEqual([execution.capital, 0]);
        if (state !== 'complete') return;
        const profit = trades === 0 ? 0 : trades * expectancy;
        expect(isClose(execution.capital + profit, finalEquity, Math.max(execution.capital, Math.abs(profit)))).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test('without costs, prices that stand still give nothing', () => {
    fc.assert(
      fc.property(studies, (of) => {
        const { fill, onOpposite, insideBar, sizing, sides } = of.execution;
        const free = executionOf({ fill, onOpposite, insideBar, sizing, sides });
        const bars = barsOf(of.moves.map(({ code }) => ({ open: 100, close: 100, volume: code })));
        const engine = engineOf({
          plan: planOfRecipe(of.recipe),
          bars: bars.buffer,
          execution: free,
          scoring: FROM_FIRST_BAR,
          columns: COLUMNS,
        });
        const row = new Float64Array(METRICS.length);
        const found = rowOf({ state: engine.run([], [], row), row });
        expect([found.finalEquity, found.totalReturn, found.maxDrawdown]).toEqual([free.capital, 0, 0]);
        if (found.trades > 0) expect([found.expectancy, found.winRate, found.avgTrade]).toEqual([0, 0, 0]);
      }),
      { numRuns: RUNS },
    );
  });

  test('four times the prices and the money give four times the equity and the same of all that has no unit, to the bit', () => {
    fc.assert(
      fc.property(studies, (of) => {
        // what is an amount of money or a distance in prices would have to be four times as much as well
        const noDistance = (levels: readonly number[]): number[] => levels.filter((k) => k !== 2);
        const { long, short, size } = of.recipe;
        const sideOf = (side: typeof long): typeof long => ({
          ...side,
          stops: noDistance(side.stops),
          targets: noDistance(side.targets),
          trails: noDistance(side.trails),
          breakEvens: noDistance(side.breakEvens),
        });
        const recipe = { long: sideOf(long), short: sideOf(short), size: size === 'cash' ? ('none' as const) : size };
        const { commission, sizing, capital, slippage, fill, sides, onOpposite, insideBar, atEnd, units, lotStep } =
          of.execution;
        const { funding, leverage, maintenance } = of.execution;
        const at = (scale: number): Execution =>
          executionOf({
            ...{ slippage, fill, sides, onOpposite, insideBar, atEnd, units, lotStep, funding, leverage, maintenance },
            commission: { relative: commission.relative },
            sizing: { ...sizing, cash: sizing.cash * scale },
            capital: capital * scale,
          });
        const [one, four] = [rowsOf({ ...of, recipe }, at(1)), rowsOf({ ...of, recipe }, at(4), 4)];
        expect(four.state).toBe(one.state);
        for (const { key, unit } of COMPARED) {
          const expected = unit === 'money' ? one[key] * 4 : one[key];
          if (!Object.is(four[key], expected)) expect([key, four[key]]).toEqual([key, expected]);
        }
      }),
      { numRuns: RUNS },
    );
  });
});

describe('costs never help', () => {
  const cost = fc.constantFrom('relative', 'fixed', 'perUnit', 'minimum', 'slippage', 'halfSpread', 'short', 'leverage');

  test('with a fixed number of units and exits that do not read the position', () => {
    fc.assert(
      fc.property(study, cost, (of, which) => {
        const plain = { ...of, recipe: { long: bare, short: bare, size: 'none' as const } };
        const paying = (amount: number): Execution =>
          executionOf({
            capital: 1e12,
            sizing: { kind: 'units', units: 3 },
            commission: { relative: 0.001, ...(COMMISSIONS.has(which) ? { [which]: amount } : {}) },
            funding: which === 'short' || which === 'leverage' ? { [which]: amount } : {},
            ...(which === 'slippage' || which === 'halfSpread' ? { [which]: amount } : {}),
          });
        const [low, high] = [rowsOf(plain, paying(0.001)), rowsOf(plain, paying(0.02))];
        expect(high.finalEquity <= low.finalEquity).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  test.each(['proportional', 'guarded'] as const)('by the %s path, all equity, a share of the value', (name) => {
    fc.assert(
      fc.property(
        name === 'guarded' ? guardedStudy : proportionalStudy,
        fc.constantFrom('relative', 'slippage'),
        (of, which) => {
          // slippage moves the fill that stops count from; commission does not
          const swept = name === 'guarded' ? 'relative' : which;
          const paying = (amount: number): Execution => ({
            ...of.execution,
            commission: { ...of.execution.commission, relative: swept === 'relative' ? amount : 0.001 },
            slippage: swept === 'slippage' ? amount : of.execution.slippage,
          });
          expect(rowsOf(of, paying(0.02)).finalEquity <= rowsOf(of, paying(0.001)).finalEquity).toBe(true);
        },
      ),
      { numRuns: RUNS },
    );
  });
});

const COMMISSIONS: ReadonlySet<string> = new Set(['relative', 'fixed', 'perUnit', 'minimum']);

test('a strategy that peeks is noticed', () => {
  const peeking = (moves: readonly Move[]): Move[] =>
    moves.map((move, i) => ({ ...move, code: (moves[i + 1]?.move ?? 1) > 1 ? 1 : 2 }));
  const failed = fc.check(
    fc.property(proportionalStudy, fc.nat(60), (of, cut) => {
      const seen = Math.max(1, Math.min(cut, of.moves.length));
      const part = rowsOf({ ...of, moves: peeking(of.moves.slice(0, seen)) }, marked(of.execution));
      const whole = rowsOf({ ...of, moves: peeking(of.moves).slice(0, seen) }, marked(of.execution));
      return part.finalEquity === whole.finalEquity;
    }),
    { numRuns: 500, endOnFailure: true },
  );
  expect(failed.failed).toBe(true);
});
