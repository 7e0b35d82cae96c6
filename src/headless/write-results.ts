import type { StudyDocument } from '../document/document.ts';
import { BLOCK_KEYS, BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { METRICS } from '../metrics/columns.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { Rows } from '../metrics/rows.ts';
import { TRIAL_STATES } from '../metrics/state.ts';
import { rowCsvChunks } from '../results/csv.ts';
import { tradeCsvLines } from '../results/trades-csv.ts';
import { axisLabel, type Axis } from '../space/axis.ts';
import { trialIndex } from '../space/trial.ts';
import type { Output } from './output.ts';

export interface Results {
  readonly document: StudyDocument;
  readonly barsHash: string;
  readonly axes: readonly Axis[];
  readonly rows: Rows;
  readonly count: number; // rows that were asked
}

type Json = string | number | boolean | null;

/** One line per trial: see results/csv. */
export async function writeCsv({ rows, axes, count }: Results, output: Output): Promise<void> {
  for (const chunk of rowCsvChunks(rows, axes, count)) await output.write(chunk);
}

/** One object: the document, the hash of the bars, and a row per trial. An undefined metric is null, an infinite one a text. */
export async function writeJson({ document, barsHash, axes, rows, count }: Results, output: Output): Promise<void> {
  await output.write(`{"document": ${JSON.stringify(document)},\n"barsHash": ${JSON.stringify(barsHash)},\n"rows": [`);
  for (let row = 0; row < count; row++) {
    const positions = rows.positions.map((column) => column[row]!);
    const values = Object.fromEntries(axes.map((axis, a) => [axis.name, axisJson(axis, positions[a]!)]));
    const moments = rows.moments.subarray(row * BLOCK_NUMBERS, (row + 1) * BLOCK_NUMBERS);
    const metrics = Object.fromEntries([
      ...rows.columns.map((column, c) => [METRICS[rows.metrics[c]!]!.key, numberJson(column[row]!)] as const),
      ...Array.from(moments, (value, k) => [BLOCK_KEYS[k]!, numberJson(value)] as const),
    ]);
    const state = TRIAL_STATES[rows.states[row]!] ?? 'pending';
    const line = JSON.stringify({ trial: indexJson(trialIndex(axes, positions)), values, state, metrics });
    await output.write(`${row === 0 ? '' : ','}\n${line}`);
  }
  await output.write('\n]}\n');
}

export async function writeTrades({ report }: TrialDetail, output: Output): Promise<void> {
  for (const line of tradeCsvLines(report.trades)) await output.write(`${line}\n`);
}

export async function writeTrialJson(
  document: StudyDocument,
  trial: string,
  { report }: TrialDetail,
  output: Output,
): Promise<void> {
  const metrics = Object.fromEntries(Object.entries(report.metrics).map(([key, value]) => [key, numberJson(value)]));
  const { state, startBar, capital, trades, equity } = report;
  const whole = {
    document,
    trial: indexJson(BigInt(trial)),
    state,
    startBar,
    capital,
    metrics,
    trades,
    equity: Array.from(equity),
  };
  await output.write(`${JSON.stringify(whole)}\n`);
}

function axisJson(axis: Axis, position: number): Json {
  const label = axisLabel(axis, position);
  if (axis.kind === 'choice') return label;
  return axis.kind === 'flag' ? label === 'true' : Number(label);
}

function indexJson(index: bigint): Json {
  return index <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(index) : String(index);
}

function numberJson(value: number): Json {
  if (Number.isNaN(value)) return null;
  return Number.isFinite(value) ? value : String(value);
}
