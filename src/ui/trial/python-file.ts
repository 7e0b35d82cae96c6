import type { Bars } from '../../bars/buffer.ts';
import { frameOffsets } from '../../bars/frames.ts';
import { executionAt } from '../../strategy/settings.ts';
import { BAR_COLUMNS, pythonScript } from '../../strategy/python/script.ts';
import { trialWarmup } from '../../strategy/warmup.ts';
import { axisLabel, axisValue } from '../../space/axis.ts';
import type { OpenedTrial } from '../../study/trial.svelte.ts';

/** Bars that are written into the script; more go into a file of their own. */
const MOST_BARS = 20_000;

export interface PythonFile {
  readonly name: string;
  readonly text: string;
  readonly bars: { readonly name: string; readonly text: string } | null; // that the script reads
  readonly note: string; // a sentence or two for the person
}

/** The opened trial as a script that plays it by itself and by backtesting.py. */
export function pythonFile({ subject, positions, number, detail }: OpenedTrial): PythonFile {
  const { plan, space, bars, market, scoring } = subject;
  const values = space.axes.map((axis, a) => axisValue(axis, positions[a] ?? 0));
  const execution = executionAt(subject.execution, values);
  const { metrics } = detail.report;
  const tickSize = execution.tickSize > 0 ? execution.tickSize : bars.decimals >= 0 ? 10 ** -bars.decimals : 0;
  const csv = barsCsv(bars);
  const apart = bars.count > MOST_BARS;
  const { text, differences } = pythonScript({
    plan,
    values,
    parameters: space.axes.map((axis, a) => [axis.name, axisLabel(axis, positions[a] ?? 0)] as const),
    execution: { ...execution, tickSize },
    startBar: scoring.startBar,
    warmupBars: trialWarmup(plan, values, frameOffsets(bars)),
    title: `Trial ${number} on ${market.symbol}, by Barsweep`,
    decimals: bars.decimals,
    lowestPrice: bars.low.reduce((least, price) => Math.min(least, price), Infinity),
    csv: apart ? null : csv,
    expected: [
      ['Final equity', metrics['finalEquity'] ?? NaN],
      ['Total return', metrics['totalReturn'] ?? NaN],
      ['Max drawdown', metrics['maxDrawdown'] ?? NaN],
      ['Trades', metrics['trades'] ?? NaN],
    ],
  });
  const symbol = market.symbol.replace(/[^\w-]+/g, '_');
  const name = `${symbol}-trial-${number}.py`;
  const barsName = `${symbol}-bars.csv`;
  const with_ = apart ? ` and ${barsName}, which it reads: python ${name} ${barsName}` : '';
  return {
    name,
    text,
    bars: apart ? { name: barsName, text: csv } : null,
    note: `Saved ${name}${with_}. It is the whole study; its head says where backtesting.py differs (${differences.length}).`,
  };
}

function barsCsv({ count, time, open, high, low, close, volume, localDate, localMinute }: Bars): string {
  const lines = [BAR_COLUMNS];
  const two = (part: number): string => String(part).padStart(2, '0');
  for (let i = 0; i < count; i++) {
    const date = new Date(time[i]!)
      .toISOString()
      .replace('T', ' ')
      .replace(/(:00)?\.000Z$|Z$/, '');
    const day = localDate[i]!;
    const minute = localMinute[i]!;
    const year = String(Math.floor(day / 10000)).padStart(4, '0');
    const local = `${year}-${two(Math.floor(day / 100) % 100)}-${two(day % 100)} ${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
    lines.push([date, open[i], high[i], low[i], close[i], volume[i], local].join(','));
  }
  return lines.join('\n');
}
