import { describe, expect, test } from 'vitest';
import type { Trade } from '../../src/metrics/report.ts';
import { monthTable } from '../../src/results/months.ts';
import { orderTrades, returnBins } from '../../src/results/trade-shape.ts';

describe('returns by month', () => {
  const localDate = Int32Array.of(20231229, 20240102, 20240131, 20240201, 20240301);
  const equity = Float64Array.of(110, 110, 121, 121, 60.5);
  const position = Int8Array.of(1, 0, 1, 0, 0);

  test('compound within the year, from the capital on; a month without a position is told apart', () => {
    const { years } = monthTable({ capital: 100, equity, position, localDate });
    expect(years.map(({ year }) => year)).toEqual([2023, 2024]);
    expect(years[0]!.months[11]).toEqual({ value: expect.closeTo(0.1, 12) as number, held: true });
    expect(years[0]!.months.slice(0, 11)).toEqual(new Array(11).fill(null));
    const [january, february, march] = years[1]!.months;
    expect(january?.value).toBeCloseTo(0.1, 12);
    expect(february).toEqual({ value: 0, held: false });
    expect(march).toEqual({ value: -0.5, held: true }); // equity moved: something was left at its start
    expect(years[1]!.total).toBeCloseTo(60.5 / 110 - 1, 12);
  });

  test('nothing comes after ruin', () => {
    const ruined = monthTable({ capital: 100, equity: Float64Array.of(50, 0, 0, 0, 0), position, localDate });
    expect(ruined.years[1]!.total).toBe(-1);
    expect(ruined.years[1]!.months[2]).toEqual({ value: 0, held: false });
  });
});

describe('how trades returned', () => {
  test('zero is an edge: no bin mixes gains and losses, and every trade is in one place', () => {
    const returns = Array.from({ length: 300 }, (_, k) => (((k * 7919) % 199) - 90) / 1000);
    const bins = returnBins(returns)!;
    const total = bins.counts.reduce((sum, count) => sum + count, 0);
    expect(total + bins.below + bins.above).toBe(300);
    const losing = bins.counts.slice(0, -bins.first).reduce((sum, count) => sum + count, 0) + bins.below;
    expect(losing).toBe(returns.filter((value) => value < 0).length);
    expect(bins.counts.length).toBeLessThanOrEqual(41);
  });

  test('no trade, one trade, equal trades', () => {
    expect(returnBins([])).toBeNull();
    expect(returnBins([0])?.counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(returnBins([0.1, 0.1])?.counts.at(-1)).toBe(2);
  });

  test('a lonely trade far off is counted beyond the picture', () => {
    const returns = [...new Array<number>(500).fill(0.01), 50];
    expect(returnBins(returns)?.above).toBe(1);
  });
});

test('trades in the order of a column, equal ones as they were', () => {
  const trade = (entryBar: number, exitBar: number, returnFraction: number): Trade => ({
    side: 'long',
    entryBar,
    exitBar,
    entryTime: entryBar,
    exitTime: exitBar,
    entryPrice: 1,
    exitPrice: 1,
    quantity: 1,
    pnl: returnFraction,
    returnFraction,
    costs: 0,
    mae: 0,
    mfe: 0,
    reason: 'signal',
    open: false,
    flagged: false,
    ambiguous: false,
  });
  const trades = [trade(1, 5, 0.1), trade(6, 8, -0.2), trade(9, 11, 0.1)];
  expect(orderTrades(trades, 'number', true)).toEqual([2, 1, 0]);
  expect(orderTrades(trades, 'return', true)).toEqual([0, 2, 1]);
  expect(orderTrades(trades, 'return', false)).toEqual([1, 0, 2]);
  expect(orderTrades(trades, 'bars', false)).toEqual([1, 2, 0]);
});
