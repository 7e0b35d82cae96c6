import { describe, expect, test } from 'vitest';
import { barsOf, engineOf, FREE, planOf, play, rowOf, valueOf } from '../support/kernel.ts';

describe('which signals count', () => {
  test('an entry whose own exit is true on the same bar is not taken', () => {
    expect(
      play([
        [100, 100, 'Ll'],
        [100, 100],
        [100, 100],
      ]).row.state,
    ).toBe('noTrades');
    expect(
      play([
        [100, 100, 'Ss'],
        [100, 100],
        [100, 100],
      ]).row.state,
    ).toBe('noTrades');
  });

  test('both entries on one bar cancel out', () => {
    expect(
      play([
        [100, 100, 'LS'],
        [100, 100],
        [100, 100],
      ]).row.state,
    ).toBe('noTrades');
  });

  test('an entry that its own exit vetoes does not cancel the other side', () => {
    expect(
      play([
        [100, 100, 'LlS'],
        [100, 100],
        [100, 100],
      ]).trades,
    ).toMatchObject([{ side: 'short', entryBar: 1 }]);
  });

  test('a further entry of the side that is held is ignored', () => {
    const { trades } = play([
      [100, 100, 'L'],
      [100, 110, 'L'],
      [120, 130, 'L'],
      [130, 130],
    ]);
    expect(trades).toMatchObject([{ entryBar: 1, entryPrice: 100, exitBar: 3 }]);
  });

  const turn = [
    [100, 100, 'L'],
    [100, 110, 'S'],
    [120, 115],
    [90, 95],
  ] as const;

  test('reverse: the opposite entry leaves and enters at the same fill', () => {
    const { trades, row } = play(turn, { onOpposite: 'reverse' });
    expect(trades).toMatchObject([
      { side: 'long', exitBar: 2, exitPrice: 120, reason: 'opposite' },
      { side: 'short', entryBar: 2, entryPrice: 120, reason: 'end' },
    ]);
    const equity = (1000 * 120) / 100;
    expect(row.finalEquity).toBeCloseTo(equity + (equity / 120) * (120 - 95), 9);
    expect(row.exposure).toBe(2 / 4);
  });

  test('exit: the opposite entry only leaves', () => {
    const { trades, row } = play(turn, { onOpposite: 'exit' });
    expect(trades).toMatchObject([{ side: 'long', exitBar: 2, exitPrice: 120, reason: 'opposite' }]);
    expect(row.finalEquity).toBeCloseTo(1200, 9);
  });

  test('ignore: the opposite entry does nothing', () => {
    const { trades, row } = play(turn, { onOpposite: 'ignore' });
    expect(trades).toMatchObject([{ side: 'long', exitBar: 3, exitPrice: 95, reason: 'end' }]);
    expect(row.finalEquity).toBeCloseTo(950, 9);
  });

  const exitAndEnter = [
    [100, 100, 'S'],
    [100, 90, 'Ls'],
    [80, 85],
    [88, 92],
  ] as const;

  test('an exit and an entry of the other side on one bar turn the position at one price', () => {
    const { trades } = play(exitAndEnter);
    expect(trades).toMatchObject([
      { side: 'short', exitBar: 2, exitPrice: 80, reason: 'signal' },
      { side: 'long', entryBar: 2, entryPrice: 80 },
    ]);
  });

  test('they only leave where opposite entries exit or are ignored', () => {
    for (const onOpposite of ['exit', 'ignore'] as const) {
      expect(play(exitAndEnter, { onOpposite }).trades).toMatchObject([{ side: 'short', exitBar: 2, reason: 'signal' }]);
    }
  });

  test('no signal counts before the first scored bar', () => {
    const rows = [
      [100, 100, 'L'],
      [100, 100, 'L'],
      [100, 100],
      [100, 130],
    ] as const;
    expect(play(rows, {}, { startBar: 1 }).trades).toMatchObject([{ entryBar: 2 }]);
    expect(play(rows, {}, { startBar: 2 }).row.state).toBe('noTrades');
    expect(play(rows, {}, { startBar: 2 }).equity).toHaveLength(2);
  });

  test('`not` does not hold before its series exist', () => {
    // not (close > mean of 3): true on bars 0 and 1 as bits, but the mean exists from bar 2 on
    const plan = planOf((graph) => {
      const close = graph.source('close');
      const mean = graph.indicator('sma', [close], [graph.number({ op: 'const', value: 3 })]);
      return { enterLong: graph.not(graph.compare('gt', close, mean)) };
    });
    const bars = barsOf([10, 10, 10, 10, 10, 10].map((close) => ({ open: close, close })));
    const { report } = valueOf(engineOf({ plan, bars: bars.buffer, execution: FREE }).detail([], []));
    expect(report.trades).toMatchObject([{ entryBar: 3 }]);
  });

  test('a trial whose series need more bars than there are is `warmup` and has no metrics', () => {
    const plan = planOf((graph) => {
      const close = graph.source('close');
      const mean = graph.indicator('sma', [close], [graph.number({ op: 'const', value: 9 })]);
      return { enterLong: graph.compare('gt', close, mean) };
    });
    const bars = barsOf([1, 2, 3, 4].map((close) => ({ open: close, close })));
    const detail = valueOf(engineOf({ plan, bars: bars.buffer }).detail([], []));
    const { state, ...metrics } = rowOf(detail);
    expect(state).toBe('warmup');
    expect(detail.report.state).toBe('warmup');
    expect(Object.values(metrics).every(Number.isNaN)).toBe(true);
    expect(detail.report.metrics).toEqual(metrics);
  });
});
