import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bars } from '../../src/bars/buffer.ts';
import { METRIC_KEYS, METRICS } from '../../src/metrics/columns.ts';
import type { Execution } from '../../src/strategy/execution.ts';
import { simulateSlowly } from '../reference/simulate.ts';
import type { TwinResult } from '../reference/twin.ts';
import {
  barsOf,
  engineOf,
  executionOf,
  FREE,
  isClose,
  rowOf,
  SIGNAL_PLAN,
  twinMarket,
  valueOf,
  type PartialExecution,
} from '../support/kernel.ts';

const RUNS = Number(process.env['KERNEL_RUNS'] ?? 1500);

// Prices with jumps of tens of percent, so that shorts are ruined now and then, and with repeats, so that returns tie.
const bar = fc.record({
  gap: fc.constantFrom(1, 1, 0.97, 1.03, 1.3, 2.2),
  move: fc.constantFrom(1, 1, 0.99, 1.01, 0.8, 1.25, 1.9, 0.5),
  code: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 15 })),
});

const execution: fc.Arbitrary<Execution> = fc
  .record({
    fill: fc.constantFrom('nextOpen', 'close'),
    onOpposite: fc.constantFrom('reverse', 'exit', 'ignore'),
    atEnd: fc.constantFrom('close', 'mark'),
    commission: fc.record({ relative: fc.constantFrom(0, 0.001, 0.05), fixed: fc.constantFrom(0, 1, 150) }),
    slippage: fc.constantFrom(0, 0.0005, 0.02),
    capital: fc.constantFrom(1000, 10_000),
    sizing: fc.record({ kind: fc.constant('equity' as const), fraction: fc.constantFrom(1, 0.5, 0.1) }),
    units: fc.constantFrom('fractional', 'whole'),
  })
  .map((changes) => executionOf(changes as PartialExecution));

const study = fc.record({
  moves: fc.array(bar, { minLength: 1, maxLength: 120 }),
  execution,
  start: fc.nat(40),
  returns: fc.constantFrom('bar' as const, 'day' as const),
  spacingHours: fc.constantFrom(24, 7, 1),
});

function barsFrom(moves: readonly { gap: number; move: number; code: number }[], spacingHours: number): Bars {
  let price = 100;
  const rows = moves.map(({ gap, move, code }) => {
    const open = Math.max(0.01, Math.round(price * gap * 100) / 100);
    price = Math.max(0.01, Math.round(open * move * 100) / 100);
    return { open, close: price, volume: code };
  });
  return barsOf(rows, spacingHours * 3_600_000);
}

function twinOf(
  bars: Bars,
  of: Execution,
  scoring: { startBar: number; returns: 'bar' | 'day'; periodsPerYear: number },
): TwinResult {
  const is = (at: number, bit: number): boolean => ((bars.volume[at]! >> bit) & 1) === 1;
  return simulateSlowly(
    twinMarket(bars, of),
    of,
    { ...scoring, firstSignalBar: scoring.startBar },
    {
      signalAt: (at) => ({ enterLong: is(at, 0), exitLong: is(at, 1), enterShort: is(at, 2), exitShort: is(at, 3) }),
    },
  );
}

const COUNTS = new Set(['trades', 'winRate', 'exposure', 'ambiguousBars']);

describe('random bars, signals and executions', () => {
  test('the row, the report and the slow twin agree', () => {
    const states = new Map<string, number>();
    fc.assert(
      fc.property(study, ({ moves, execution: of, start, returns, spacingHours }) => {
        const bars = barsFrom(moves, spacingHours);
        const scoring = { startBar: Math.min(start, bars.count - 1), returns, periodsPerYear: 252 };
        const detail = valueOf(engineOf({ plan: SIGNAL_PLAN, bars: bars.buffer, execution: of, scoring }).detail([], []));
        const row = rowOf(detail);
        const { report } = detail;
        const twin = twinOf(bars, of, scoring);
        states.set(twin.state, (states.get(twin.state) ?? 0) + 1);

        expect([row.state, report.state]).toEqual([twin.state, twin.state]);
        for (const key of METRIC_KEYS) {
          const expected = twin.metrics[key]!;
          if (COUNTS.has(key)) {
            expect([row[key], report.metrics[key]], key).toEqual([expected, expected]);
          } else {
            // A sum of gains and losses is as exact as its terms, which are of the order of the capital.
            const scale = key === 'finalEquity' || key === 'expectancy' ? of.capital : 1;
            expect(isClose(row[key], expected, scale), `${key}: row ${row[key]}, twin ${expected}`).toBe(true);
            expect(
              isClose(report.metrics[key]!, expected, scale),
              `${key}: report ${report.metrics[key]}, twin ${expected}`,
            ).toBe(true);
          }
        }
        expect(Array.from(report.position)).toEqual(twin.sides);
        expect(report.equity.every((value, i) => isClose(value, twin.equity[i]!))).toBe(true);
        expect(report.trades.map((t) => [t.side, t.entryBar, t.exitBar, t.open, t.reason])).toEqual(
          twin.trades.map((t) => [t.side > 0 ? 'long' : 'short', t.entryBar, t.exitBar, t.open, t.reason]),
        );
        report.trades.forEach((trade, i) => {
          const other = twin.trades[i]!;
          expect(isClose(trade.entryPrice, other.entryPrice) && isClose(trade.exitPrice, other.exitPrice)).toBe(true);
          expect(isClose(trade.quantity, other.quantity) && isClose(trade.pnl, other.pnl, of.capital)).toBe(true);
        });
      }),
      { numRuns: RUNS },
    );
    // the property is worth something only if it meets all three ends
    expect([...states.keys()].sort()).toEqual(['complete', 'noTrades', 'ruined']);
  });

  test('prices, capital and fixed commission times a power of two scale money and nothing else, to the last bit', () => {
    fc.assert(
      fc.property(study, fc.integer({ min: -8, max: 8 }), ({ moves, execution: of, start, returns }, power) => {
        const k = 2 ** power;
        const bars = barsFrom(moves, 24);
        const scoring = { startBar: Math.min(start, bars.count - 1), returns, periodsPerYear: 252 };
        const rows = Array.from({ length: bars.count }, (_, i) => ({
          open: bars.open[i]!,
          close: bars.close[i]!,
          volume: bars.volume[i]!,
        }));
        const larger = barsOf(rows.map(({ open, close, volume }) => ({ open: open * k, close: close * k, volume })));
        const scaled = { ...of, capital: of.capital * k, commission: { ...of.commission, fixed: of.commission.fixed * k } };
        const one = rowOf(valueOf(engineOf({ plan: SIGNAL_PLAN, bars: bars.buffer, execution: of, scoring }).detail([], [])));
        const other = rowOf(
          valueOf(engineOf({ plan: SIGNAL_PLAN, bars: larger.buffer, execution: scaled, scoring }).detail([], [])),
        );
        const money = METRICS.flatMap(({ key, unit }) => (unit === 'money' ? [[key, one[key] * k]] : []));
        expect(other).toEqual({ ...one, ...Object.fromEntries(money) });
      }),
      { numRuns: RUNS / 4 },
    );
  });

  test('more commission or slippage never leaves more money, the fills being the same', () => {
    const costs = fc.record({
      relative: fc.double({ min: 0, max: 0.02, noNaN: true }),
      slippage: fc.double({ min: 0, max: 0.02, noNaN: true }),
    });
    fc.assert(
      fc.property(study, costs, costs, ({ moves, execution: of }, low, extra) => {
        const bars = barsFrom(moves, 24);
        // Long only and fractional: every fill then multiplies equity by something that falls as the costs rise. A short of all
        // equity may gain from a smaller entry, a whole unit less may be a loss less, and a ruin ends later losses.
        const longOnly = barsOf(
          Array.from({ length: bars.count }, (_, i) => ({
            open: bars.open[i]!,
            close: bars.close[i]!,
            volume: bars.volume[i]! & 3,
          })),
        );
        const final = (relative: number, slippage: number): number => {
          const paying = executionOf(
            { units: 'fractional', sizing: { fraction: 1 }, slippage, commission: { relative, fixed: 0 } },
            of,
          );
          return rowOf(valueOf(engineOf({ plan: SIGNAL_PLAN, bars: longOnly.buffer, execution: paying }).detail([], [])))
            .finalEquity;
        };
        const cheap = final(low.relative, low.slippage);
        expect(final(low.relative + extra.relative, low.slippage)).toBeLessThanOrEqual(cheap * (1 + 1e-12));
        expect(final(low.relative, low.slippage + extra.slippage)).toBeLessThanOrEqual(cheap * (1 + 1e-12));
      }),
      { numRuns: RUNS / 4 },
    );
  });

  test('bars that are still to come change no equity and no trade before them', () => {
    fc.assert(
      fc.property(study, fc.integer({ min: 1, max: 119 }), ({ moves, execution: of, spacingHours }, cut) => {
        const bars = barsFrom(moves, spacingHours);
        const seen = Math.min(cut, bars.count);
        const before = barsFrom(moves.slice(0, seen), spacingHours);
        const marked: Execution = { ...of, atEnd: 'mark' };
        const run = (b: Bars) =>
          valueOf(engineOf({ plan: SIGNAL_PLAN, bars: b.buffer, execution: marked }).detail([], [])).report;
        const whole = run(bars);
        const part = run(before);
        expect(part.equity).toEqual(whole.equity.slice(0, seen));
        expect(part.trades.filter((trade) => !trade.open)).toEqual(
          whole.trades.filter((trade) => !trade.open && trade.exitBar < seen),
        );
      }),
      { numRuns: RUNS / 4 },
    );
  });

  test('a trial that never trades keeps its capital', () => {
    const { row } = valueOf(
      engineOf({
        plan: SIGNAL_PLAN,
        bars: barsOf([
          { open: 1, close: 2 },
          { open: 2, close: 1 },
        ]).buffer,
      }).detail([], []),
    );
    expect(row[0]).toBe(FREE.capital);
  });
});
