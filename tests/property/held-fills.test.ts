import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pathOf } from '../../src/kernel/path.ts';
import { metricIndex, METRICS } from '../../src/metrics/columns.ts';
import { trialWarmup } from '../../src/strategy/warmup.ts';
import { simulateSlowly } from '../reference/simulate.ts';
import { barsFrom, planOfRecipe, positionalStudy, twinOfRecipe } from '../support/execution-cases.ts';
import { engineOf, isClose, rowOf, twinMarket } from '../support/kernel.ts';

const RUNS = process.env['LONG'] ? 20_000 : 1_000;
const COMPARED = METRICS.filter(({ needs }) => needs === 'sums');
/** Metrics of which returns are the terms. */
const OF_RETURNS: ReadonlySet<string> = new Set(['volatility', 'sharpe', 'sortino']);

/** An account that falls below a ten-thousandth still carries the rounding of its purchases, so its returns have fewer digits. */
function scaleOfReturns(capital: number, equity: readonly number[]): number {
  const least = Math.min(capital, ...equity.filter((value) => value > 0));
  return Math.min(1000, Math.max(1, (1e-4 * capital) / least));
}

test(
  'exits that read the position, found in blocks of bars, are those of the slow twin',
  () => {
    let fast = 0;
    let long = 0;
    fc.assert(
      fc.property(positionalStudy, fc.nat(300), ({ moves, execution, recipe, start, returns, spacingHours }, more) => {
        // a tail that stands still: trades longer than a block
        const last = moves.at(-1)!;
        const bars = barsFrom([...moves, ...Array.from({ length: more % 2 === 0 ? more : 0 }, () => last)], spacingHours);
        const plan = planOfRecipe(recipe);
        const scoring = { startBar: Math.min(start, bars.count - 1), returns, periodsPerYear: 252 };
        const columns = COMPARED.map(({ key }) => metricIndex(key));
        const engine = engineOf({ plan, bars: bars.buffer, execution, scoring, columns });
        const out = new Float64Array(METRICS.length);
        const row = rowOf({ state: engine.run([], [], out), row: out });
        const firstSignalBar = Math.max(scoring.startBar, trialWarmup(plan, []));
        const market = twinMarket(bars, execution);
        const twin = simulateSlowly(market, execution, { ...scoring, firstSignalBar }, twinOfRecipe(recipe, bars));
        expect(row.state).toBe(twin.state);
        const scale = scaleOfReturns(execution.capital, twin.equity);
        for (const { key, unit } of COMPARED) {
          const [is, expected] = [row[key], twin.metrics[key]!];
          if (!isClose(is, expected, unit === 'money' ? execution.capital : OF_RETURNS.has(key) ? scale : 1))
            throw new Error(`${key} ${is}, twin ${expected}`);
        }
        if (pathOf(plan, execution, bars, scoring.startBar) !== 'positional') return;
        fast += twin.trades.length;
        long += twin.trades.filter(({ entryBar, exitBar }) => exitBar - entryBar > 20).length;
      }),
      { numRuns: RUNS },
    );
    expect(fast).toBeGreaterThan(RUNS);
    expect(long).toBeGreaterThan(RUNS / 500);
  },
  process.env['LONG'] ? 900_000 : 60_000,
);
