import { describe, expect, test } from 'vitest';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { barsOf, engineOf, executionOf, play, rowOf, valueOf, type BarRow } from '../support/kernel.ts';

/** Inputs at the edge: each has a state, and a NaN only where the metric says why. */
function run(text: string, rows: readonly BarRow[], changes = {}) {
  const plan = valueOf(compileStrategy(text));
  const detail = valueOf(engineOf({ plan, bars: barsOf(rows).buffer, execution: executionOf(changes) }).detail([], []));
  return { ...detail.report, row: rowOf(detail) };
}

const flat = (prices: readonly number[]): BarRow[] => prices.map((price) => ({ open: price, close: price }));

describe('degenerate data', () => {
  test('one bar: nothing can fill at a next open, and a fill at the close is closed there', () => {
    expect(play([[100, 100, 'L']]).row).toMatchObject({ state: 'noTrades', finalEquity: 1000, trades: 0, maxDrawdown: 0 });
    const { row, trades } = play([[100, 100, 'L']], { fill: 'close', commission: { relative: 0.01 } });
    expect(trades).toMatchObject([{ entryBar: 0, exitBar: 0, reason: 'end' }]);
    expect(row.state).toBe('complete');
    expect(row.finalEquity).toBeCloseTo((1000 / 1.01) * 0.99, 9);
  });

  test('no trade: the capital stays, what divides by trades is NaN, what counts them is 0', () => {
    const { row } = play([
      [100, 100],
      [100, 110],
    ]);
    expect(row).toMatchObject({
      state: 'noTrades',
      finalEquity: 1000,
      totalReturn: 0,
      trades: 0,
      exposure: 0,
      maxDrawdown: 0,
      winRate: NaN,
      profitFactor: NaN,
      sharpe: NaN,
    });
  });

  test('an indicator without a value makes no trade; one longer than the data is a warm-up', () => {
    const rows = flat([100, 100, 100, 100, 100]);
    expect(run('enter long when close > 100 / (close - close)', rows).row.state).toBe('noTrades');
    expect(run('enter long when close > sma(close, 9)', rows).row).toMatchObject({ state: 'warmup', finalEquity: NaN });
  });

  test('an order whose amount has no value is no order, a size without one no entry', () => {
    const rows = flat([100, 100, 50, 50, 50]);
    expect(run('enter long when barindex == 0\nstop (0 / (close - close))%', rows).trades).toMatchObject([{ reason: 'end' }]);
    expect(run('enter long when barindex == 0\nsize (0 / (close - close))%', rows).row.state).toBe('noTrades');
    expect(run('enter long when barindex == 0\nsize volatility 1% per high - low', rows).row.state).toBe('noTrades');
  });

  test('a short that is ruined by the open at which it ends does not go on with a debt', () => {
    // every reversal at 220 of a short from 100 loses more than everything; two of them would make the debt a fortune
    const rows: BarRow[] = [100, 100, 220, 220, 220, 220, 500, 500].map((open) => ({ open, close: open }));
    const text = 'enter short when barindex == 0 or barindex == 3\nenter long when barindex == 1 or barindex == 5';
    expect(run(text, rows).row).toMatchObject({ state: 'ruined', finalEquity: 0, totalReturn: -1 });
  });

  test('a gap through a stop fills at the open, a gap through everything ruins', () => {
    const rows = flat([100, 100, 70, 70]);
    expect(run('enter long when barindex == 0\nstop 5%', rows).trades).toMatchObject([{ exitPrice: 70, reason: 'stop' }]);
    const short = run('enter short when barindex == 0\nstop 5%', flat([100, 100, 300, 300]));
    expect(short.trades).toMatchObject([{ exitPrice: 300, reason: 'stop' }]);
    expect(short.row).toMatchObject({ state: 'ruined', finalEquity: 0, totalReturn: -1, maxDrawdown: -1 });
  });

  test('nothing is bought or sold short at 0 or below; what is held goes on through such prices', () => {
    expect(run('enter long when barindex == 0', flat([5, 0, 5])).row.state).toBe('noTrades');
    expect(run('enter short when barindex == 0\nsize 1 units', flat([5, -5, 5])).row.state).toBe('noTrades');
    const costs = { commission: { relative: 0.01 }, slippage: 0.1 };
    const { row, trades } = run(
      'enter short when barindex == 0\nexit short when barindex == 2\nsize 1 units',
      flat([10, 10, 5, -20, -20]),
      costs,
    );
    // sold at 10 × 0.9, bought back at −20 + 2: slippage and commission are against the trader there too
    expect(trades).toMatchObject([{ entryPrice: 9, exitPrice: -18 }]);
    expect(row.state).toBe('complete');
    expect(row.finalEquity).toBeCloseTo(1000 + 9 + 18 - 0.09 - 0.18, 9);
    expect(run('enter long when barindex == 0', flat([10, 10, 0, 10])).row.state).toBe('ruined');
  });

  test('slippage in ticks needs prices that have one', () => {
    const rows = flat([Math.PI, Math.E, Math.SQRT2]);
    const plan = valueOf(compileStrategy('enter long when barindex == 0'));
    const engine = (tickSize: number) => () =>
      engineOf({ plan, bars: barsOf(rows).buffer, execution: executionOf({ slippageTicks: 1, tickSize }) });
    expect(engine(0)).toThrow('tick_size');
    expect(engine(0.25)).not.toThrow();
  });
});
