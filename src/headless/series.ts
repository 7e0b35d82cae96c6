import { openBars, type Bars } from '../bars/buffer.ts';
import type { Outcome } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { createControl } from '../schedule/control.ts';
import type { SweepWorkerApi } from '../schedule/messages.ts';
import { NEUTRAL_EXECUTION } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import { compileSeries } from '../strategy/series-plan.ts';
import { createPool } from '../workers/pool.ts';
import { spawnNodeWorker } from '../workers/spawn-node.ts';
import { DONE, refuse, RUN_FAULT, stopWriting, tell } from './ending.ts';
import { loadBars } from './load-bars.ts';
import { openOutput, type Output } from './output.ts';
import { readSeriesArguments, SERIES_USAGE } from './series-arguments.ts';

const ROWS_AT_ONCE = 2000;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  process.stdout.on('error', stopWriting);
  process.stderr.on('error', stopWriting);
  const read = readSeriesArguments(words);
  if (!read.ok) {
    process.stderr.write(`${SERIES_USAGE}\n`);
    return refuse(read.faults);
  }
  const { help, bars: file, out, expressions } = read.value;
  if (help) {
    process.stdout.write(SERIES_USAGE);
    return DONE;
  }
  const plan = compileSeries(expressions);
  if (!plan.ok) return refuse(plan.faults);
  const loaded = await loadBars({ sample: 'daily' }, file, shared); // the sample stands for no file, and one is named
  if (!loaded.ok) return refuse(loaded.faults);
  for (const note of loaded.value.notes) tell(`Note: ${note}`);
  const opened = openBars(loaded.value.imported.market.buffer);
  if (!opened.ok) return refuse(opened.faults);
  const output = await openOutput(out, stopWriting);
  if (!output.ok) return refuse(output.faults);
  const detail = await evaluate(plan.value, opened.value);
  if (!detail.ok) {
    refuse(detail.faults);
    return RUN_FAULT;
  }
  await writeSeries(expressions, opened.value, detail.value.plots, output.value);
  await output.value.end();
  return DONE;
}

/** A worker of a sweep opens the plan as a study of one trial, which never trades, and shows it. */
async function evaluate(plan: Plan, bars: Bars): Promise<Outcome<TrialDetail>> {
  const script = new URL('./sweep-node.worker.js', import.meta.url); // built beside this file
  const pool = createPool({ spawn: () => spawnNodeWorker<SweepWorkerApi>(script), size: 1 });
  const generation = pool.nextGeneration();
  const scoring = { startBar: 0, returns: 'bar', periodsPerYear: 1, longestWarmup: 0 } as const;
  const asked = await pool.call(0, async (api) => {
    const open = await api.open({
      generation,
      workerIndex: 0,
      plan,
      axes: [],
      execution: NEUTRAL_EXECUTION,
      scoring: [scoring],
      markets: [bars.buffer],
      rows: null,
      metrics: [],
      control: createControl(1, shared).buffer,
      cacheBytes: 0,
    });
    return open.ok ? api.detail(generation, 0, []) : open;
  });
  pool.terminate();
  return asked.ok ? asked.value : asked;
}

/** Values as short as they can be read back exactly; empty where there is none. */
async function writeSeries(
  expressions: readonly string[],
  { count, time }: Bars,
  plots: TrialDetail['plots'],
  output: Output,
): Promise<void> {
  const columns = plots.map(({ values }) => values);
  await output.write(`bar,time,${expressions.map(csvCell).join(',')}\n`);
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    let text = '';
    for (let bar = from; bar < Math.min(count, from + ROWS_AT_ONCE); bar++) {
      text += `${bar},${time[bar]!}`;
      for (const values of columns) text += Number.isNaN(values[bar]!) ? ',' : `,${values[bar]!}`;
      text += '\n';
    }
    await output.write(text);
  }
}

function csvCell(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
