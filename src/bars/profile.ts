import { isMissing, isNumber, makeMarkProof, provenMark, readNumber, readVolume, type DecimalMark } from './numbers.ts';
import { countTurns } from './order.ts';
import type { TableRow } from './table.ts';
import { clockKind, makeTimeReading, readTime, type TimeReading } from './times.ts';

/** What the cells of one column look like, over the rows that were looked at. */
export interface Profile {
  readonly column: number;
  readonly filled: number; // cells that hold something
  readonly times: number;
  readonly numbers: number;
  readonly volumes: number; // numbers, or numbers with K, M or B behind them
  readonly clocks: number; // times of day of one kind
  readonly clock: 'colons' | 'digits' | 'short' | 'none';
  readonly texts: number; // neither number nor time
  readonly distinct: number; // different cells, counted up to a limit
  readonly worded: number; // times that no number looks like: 2024-01-02, Jan 2 2024
  readonly clocked: number; // times with a time of day
  readonly counted: number; // counts since 1970
  readonly compact: number; // yyyymmdd
  readonly ordered: number; // share of neighbouring times, or numbers where there are none, in the commoner order; 0 … 1
  readonly falling: boolean; // the newest seems to stand first
  readonly serial: boolean; // ascending or descending days of Excel
  readonly values: Float64Array; // numbers in file order under the likelier decimal mark; NaN where there is none
}

const MOST_DISTINCT = 5000;

export function profileColumns(rows: readonly TableRow[], width: number): Profile[] {
  return Array.from({ length: width }, (_, column) => profileColumn(rows, column));
}

/** Counts of cells by what they look like. */
function makeCounts() {
  const clocks = { colons: 0, digits: 0, short: 0 };
  return { ...clocks, filled: 0, times: 0, numbers: 0, volumes: 0, worded: 0, clocked: 0, counted: 0, compact: 0, texts: 0 };
}

type Counts = ReturnType<typeof makeCounts>;

function profileColumn(rows: readonly TableRow[], column: number): Profile {
  const reading = makeTimeReading();
  const proof = makeMarkProof();
  const different = new Set<string>();
  const instants: number[] = [];
  const seen = makeCounts();
  for (const { cells } of rows) {
    const cell = cells[column];
    if (cell === undefined || isMissing(cell)) continue;
    seen.filled++;
    if (different.size < MOST_DISTINCT) different.add(cell);
    const number = isNumber(cell);
    if (number) readNumber(cell, '.', proof);
    countNumber(cell, number, seen);
    const clock = clockKind(cell);
    if (clock !== 'none') seen[clock]++;
    readTime(cell, reading);
    if (reading.kind !== 'none') {
      countTime(reading, number, seen);
      instants.push(reading.kind === 'time' ? reading.ms : reading.packed);
    } else if (!number && clock === 'none') seen.texts++;
  }
  const values = valuesOf(rows, column, provenMark(proof) === ',' ? ',' : '.');
  return {
    column,
    ...seen,
    clock: usualClock(seen),
    clocks: seen.colons + seen.digits + seen.short,
    distinct: different.size,
    ...orderOf(instants.length > 0 ? instants : [...values]),
    serial: isSerial(values),
    values,
  };
}

function countNumber(cell: string, number: boolean, seen: Counts): void {
  if (number) seen.numbers++;
  if (number || !Number.isNaN(readVolume(cell, '.', null)) || !Number.isNaN(readVolume(cell, ',', null))) seen.volumes++;
}

function countTime({ compact, unit, clock }: TimeReading, number: boolean, seen: Counts): void {
  seen.times++;
  if (!number) seen.worded++;
  if (compact) seen.compact++;
  if (unit !== '') seen.counted++;
  else if (clock) seen.clocked++;
}

function usualClock({ colons, digits, short }: Counts): Profile['clock'] {
  if (colons > 0) return 'colons';
  if (digits >= short && digits > 0) return 'digits';
  return short > 0 ? 'short' : 'none';
}

function valuesOf(rows: readonly TableRow[], column: number, mark: DecimalMark): Float64Array {
  return Float64Array.from(rows, ({ cells }) => readNumber(cells[column] ?? '', mark, null));
}

function orderOf(values: readonly number[]): { ordered: number; falling: boolean } {
  const { rises, falls } = countTurns(values.length, (i) => values[i]!);
  // One value on all rows is in order too: the date of a single day.
  return { ordered: rises + falls === 0 ? 1 : Math.max(rises, falls) / (rises + falls), falling: falls > rises };
}

/** Days between 1927 and 2119 as Excel counts them, in order and at most a few weeks apart. */
function isSerial(values: Float64Array): boolean {
  const days = values.filter((value) => !Number.isNaN(value));
  if (days.length < 2 || !days.every((day) => day >= 10_000 && day <= 80_000)) return false;
  const { rises, falls } = countTurns(days.length, (i) => days[i]!);
  let far = 0;
  for (let i = 1; i < days.length; i++) if (Math.abs(days[i]! - days[i - 1]!) > 40) far++;
  return Math.min(rises, falls) === 0 && rises + falls >= 0.95 * (days.length - 1) && far <= days.length / 50;
}
