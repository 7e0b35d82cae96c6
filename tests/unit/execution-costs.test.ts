import { describe, expect, test } from 'vitest';
import { play } from '../support/kernel.ts';

const rows = [
  [100, 100, 'L'],
  [100, 110],
  [120, 120, 'l'],
  [125, 130],
  [130, 130],
] as const;

describe('commission and sizing', () => {
  test('each fill costs its value times the relative commission plus the fixed one', () => {
    const { trades, row, equity } = play(rows, { commission: { relative: 0.01, fixed: 5 } });
    const quantity = (1000 - 5) / (100 * 1.01);
    const entryCost = quantity * 100 * 0.01 + 5;
    const exitCost = quantity * 125 * 0.01 + 5;
    expect(trades[0]!.quantity).toBeCloseTo(quantity, 12);
    expect(trades[0]!.pnl).toBeCloseTo(quantity * 25 - entryCost - exitCost, 9);
    expect(trades[0]!.returnFraction).toBeCloseTo((quantity * 25 - entryCost - exitCost) / (quantity * 100), 12);
    expect(row.finalEquity).toBeCloseTo(1000 + quantity * 25 - entryCost - exitCost, 9);
    expect(equity[1]).toBeCloseTo(1000 - entryCost + quantity * 10, 9);
  });

  test('all equity spends all: value and commission of the entry are the cash there was', () => {
    const { trades } = play(rows, { commission: { relative: 0.01, fixed: 5 } });
    const { quantity, entryPrice } = trades[0]!;
    expect(quantity * entryPrice * 1.01 + 5).toBeCloseTo(1000, 9);
  });

  test('a reversal pays both costs, the leaving one first', () => {
    const { trades, row } = play(
      [
        [100, 100, 'L'],
        [100, 100, 'S'],
        [110, 110],
        [99, 99],
      ],
      { commission: { relative: 0.01, fixed: 2 } },
    );
    const bought = (1000 - 2) / (100 * 1.01);
    const cash = 1000 - (bought * 100 * 0.01 + 2) + bought * 10 - (bought * 110 * 0.01 + 2);
    const sold = (cash - 2) / (110 * 1.01);
    const end = cash - (sold * 110 * 0.01 + 2) + sold * (110 - 99) - (sold * 99 * 0.01 + 2);
    expect(trades[1]!.quantity).toBeCloseTo(sold, 12);
    expect(row.finalEquity).toBeCloseTo(end, 9);
    expect(row.trades).toBe(2);
  });

  test('a fraction of equity is spent, commission included, and the rest stays cash', () => {
    const { trades, row } = play(rows, { sizing: { kind: 'equity', fraction: 0.4 }, commission: { relative: 0.01, fixed: 5 } });
    const quantity = (400 - 5) / (100 * 1.01);
    expect(trades[0]!.quantity).toBeCloseTo(quantity, 12);
    expect(row.finalEquity).toBeCloseTo(1000 + quantity * 25 - quantity * 2.25 - 10, 9);
  });

  test('whole units are rounded down', () => {
    const { trades, row } = play(
      [
        [100, 100, 'L'],
        [130, 130],
        [140, 140],
      ],
      { units: 'whole' },
    );
    expect(trades[0]!.quantity).toBe(Math.floor(1000 / 130));
    expect(row.finalEquity).toBe(1000 + 7 * 10);
  });

  test('less than one whole unit is no entry; a later, cheaper signal is', () => {
    const { trades } = play(
      [
        [100, 100, 'L'],
        [1500, 900, 'L'],
        [800, 800],
        [810, 810],
      ],
      { units: 'whole' },
    );
    expect(trades).toMatchObject([{ entryBar: 2, quantity: 1 }]);
  });

  test('a fixed commission that equity cannot pay is no entry', () => {
    const { row } = play(rows, { commission: { relative: 0, fixed: 1000 } });
    expect(row).toMatchObject({ state: 'noTrades', finalEquity: 1000, trades: 0 });
  });

  test('a reversal that cannot pay its entry only leaves', () => {
    const { trades, row } = play(
      [
        [100, 100, 'L'],
        [100, 100, 'S'],
        [90, 90],
        [50, 50],
      ],
      { commission: { relative: 0, fixed: 300 } },
    );
    // 7 units; left after leaving are 1000 − 300 − 70 − 300 = 330, and after the next 300 the 30 buy a fraction of a unit
    expect(trades).toMatchObject([{ exitPrice: 90 }, { side: 'short', quantity: 30 / 90 }]);
    expect(row.state).toBe('ruined'); // by the 300 of closing it
    const poorer = play(
      [
        [100, 100, 'L'],
        [100, 100, 'S'],
        [80, 80],
        [50, 50],
      ],
      { commission: { relative: 0, fixed: 300 } },
    );
    expect(poorer.trades).toMatchObject([{ exitPrice: 80, reason: 'opposite' }]);
    expect(poorer.row).toMatchObject({ state: 'complete', finalEquity: 1000 - 300 - 7 * 20 - 300 });
  });
});
