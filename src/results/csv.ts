import { BLOCK_KEYS, BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { METRICS } from '../metrics/columns.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING, TRIAL_STATES } from '../metrics/state.ts';
import { axisLabel, type Axis } from '../space/axis.ts';

/**
 * Rows [0, count) as CSV lines without line ends, the header first: `trial`, one column per axis, `state`, one per stored
 * metric, then the block moments. Numbers in shortest round-trip form, `Infinity` spelled out, an undefined metric and every metric of a row that was
 * not run empty. Rows come in the order of asking, which for the grid is trial order.
 */
export function* rowCsvLines(rows: Rows, axes: readonly Axis[], count = rows.rowCount): Generator<string> {
  const keys = rows.metrics.map((metric) => METRICS[metric]!.key);
  const blocks = rows.moments.length > 0 ? BLOCK_NUMBERS : 0;
  const head = ['trial', ...axes.map((axis) => csvText(axis.name)), 'state', ...keys, ...BLOCK_KEYS.slice(0, blocks)];
  yield head.join(',');
  const index = indexer(axes);
  const labels = axes.map((axis) => labeller(axis));
  for (let row = 0; row < count; row++) {
    const state = rows.states[row]!;
    let line = index(rows, row);
    for (let a = 0; a < labels.length; a++) line += `,${labels[a]!(rows.positions[a]![row]!)}`;
    line += `,${TRIAL_STATES[state] ?? 'pending'}`;
    for (const column of rows.columns) line += state === PENDING ? ',' : `,${csvNumber(column[row]!)}`;
    for (let k = row * blocks; k < (row + 1) * blocks; k++) line += state === PENDING ? ',' : `,${csvNumber(rows.moments[k]!)}`;
    yield line;
  }
}

/** The same as whole texts of about `lines` lines each, every line ended by \n: for writing a file piece by piece. */
export function* rowCsvChunks(rows: Rows, axes: readonly Axis[], count = rows.rowCount, lines = 4096): Generator<string> {
  let chunk: string[] = [];
  for (const line of rowCsvLines(rows, axes, count)) {
    chunk.push(line);
    if (chunk.length < lines) continue;
    yield `${chunk.join('\n')}\n`;
    chunk = [];
  }
  if (chunk.length > 0) yield `${chunk.join('\n')}\n`;
}

/** Shortest text that reads back as the same number; NaN is empty. */
export function csvNumber(value: number): string {
  return Number.isNaN(value) ? '' : String(value);
}

/**
 * A name as a CSV field: quoted by RFC 4180 where it must be; one that a spreadsheet would run as a formula gets an apostrophe.
 */
export function csvText(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function labeller(axis: Axis): (position: number) => string {
  const kept: string[] = [];
  const text = axis.kind === 'choice' ? csvText : (label: string): string => label;
  return (position) => (kept[position] ??= text(axisLabel(axis, position)));
}

/** The trial index: mixed radix over the full product, the first axis slowest; beyond 2^53 with BigInt. */
function indexer(axes: readonly Axis[]): (rows: Rows, row: number) => string {
  const total = axes.reduce((product, axis) => product * BigInt(axis.size), 1n);
  if (total <= 2n ** 53n) {
    return (rows, row) => {
      let index = 0;
      for (let a = 0; a < axes.length; a++) index = index * axes[a]!.size + rows.positions[a]![row]!;
      return String(index);
    };
  }
  return (rows, row) => {
    let index = 0n;
    for (let a = 0; a < axes.length; a++) index = index * BigInt(axes[a]!.size) + BigInt(rows.positions[a]![row]!);
    return String(index);
  };
}
