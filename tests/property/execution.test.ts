import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportTrial } from '../../src/kernel/report.ts';
import { metricIndex, METRICS } from '../../src/metrics/columns.ts';
import { EXIT_REASONS, type Trade } from '../../src/metrics/report.ts';
import { trialWarmup } from '../../src/strategy/warmup.ts';
import { simulateSlowly } from '../reference/simulate.ts';
import type { Mutant, TwinResult } from '../reference/twin.ts';
import { barsFrom, guardedStudy, planOfRecipe, settingsOf, study, twinOfRecipe } from '../support/execution-cases.ts';
import { engineOf, isClose, rowOf, twinMarket, type Row } from '../support/kernel.ts';
import { createPairs } from '../support/pairs.ts';

const LONG = Boolean(process.env['LONG']);
const RUNS = Number(process.env['EXECUTION_RUNS'] ?? (LONG ? 50_000 : 2_000));

/** The break-even cost plays a trial forty times; another test compares it. */
const COMPARED = METRICS.filter(({ needs }) => needs !== 'reruns');

type Study = typeof study extends fc.Arbitrary<infer T> ? T : never;

function play({ moves, execution: of, recipe, start, returns, spacingHours }: Study, mutant: Mutant = 'none') {
  const bars = barsFrom(moves, spacingHours);
  const plan = planOfRecipe(recipe);
  const scoring = { startBar: Math.min(start, bars.count - 1), returns, periodsPerYear: 252 };
  const engine = engineOf({
    plan,
    bars: bars.buffer,
    execution: of,
    scoring,
    columns: COMPARED.map(({ key }) => metricIndex(key)),
  });
  const row = new Float64Array(METRICS.length);
  const state = engine.run([], [], row);
  const { report } = reportTrial({ plan, bars, execution: of, scoring, objective: null, reruns: false }, []);
  const firstSignalBar = Math.max(scoring.startBar, trialWarmup(plan, []));
  const twin = simulateSlowly(twinMarket(bars, of), of, { ...scoring, firstSignalBar }, twinOfRecipe(recipe, bars), mutant);
  return { row: rowOf({ state, row }), report, twin, capital: of.capital };
}

/** What keeps a row and a report from being the twin's, in words; null where nothing does. */
function difference({ row, report, twin, capital }: ReturnType<typeof play>): string | null {
  if (row.state !== twin.state || report.state !== twin.state)
    return `state: ${row.state}, ${report.state}, twin ${twin.state}`;
  if (report.trades.length !== twin.trades.length) return `trades: ${report.trades.length}, twin ${twin.trades.length}`;
  for (const [i, trade] of report.trades.entries()) {
    const found = tradeDifference(trade, twin.trades[i]!, capital);
    if (found !== null) return `trade ${i}, ${found}`;
  }
  if (report.position.some((side, i) => side !== twin.sides[i])) return 'sides held at the closes';
  const bar = report.equity.findIndex((value, i) => !isClose(value, twin.equity[i]!, capital));
  if (bar >= 0) return `equity at scored bar ${bar}: ${report.equity[bar]}, twin ${twin.equity[bar]}`;
  return metricDifference(row, report.metrics, twin, capital);
}

function tradeDifference(trade: Trade, other: TwinResult['trades'][number], capital: number): string | null {
  const facts = (t: Trade | typeof other): string =>
    JSON.stringify([t.side === 'long' || t.side === 1, t.entryBar, t.exitBar, t.open, t.reason, t.ambiguous]);
  if (facts(trade) !== facts(other)) return `${facts(trade)}, twin ${facts(other)}`;
  for (const key of ['entryPrice', 'exitPrice', 'quantity', 'pnl', 'costs', 'mae', 'mfe'] as const) {
    if (!isClose(trade[key], other[key], key === 'pnl' || key === 'costs' ? capital : 1)) {
      return `${key} ${trade[key]}, twin ${other[key]}`;
    }
  }
  return null;
}

function metricDifference(
  row: Row,
  metrics: Readonly<Record<string, number>>,
  twin: TwinResult,
  capital: number,
): string | null {
  for (const { key, unit } of COMPARED) {
    const expected = twin.metrics[key]!;
    const scale = unit === 'money' ? capital : 1;
    for (const value of [row[key], metrics[key]!]) {
      if (!isClose(value, expected, scale)) return `${key} ${value}, twin ${expected}`;
    }
  }
  return null;
}

describe('random strategies, bars and executions', () => {
  test(
    'the row, the report and the slow twin agree',
    () => {
      const met = new Map<string, number>();
      const pairs = createPairs();
      const meet = (what: string): unknown => met.set(what, (met.get(what) ?? 0) + 1);
      fc.assert(
        fc.property(study, (of) => {
          const played = play(of);
          expect(difference(played)).toBeNull();
          meet(played.twin.state);
          pairs.add(settingsOf(of));
          for (const trade of played.twin.trades) {
            meet(trade.reason);
            if (trade.ambiguous) meet('ambiguous');
          }
        }),
        { numRuns: RUNS },
      );
      // worth something only if it meets every state, every reason to leave and bars that touch both levels
      const expected = ['complete', 'noTrades', 'ruined', 'ambiguous', ...EXIT_REASONS];
      expect(expected.filter((what) => (met.get(what) ?? 0) < 3)).toEqual([]);
      expect(COMPARED.length).toBe(METRICS.length - 1);
      // and every value of every setting beside every value of every other one
      const { settings, count, missing } = pairs.summary();
      console.log(`${settings} settings, ${count} pairs of their values, each met`);
      if (RUNS >= 2_000) expect(missing).toEqual([]);
      expect(count).toBeGreaterThan(3000);
    },
    LONG ? 900_000 : 60_000,
  );
});

test(
  'hits of stops and targets that are remembered are those of the slow twin',
  () => {
    let hits = 0;
    fc.assert(
      fc.property(guardedStudy, (of) => {
        const played = play(of);
        expect(difference(played)).toBeNull();
        hits += played.twin.trades.filter(({ reason }) => reason === 'stop' || reason === 'target').length;
      }),
      { numRuns: RUNS / 4 },
    );
    expect(hits).toBeGreaterThan(RUNS / 8);
  },
  LONG ? 900_000 : 60_000,
);

describe('mistakes that the comparison must notice', () => {
  test.each<Mutant>(['stop after target', 'commission once', 'fill at the signal bar', 'look-ahead by one'])(
    '%s',
    (mutant) => {
      const killed = fc.check(
        fc.property(study, (of) => difference(play(of, mutant)) === null),
        { numRuns: 1_000, endOnFailure: true },
      );
      expect(killed.failed).toBe(true);
    },
    60_000,
  );
});
