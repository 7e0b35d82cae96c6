import { describe, expect, test } from 'vitest';
import { play } from '../support/kernel.ts';

// Each bar is [open, close, signals]: L enters long, l leaves it, S enters short, s leaves it; decided on that bar's close.
describe('when and at what price orders fill', () => {
  test('a signal on a close fills at the next open', () => {
    const { trades, row, equity } = play([
      [100, 101, 'L'],
      [102, 105],
      [104, 103, 'l'],
      [110, 90],
      [50, 60],
    ]);
    expect(trades).toMatchObject([
      { side: 'long', entryBar: 1, exitBar: 3, entryPrice: 102, exitPrice: 110, reason: 'signal' },
    ]);
    expect(row.finalEquity).toBeCloseTo((1000 * 110) / 102, 9);
    expect(equity[1]).toBeCloseTo((1000 * 105) / 102, 9);
    expect(row.exposure).toBe(2 / 5); // the closes of bars 1 and 2
  });

  test('with close fills a signal fills at its own close', () => {
    const { trades, row, equity } = play(
      [
        [100, 101, 'L'],
        [102, 105],
        [104, 103, 'l'],
        [110, 90],
        [50, 60],
      ],
      { fill: 'close' },
    );
    expect(trades).toMatchObject([{ entryBar: 0, exitBar: 2, entryPrice: 101, exitPrice: 103 }]);
    expect(row.finalEquity).toBeCloseTo((1000 * 103) / 101, 9);
    expect(equity[0]).toBe(1000);
    expect(row.exposure).toBe(2 / 5); // the closes of bars 0 and 1
  });

  test('a signal on the last bar is dropped where fills are at the next open', () => {
    const { row, trades } = play([
      [100, 100],
      [100, 100],
      [100, 120, 'L'],
    ]);
    expect(row.state).toBe('noTrades');
    expect(row.finalEquity).toBe(1000);
    expect(trades).toEqual([]);
  });

  test('an exit signal on the last bar is dropped too: the end of the data closes the trade', () => {
    const { trades } = play([
      [100, 100, 'L'],
      [100, 110],
      [115, 120, 'l'],
    ]);
    expect(trades).toMatchObject([{ exitBar: 2, exitPrice: 120, reason: 'end', flagged: true, open: false }]);
  });

  test('with close fills a signal on the last bar fills there', () => {
    const { trades, row } = play(
      [
        [100, 100],
        [100, 100, 'S'],
      ],
      { fill: 'close', atEnd: 'mark' },
    );
    expect(trades).toMatchObject([{ side: 'short', entryBar: 1, exitBar: 1, entryPrice: 100, open: true }]);
    expect(row).toMatchObject({ state: 'complete', trades: 0, exposure: 1 / 2 });
  });

  test('buys pay the slippage and sells give it', () => {
    const rows = [
      [100, 100, 'L'],
      [100, 100, 'l'],
      [120, 120, 'S'],
      [120, 120, 's'],
      [90, 90],
    ] as const;
    const { trades, row } = play(rows, { slippage: 0.01 });
    expect(trades[0]).toMatchObject({ entryPrice: 100 * 1.01, exitPrice: 120 * 0.99 });
    expect(trades[1]).toMatchObject({ entryPrice: 120 * 0.99, exitPrice: 90 * 1.01 });
    const afterLong = (1000 * 120 * 0.99) / (100 * 1.01);
    const shorted = afterLong / (120 * 0.99);
    expect(row.finalEquity).toBeCloseTo(afterLong + shorted * (120 * 0.99 - 90 * 1.01), 9);
  });

  test('a rule that stays true enters again after its exit', () => {
    const { trades } = play([
      [100, 100, 'L'],
      [100, 100, 'Ll'], // leaves; the vetoed entry does not count on this bar
      [100, 100, 'L'],
      [100, 100],
      [100, 100],
    ]);
    expect(trades.map((trade) => [trade.entryBar, trade.exitBar])).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });
});
