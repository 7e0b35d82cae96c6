import { BLOCK_KEYS, BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { METRICS } from '../metrics/columns.ts';
import type { Rows } from '../metrics/rows.ts';
import { PENDING, TRIAL_STATES } from '../metrics/state.ts';
import { axisLabel, axisValue, type Axis } from '../space/axis.ts';
import { trialIndex } from '../space/trial.ts';
import { csvNumber, csvText } from './csv.ts';

/** A column of rows to take away, with all digits. */
export interface TakenColumn {
  readonly name: string;
  readonly type: 'INT64' | 'DOUBLE' | 'STRING' | 'BOOLEAN';
  readonly value: (row: number) => bigint | number | string | boolean | null; // null: undefined
}

/** Trial index, one column per axis, state, one per stored metric, the block moments: the same as in the CSV of the command line. */
export function takenColumns(rows: Rows, axes: readonly Axis[]): TakenColumn[] {
  const positions = new Uint32Array(axes.length);
  const trial = (row: number): bigint => {
    for (let a = 0; a < axes.length; a++) positions[a] = rows.positions[a]![row]!;
    return trialIndex(axes, positions);
  };
  const small = axes.reduce((product, { size }) => product * BigInt(size), 1n) < 2n ** 63n;
  return [
    small
      ? { name: 'trial', type: 'INT64', value: trial }
      : { name: 'trial', type: 'STRING', value: (row) => String(trial(row)) },
    ...axes.map((axis, a): TakenColumn => {
      const at = rows.positions[a]!;
      if (axis.kind === 'choice') return { name: axis.name, type: 'STRING', value: (row) => axisLabel(axis, at[row]!) };
      if (axis.kind === 'flag') return { name: axis.name, type: 'BOOLEAN', value: (row) => axis.values[at[row]!]! };
      return { name: axis.name, type: 'DOUBLE', value: (row) => axisValue(axis, at[row]!) };
    }),
    { name: 'state', type: 'STRING', value: (row) => TRIAL_STATES[rows.states[row]!] ?? 'pending' },
    ...rows.metrics.map((metric, k) => numbers(METRICS[metric]!.key, rows.columns[k]!, 1, 0)),
    ...BLOCK_KEYS.slice(0, rows.moments.length).map((key, k) => numbers(key, rows.moments, BLOCK_NUMBERS, k)),
  ];

  function numbers(name: string, from: Float64Array, width: number, k: number): TakenColumn {
    const value = (row: number): number | null => {
      const number = from[row * width + k]!;
      return rows.states[row] === PENDING || Number.isNaN(number) ? null : number;
    };
    return { name, type: 'DOUBLE', value };
  }
}

/** Rows as lines of fields with a separator between them; a text that a spreadsheet would run as a formula is neutralised. */
export function* takenLines(
  columns: readonly TakenColumn[],
  rows: ArrayLike<number>,
  separator: ',' | '\t',
): Generator<string> {
  const text = (field: string): string => (separator === ',' ? csvText(field) : csvText(field).replace(/[\t\r\n]+/g, ' '));
  yield columns.map(({ name }) => text(name)).join(separator);
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    yield columns
      .map((column) => {
        const value = column.value(row);
        if (value === null) return '';
        return typeof value === 'number' ? csvNumber(value) : typeof value === 'string' ? text(value) : String(value);
      })
      .join(separator);
  }
}

/** Rows as objects, for JSON: infinite numbers as texts, as JSON has none; trial indices beyond 2^53 as texts too. */
export function* takenObjects(columns: readonly TakenColumn[], rows: ArrayLike<number>): Generator<Record<string, unknown>> {
  for (let i = 0; i < rows.length; i++) {
    yield Object.fromEntries(columns.map((column) => [column.name, plain(column.value(rows[i]!))]));
  }
}

function plain(value: ReturnType<TakenColumn['value']>): string | number | boolean | null {
  if (typeof value === 'bigint') return value <= 2n ** 53n ? Number(value) : String(value);
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
