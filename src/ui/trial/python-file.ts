import type { Bars } from '../../bars/buffer.ts';
import { executionAt } from '../../strategy/settings.ts';
import { pythonScript } from '../../strategy/python/script.ts';
import { trialWarmup } from '../../strategy/warmup.ts';
import { axisLabel, axisValue } from '../../space/axis.ts';
import type { OpenedTrial } from '../../study/trial.svelte.ts';

/** Bars that are written into the script; more are read from a file. */
const MOST_BARS = 20_000;

export interface PythonFile {
  readonly name: string;
  readonly text: string | null; // null: the rules cannot be written there
  readonly note: string; // a sentence or two for the person
}

/** The opened trial as a script of backtesting.py, with what it leaves out. */
export function pythonFile({ subject, positions, number, detail }: OpenedTrial): PythonFile {
  const { plan, space, bars, market, scoring } = subject;
  const values = space.axes.map((axis, a) => axisValue(axis, positions[a] ?? 0));
  const execution = executionAt(subject.execution, values);
  const { metrics } = detail.report;
  const tickSize = execution.tickSize > 0 ? execution.tickSize : bars.decimals >= 0 ? 10 ** -bars.decimals : 0;
  const { script, missing } = pythonScript({
    plan,
    values,
    parameters: space.axes.map((axis, a) => [axis.name, axisLabel(axis, positions[a] ?? 0)] as const),
    execution: { ...execution, tickSize },
    startBar: scoring.startBar,
    warmupBars: trialWarmup(plan, values),
    title: `Trial ${number} on ${market.symbol}, by Barsweep`,
    decimals: bars.decimals,
    csv: bars.count <= MOST_BARS ? barsCsv(bars) : null,
    expected: [
      ['Final equity', metrics['finalEquity'] ?? NaN],
      ['Total return', metrics['totalReturn'] ?? NaN],
      ['Max drawdown', metrics['maxDrawdown'] ?? NaN],
      ['Trades', metrics['trades'] ?? NaN],
    ],
  });
  const name = `${market.symbol.replace(/[^\w-]+/g, '_')}-trial-${number}.py`;
  if (script === null) {
    return { name, text: null, note: `No script: ${missing.join(' and ')} cannot be written for backtesting.py.` };
  }
  const whole = script.leftOut.length === 0 ? 'It is the whole study.' : `Not the same study. ${script.leftOut.join(' ')}`;
  const needs = bars.count > MOST_BARS ? ' It reads the bars from a CSV file.' : '';
  return { name, text: script.text, note: `Saved ${name}. ${whole}${needs}` };
}

function barsCsv({ count, time, open, high, low, close, volume }: Bars): string {
  const lines = ['Date,Open,High,Low,Close,Volume'];
  for (let i = 0; i < count; i++) {
    const date = new Date(time[i]!).toISOString().slice(0, 19).replace('T', ' ');
    lines.push([date.endsWith('00:00:00') ? date.slice(0, 10) : date, open[i], high[i], low[i], close[i], volume[i]].join(','));
  }
  return lines.join('\n');
}
