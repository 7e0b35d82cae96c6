import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportTrial } from '../../src/kernel/report.ts';
import type { Execution } from '../../src/strategy/execution.ts';
import { barsFrom, planOfRecipe, study } from '../support/execution-cases.ts';
import { barsOf, executionOf, FROM_FIRST_BAR } from '../support/kernel.ts';

const RUNS = Number(process.env['EXECUTION_RUNS'] ?? 300);
type Study = typeof study extends fc.Arbitrary<infer T> ? T : never;

function reportOf({ moves, recipe, spacingHours }: Study, execution: Execution, most = moves.length) {
  const bars = barsFrom(moves.slice(0, most), spacingHours);
  return reportTrial(
    { plan: planOfRecipe(recipe), bars, execution, scoring: FROM_FIRST_BAR, objective: null, reruns: false },
    [],
  ).report;
}

describe('whatever the strategy, the bars and the settings', () => {
  test('the net profits are the change of equity, and no drawdown is below −1', () => {
    fc.assert(
      fc.property(study, (of) => {
        const { equity, trades, drawdown, capital, state } = reportOf(of, of.execution);
        if (state !== 'ruined') {
          const profit = trades.reduce((sum, trade) => sum + trade.pnl, 0);
          expect(Math.abs(equity.at(-1)! - capital - profit)).toBeLessThanOrEqual(1e-9 * Math.max(capital, equity.at(-1)!));
        }
        expect(drawdown.every((fall) => fall >= -1 && fall <= 0)).toBe(true);
        for (const { costs, mae, mfe, quantity } of trades) {
          expect(costs >= 0 && mae <= 0 && mfe >= 0 && quantity > 0).toBe(true);
        }
      }),
      { numRuns: RUNS },
    );
  });

  test('bars that are still to come change no equity and no trade before them', () => {
    fc.assert(
      fc.property(study, fc.nat(60), (of, cut) => {
        // the size of a tick, where nothing says it, is how the whole file is written
        const marked: Execution = { ...of.execution, atEnd: 'mark', tickSize: 0.01 };
        const seen = Math.max(1, Math.min(cut, of.moves.length));
        const whole = reportOf(of, marked);
        const part = reportOf(of, marked, seen);
        expect(part.equity).toEqual(whole.equity.slice(0, seen));
        const ended = part.trades.filter((trade) => !trade.open);
        expect(ended).toEqual(whole.trades.filter((trade) => !trade.open && trade.exitBar < seen));
      }),
      { numRuns: RUNS },
    );
  });

  test('without costs, prices that stand still give nothing', () => {
    fc.assert(
      fc.property(study, (of) => {
        const free = executionOf({ fill: of.execution.fill, onOpposite: of.execution.onOpposite, sizing: of.execution.sizing });
        const bars = barsOf(of.moves.map(({ code }) => ({ open: 100, close: 100, volume: code })));
        const { equity, trades } = reportTrial(
          { plan: planOfRecipe(of.recipe), bars, execution: free, scoring: FROM_FIRST_BAR, objective: null, reruns: false },
          [],
        ).report;
        expect(equity.every((value) => value === free.capital)).toBe(true);
        expect(trades.every(({ pnl }) => pnl === 0)).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });

  const cost = fc.constantFrom('relative', 'fixed', 'perUnit', 'minimum', 'slippage', 'halfSpread', 'short', 'leverage');
  test('a larger cost never leaves more money, the quantities and the fills being the same', () => {
    fc.assert(
      fc.property(study, cost, (of, which) => {
        // a fixed number of units, signals and exits that do not read the position, and money enough for all of it
        const side = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null, held: 'none' } as const;
        const plain: Study = { ...of, recipe: { long: side, short: side, size: 'none' } };
        const paying = (amount: number): Execution =>
          executionOf({
            capital: 1e12,
            sizing: { kind: 'units', units: 3 },
            commission: {
              relative: 0.001,
              ...(['relative', 'fixed', 'perUnit', 'minimum'].includes(which) ? { [which]: amount } : {}),
            },
            funding: which === 'short' || which === 'leverage' ? { [which]: amount } : {},
            ...(which === 'slippage' || which === 'halfSpread' ? { [which]: amount } : {}),
          });
        const [low, high] = [reportOf(plain, paying(0.001)), reportOf(plain, paying(0.02))];
        expect(high.equity.at(-1)! <= low.equity.at(-1)!).toBe(true);
      }),
      { numRuns: RUNS },
    );
  });
});
