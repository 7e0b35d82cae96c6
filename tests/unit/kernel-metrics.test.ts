import { describe, expect, test } from 'vitest';
import { breakEven } from '../../src/kernel/plain-ledger.ts';
import { plainMetrics } from '../../src/kernel/plain-metrics.ts';
import { METRIC_KEYS } from '../../src/metrics/columns.ts';
import { readObjective } from '../../src/metrics/objective.ts';
import { barsOf, codeOf, engineOf, FREE, FROM_FIRST_BAR, play, rowOf, SIGNAL_PLAN, valueOf } from '../support/kernel.ts';

describe('metrics of a trial', () => {
  test('an objective is an expression over every metric, in the row as in the report', () => {
    const objective = readObjective('totalReturn * min(1, trades / 4) - exposure');
    if (!objective.ok || objective.value.kind !== 'expression') throw new Error('no expression');
    const bars = barsOf([
      { open: 100, close: 100, volume: codeOf('L') },
      { open: 100, close: 110, volume: codeOf('l') },
      { open: 120, close: 120 },
    ]);
    const detail = valueOf(
      engineOf({ plan: SIGNAL_PLAN, bars: bars.buffer, objective: objective.value.formula }).detail([], []),
    );
    expect(rowOf(detail).objective).toBeCloseTo(0.2 / 4 - 1 / 3, 12);
    expect(detail.report.metrics['objective']).toBeCloseTo(0.2 / 4 - 1 / 3, 12);
    expect(play([[1, 1]]).row.objective).toBeNaN();
  });

  test('a million trades are no more than the stack holds', () => {
    const report = play([
      [100, 100, 'L'],
      [100, 110, 'l'],
      [120, 120],
    ]);
    const trades = new Array<(typeof report.trades)[number]>(1_000_000).fill(report.trades[0]!);
    const { capital, equity, drawdown, position } = report;
    const time = new Float64Array(equity.length);
    const localDate = new Int32Array(equity.length);
    const metrics = plainMetrics(
      {
        capital,
        equity,
        drawdown,
        position,
        trades,
        time,
        localDate,
        close: new Float64Array(3),
        returnAt: () => 0,
        proposedBreakEven: NaN,
      },
      FROM_FIRST_BAR,
      null,
    );
    expect(metrics.trades).toBe(1_000_000);
    expect(metrics.bestTrade).toBe(metrics.worstTrade);
  });

  test('returns count from the capital, flat bars as 0', () => {
    const { row } = play([
      [100, 100, 'L'],
      [100, 110, 'l'],
      [110, 110],
      [110, 110, 'S'],
      [110, 121],
    ]);
    const returns = [0, 0.1, 0, 0, -0.1];
    const squares = 0.02;
    expect(row.volatility).toBeCloseTo(Math.sqrt(squares / 4) * Math.sqrt(252), 12);
    expect(row.sharpe).toBeCloseTo(0, 9);
    expect(row.maxDrawdown).toBeCloseTo(-0.1, 12);
    expect(row.sortino).toBeCloseTo((returns.reduce((a, b) => a + b) / Math.sqrt(0.01 / 5)) * Math.sqrt(252), 9);
  });

  test('CAGR is over calendar time', () => {
    const days = 730.5;
    const bars = barsOf(
      [
        { open: 100, close: 100, volume: codeOf('L') },
        { open: 100, close: 144 },
      ],
      days * 86_400_000,
    );
    const row = rowOf(valueOf(engineOf({ plan: SIGNAL_PLAN, bars: bars.buffer }).detail([], [])));
    expect(row.cagr).toBeCloseTo(0.2, 12);
  });

  test('trades: wins, profit factor, expectancy, and their returns', () => {
    const { row } = play([
      [100, 100, 'L'],
      [100, 100, 'l'],
      [150, 150, 'L'],
      [150, 150, 'l'],
      [120, 120, 'L'],
      [120, 120, 'l'],
      [120, 120],
    ]);
    // 1 000 → 1 500 → 1 200 → 1 200: the third is neither won nor lost
    expect(row).toMatchObject({ trades: 3, winRate: 1 / 3 });
    expect(row.profitFactor).toBeCloseTo(500 / 300, 12);
    expect(row.expectancy).toBeCloseTo(200 / 3, 9);
    expect(row.avgTrade).toBeCloseTo((0.5 - 0.2) / 3, 12);
    expect(row.bestTrade).toBeCloseTo(0.5, 12);
    expect(row.worstTrade).toBeCloseTo(-0.2, 12);
    const spread = Math.sqrt((0.4 ** 2 + 0.3 ** 2 + 0.1 ** 2) / 2);
    expect(row.sqn).toBeCloseTo((Math.sqrt(3) * 0.1) / spread, 9);
  });

  test('profit factor without a loss is Infinity, without a win 0', () => {
    expect(
      play([
        [100, 100, 'L'],
        [100, 110],
        [110, 120],
      ]).row.profitFactor,
    ).toBe(Infinity);
    expect(
      play([
        [100, 100, 'L'],
        [100, 90],
        [90, 80],
      ]).row.profitFactor,
    ).toBe(0);
  });

  test('without trades the ratios are undefined and nothing is lost', () => {
    const { row } = play([
      [100, 100],
      [100, 90],
      [90, 80],
    ]);
    expect(row).toMatchObject({
      state: 'noTrades',
      finalEquity: 1000,
      totalReturn: 0,
      cagr: 0,
      volatility: 0,
      sharpe: NaN,
      sortino: NaN,
      calmar: NaN,
      maxDrawdown: 0,
      trades: 0,
      winRate: NaN,
      profitFactor: NaN,
      expectancy: NaN,
      avgTrade: NaN,
      bestTrade: NaN,
      worstTrade: NaN,
      sqn: NaN,
      exposure: 0,
      ambiguousBars: 0,
    });
  });

  test('an undefined metric has the same bytes on every machine', () => {
    const detail = valueOf(engineOf({ plan: SIGNAL_PLAN, bars: barsOf([{ open: 1, close: 1 }]).buffer }).detail([], []));
    const bytes = new BigUint64Array(detail.row.buffer);
    detail.row.forEach((value, k) => {
      if (Number.isNaN(value)) expect(bytes[k]?.toString(16), METRIC_KEYS[k]).toBe('7ff8000000000000');
    });
    expect(detail.row.some(Number.isNaN)).toBe(true);
  });

  test('a trial that grows almost evenly has the Sharpe of its tiny spread', () => {
    // The spread is a hundred-thousandth of the mean: sums of squares around 0 would lose ten digits of it.
    const rows = Array.from({ length: 400 }, (_, i): [number, number, string?] => {
      const close = 100 * 1.01 ** i * (1 + (i % 2) * 1e-7);
      return [close, close, i === 0 ? 'L' : ''];
    });
    const { row, metrics } = play(rows, { fill: 'close' });
    expect(row.volatility).toBeGreaterThan(0);
    expect(Math.abs(row.sharpe / metrics['sharpe']! - 1)).toBeLessThan(1e-7);
  });

  test('without a loss there is no drawdown to divide by', () => {
    const { row } = play([
      [100, 100, 'L'],
      [100, 110],
      [110, 120],
    ]);
    expect(row).toMatchObject({ maxDrawdown: 0, calmar: NaN, sortino: NaN });
    expect(row.sharpe).toBeGreaterThan(0);
  });

  test('trades that all return the same have no SQN', () => {
    const rows = Array.from({ length: 12 }, (_, i): [number, number, string] => [100, 100, i % 2 === 0 ? 'L' : 'l']);
    const { row } = play(rows, { commission: { relative: 0.001, fixed: 0 } });
    expect(row.trades).toBeGreaterThan(3);
    expect(row.avgTrade).toBeCloseTo(-0.002, 12);
    expect(row.sqn).toBeNaN();
  });

  test('hours sampled by day: the last bar of each date, drawdown on every bar', () => {
    const closes = [100, 80, 110, 121, 60, 121];
    const rows = closes.map((close, i) => ({ open: i === 0 ? 100 : closes[i - 1]!, close, volume: i === 0 ? codeOf('L') : 0 }));
    const bars = barsOf(rows, 8 * 3_600_000); // three bars a date
    const scoring = { ...FROM_FIRST_BAR, returns: 'day' as const };
    const row = rowOf(
      valueOf(
        engineOf({ plan: SIGNAL_PLAN, bars: bars.buffer, scoring, execution: { ...FREE, atEnd: 'mark' } }).detail([], []),
      ),
    );
    expect(row.volatility).toBeCloseTo(0, 12); // both days return 10 %
    expect(row.sharpe).toBeNaN();
    expect(row.maxDrawdown).toBeCloseTo(60 / 121 - 1, 12);
  });
});

describe('the break-even cost of the report', () => {
  const returnAt = (relative: number): number => 0.03 - relative;

  test('is the proposed one where that is right, and searched for where it is not', () => {
    expect(breakEven(returnAt, 0.03)).toBe(0.03);
    for (const proposed of [0.031, 0.029, 0, NaN, 7]) expect(breakEven(returnAt, proposed)).toBeCloseTo(0.03, 11);
  });

  test('is undefined where nothing is gained without a commission', () => {
    expect(breakEven(() => 1e-13, 0.5)).toBeNaN();
  });
});
