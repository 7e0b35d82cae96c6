import { describe, expect, test } from 'vitest';
import { play } from '../support/kernel.ts';

describe('the end of the data', () => {
  const rows = [
    [100, 100, 'L'],
    [100, 110],
    [115, 120],
  ] as const;

  test('close: the open trade is closed at the last close with slippage and commission, and flagged', () => {
    const { trades, row, position } = play(rows, { slippage: 0.01, commission: { relative: 0.001, fixed: 0 } });
    const entry = 100 * 1.01;
    const exit = 120 * 0.99;
    const quantity = 1000 / (entry * 1.001);
    expect(trades).toMatchObject([{ exitBar: 2, exitPrice: exit, reason: 'end', flagged: true, open: false }]);
    expect(row.finalEquity).toBeCloseTo(quantity * exit * (1 - 0.001), 9);
    expect(row.trades).toBe(1);
    expect(Array.from(position)).toEqual([0, 1, 0]);
  });

  test('mark: it is valued at the last close, reported apart, and in no trade statistic', () => {
    const { trades, row, position } = play(rows, { slippage: 0.01, commission: { relative: 0.001, fixed: 0 }, atEnd: 'mark' });
    const entry = 100 * 1.01;
    const quantity = 1000 / (entry * 1.001);
    expect(trades).toMatchObject([{ exitBar: 2, exitPrice: 120, reason: 'end', flagged: false, open: true }]);
    expect(trades[0]!.pnl).toBeCloseTo(quantity * (120 - entry) - quantity * entry * 0.001, 9);
    expect(row.finalEquity).toBeCloseTo(quantity * 120, 9);
    expect(row).toMatchObject({ state: 'complete', trades: 0, winRate: NaN, profitFactor: NaN, expectancy: NaN, sqn: NaN });
    expect(Array.from(position)).toEqual([0, 1, 1]);
  });

  test('an entry that fills at the last open is closed at the last close', () => {
    const { trades } = play([
      [100, 100],
      [100, 100, 'S'],
      [50, 40],
    ]);
    expect(trades).toMatchObject([{ side: 'short', entryBar: 2, exitBar: 2, entryPrice: 50, exitPrice: 40, reason: 'end' }]);
  });
});

describe('ruin', () => {
  test('a short whose price more than doubles is ruined at that close and nothing trades any more', () => {
    const { trades, row, equity, drawdown, position } = play(
      [
        [100, 100, 'S'],
        [100, 150],
        [160, 210, 'L'],
        [100, 100, 'L'],
        [100, 200],
      ],
      { commission: { relative: 0.001, fixed: 0 } },
    );
    expect(row).toMatchObject({ state: 'ruined', finalEquity: 0, totalReturn: -1, maxDrawdown: -1, trades: 1 });
    expect(trades).toMatchObject([{ entryBar: 1, exitBar: 2, exitPrice: 210, reason: 'ruin' }]);
    const quantity = 1000 / (100 * 1.001);
    expect(trades[0]!.pnl).toBeCloseTo(quantity * -110 - quantity * 0.001 * (100 + 210), 9);
    expect(Array.from(equity.slice(2))).toEqual([0, 0, 0]);
    expect(Array.from(drawdown.slice(2))).toEqual([-1, -1, -1]);
    expect(Array.from(position)).toEqual([0, -1, 0, 0, 0]);
  });

  test('equity of exactly 0 is ruin', () => {
    const { row } = play([
      [100, 100, 'S'],
      [100, 200],
      [100, 100],
    ]);
    expect(row.state).toBe('ruined');
  });

  test('a price that recovers within the bar before its close does not ruin', () => {
    const { row } = play([
      [100, 100, 'S'],
      [100, 150],
      [250, 150],
      [100, 100],
    ]);
    expect(row.state).toBe('complete');
  });

  test('a fill that leaves nothing ruins, and a reversal goes no further', () => {
    const { trades, row, equity } = play([
      [100, 100, 'S'],
      [100, 150, 'L'],
      [220, 90],
      [90, 90],
    ]);
    expect(trades).toMatchObject([{ side: 'short', exitBar: 2, exitPrice: 220, reason: 'opposite' }]);
    expect(row).toMatchObject({ state: 'ruined', trades: 1, finalEquity: 0 });
    expect(Array.from(equity)).toEqual([1000, 500, 0, 0]);
  });

  test('the cost of closing at the end can ruin', () => {
    const { row, trades } = play(
      [
        [100, 100, 'L'],
        [100, 100],
        [40, 40],
      ],
      { commission: { relative: 0, fixed: 300 } },
    );
    // 7 units, 700 of equity; 700 − 420 − 300 = −20
    expect(row.state).toBe('ruined');
    expect(trades).toMatchObject([{ reason: 'end' }]);
  });
});
