import fc from 'fast-check';
import { findIndicator } from '../../src/indicators/catalogue.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import type { Column, Indicator, Param } from '../../src/indicators/indicator.ts';
import { isExact } from '../../src/indicators/indicator.ts';

/** Values of an indicator of the catalogue. */
export function compute(
  name: string,
  inputs: readonly ArrayLike<number>[],
  params: readonly number[],
  decimals = -1,
): number[] {
  const out = new Float64Array(inputs[0]!.length).fill(7);
  computationOf(name)(
    inputs.map((input) => Float64Array.from(input)),
    params,
    out,
    { decimals },
  );
  return [...out];
}

/** Bars as numbers, by column; `condition` and `other` stand for arguments of those kinds. */
export type Market = Readonly<Record<Column | 'condition' | 'other', number[]>>;

export interface Tick {
  readonly close: number; // whole ticks
  readonly up: number; // from the close to the high
  readonly down: number; // from the close to the low
  readonly volume: number;
}

const tick = fc.record({
  close: fc.integer({ min: 900, max: 1100 }),
  up: fc.nat(30),
  down: fc.nat(30),
  volume: fc.oneof(fc.constant(0), fc.nat(5000)),
});

/** Bars in whole ticks; some have no range, some no volume, some repeat the last close. */
export const someTicks = fc.array(tick, { minLength: 1, maxLength: 70 });

/** @param divisor ticks per unit of price */
export function marketOf(ticks: readonly Tick[], divisor = 100): Market {
  const of = (value: (tick: Tick, bar: number) => number): number[] => ticks.map(value);
  const high = of(({ close, up }) => (close + up) / divisor);
  const low = of(({ close, down }) => (close - down) / divisor);
  const close = of((t) => t.close / divisor);
  const open = of(({ up, down, close: c }, bar) => (c + (bar % 2 === 0 ? up : -down)) / divisor);
  return {
    open,
    high,
    low,
    close,
    volume: of(({ volume }) => volume),
    hl2: high.map((h, bar) => (h + low[bar]!) / 2),
    hlc3: high.map((h, bar) => (h + low[bar]! + close[bar]!) / 3),
    ohlc4: high.map((h, bar) => (open[bar]! + h + low[bar]! + close[bar]!) / 4),
    date: of((_, bar) => 18_000 + Math.floor(bar / 7)),
    condition: of(({ up, down }) => Number(up > down)),
    other: of(({ close: c, up }) => (2 * c + up) / divisor),
  };
}

/** What an indicator reads of a market: close for its first series argument that names no column, another for the next. */
export function inputsOf({ inputs }: Indicator, market: Market): number[][] {
  let series = 0;
  return inputs.map(({ kind, column }) => {
    if (kind === 'condition') return market.condition;
    if (column !== null) return market[column];
    return series++ === 0 ? market.close : market.other;
  });
}

/** Whether raw prices are handed to it, so that it may count in ticks. */
export function readsPrices({ inputs }: Indicator): boolean {
  return inputs.filter(isExact).every(({ column }) => column === null || ['open', 'high', 'low', 'close'].includes(column));
}

const numberFor = ({ kind, least, most, value }: Param): fc.Arbitrary<number> =>
  kind === 'period'
    ? fc.integer({ min: least, max: Math.min(most, least + 14) })
    : fc.oneof(
        fc.constant(value ?? least),
        fc.double({ min: Math.max(least, -4) + 0.01, max: Math.min(most, Math.max(least, -4) + 4), noNaN: true }),
      );

/** Numbers that an indicator's parameters allow. */
export function paramsFor({ params }: Indicator): fc.Arbitrary<number[]> {
  return fc.tuple(...params.map(numberFor));
}

/** Values that the parameters have where a call leaves them out; 14 for a period without one. */
export function usualParams({ params }: Indicator): number[] {
  return params.map(({ kind, value, least }) => value ?? (kind === 'period' ? 14 : Math.max(1, least)));
}

export function known(name: string): Indicator {
  const found = findIndicator(name);
  if (found === null) throw new Error(`no indicator ${name}`);
  return found;
}
