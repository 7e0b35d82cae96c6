import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { makeNumberStyle, readNumber } from './numbers.ts';
import { quoteCell } from './report.ts';
import { isPriceHeader, normaliseHeader, rolesByName, type HeaderReading, type RoleMap } from './roles.ts';
import { recogniseOther } from './sniff.ts';
import type { TableRow } from './table.ts';
import { isClock, makeTimeReading, readTime } from './times.ts';

/** Which cells of a row mean what. */
export interface Layout {
  readonly roles: RoleMap;
  readonly header: readonly string[] | null; // null: the file has none
  readonly width: number; // cells that a row may have
  readonly firstRow: number; // index, among the rows looked at, of the first data row
  readonly closeOnly: boolean; // one price per row instead of four
  readonly adjusted: string; // header of an adjusted price that was left aside
}

const HEADER_WITHIN = 30;
const FEW_CELLS = 3;

export function isBlank(row: TableRow): boolean {
  return row.cells.every((cell) => cell.trim() === '');
}

function isNumber(cell: string | undefined): boolean {
  return cell !== undefined && !Number.isNaN(readNumber(cell, makeNumberStyle(), 1));
}

function isTime(text: string): boolean {
  const reading = makeTimeReading();
  readTime(text, reading);
  return reading.kind !== 'none';
}

/** Number of leading cells that are the time: 1, 2 for a date and a clock, 0 for none. */
function timeCells(cells: readonly string[]): number {
  const first = cells[0] ?? '';
  if (isClock(cells[1] ?? '') && isTime(`${first} ${cells[1]}`)) return 2;
  return isTime(first) ? 1 : 0;
}

/** A row of names: several cells and not one number or time among them. */
function isNames(row: TableRow): boolean {
  const filled = row.cells.filter((cell) => cell.trim() !== '');
  return filled.length >= FEW_CELLS && filled.every((cell) => !isNumber(cell) && !isTime(cell));
}

/**
 * Decides what the columns are from the first rows.
 * @param rows the file's first rows that are not blank, at least one
 */
export function findLayout(rows: readonly TableRow[]): Outcome<Layout> {
  const other = recogniseOther(rows);
  if (other !== null) return failed(other);
  const limit = Math.min(rows.length, HEADER_WITHIN);
  for (let i = 0; i < limit; i++) {
    const cells = rows[i]!.cells;
    if (cells.length < 2 || timeCells(cells) > 0) continue;
    const reading = rolesByName(cells);
    if (isPriceHeader(reading.roles)) return namedLayout(rows[i]!, i, reading);
  }
  const start = rows
    .slice(0, limit)
    .findIndex((row) => timeCells(row.cells) > 0 && isNumber(row.cells[row.cells.length > 2 ? 2 : 1]));
  const names = rows.slice(0, start < 0 ? limit : start).find(isNames);
  if (names !== undefined) return unknownHeader(names);
  if (start < 0) return noTable(rows[0]!);
  return unnamedLayout(rows, start);
}

function namedLayout(row: TableRow, index: number, reading: HeaderReading): Outcome<Layout> {
  const { roles, doubled, adjusted } = reading;
  if (doubled !== '') {
    return failed(
      fault(
        'doubled_column',
        `Two columns are called ${quoteCell(doubled)}.`,
        'Leave one of them in the file, or give the other one another name.',
        { kind: 'file', line: row.line },
      ),
    );
  }
  return ok({ roles, header: row.cells, width: row.cells.length, firstRow: index + 1, closeOnly: roles.open < 0, adjusted });
}

function unknownHeader(row: TableRow): Outcome<Layout> {
  const place = { kind: 'file', line: row.line } as const;
  const names = row.cells
    .filter((cell) => cell.trim() !== '')
    .slice(0, 12)
    .map(quoteCell)
    .join(', ');
  const { roles } = rolesByName(row.cells);
  const prices = (['open', 'high', 'low', 'close'] as const).filter((role) => roles[role] >= 0);
  if (prices.length > 0 && roles.time < 0) {
    return failed(
      fault('no_time_column', `No column is called date or time among ${names}.`, 'Name the column of times "time".', place),
    );
  }
  const missing = (['open', 'high', 'low', 'close'] as const).filter((role) => roles[role] < 0).join(', ');
  if (roles.time >= 0 && prices.length > 0) {
    return failed(
      fault(
        'no_price_columns',
        `The columns for ${missing} are missing among ${names}.`,
        'Bars need open, high, low and close; a line of prices needs the close alone.',
        place,
      ),
    );
  }
  const ticks = row.cells.some((cell) => ['bid', 'ask'].includes(normaliseHeader(cell)));
  const advice = ticks
    ? 'These are quotes, not bars: bring them into bars first.'
    : 'Name the columns time, open, high, low, close and, if there is one, volume.';
  return failed(fault('no_price_columns', `No open, high, low and close among the columns ${names}.`, advice, place));
}

function noTable(row: TableRow): Outcome<Layout> {
  const text = row.cells.filter((cell) => cell.trim() !== '').join(' ');
  return failed(
    fault(
      'no_table',
      `The file starts with ${quoteCell(text)}, and no row with a time and prices follows.`,
      'Load a table with a time, open, high, low and close on every row.',
      { kind: 'file', line: row.line },
    ),
  );
}

/** A file without header: time, open, high, low, close and perhaps volume, if the numbers agree with that order. */
function unnamedLayout(rows: readonly TableRow[], start: number): Outcome<Layout> {
  const first = rows[start]!;
  const place = { kind: 'file', line: first.line } as const;
  const lead = timeCells(first.cells);
  let numbers = 0;
  while (isNumber(first.cells[lead + numbers])) numbers++;
  const common = { header: null, width: first.cells.length, firstRow: start, adjusted: '' };
  const none: RoleMap = { time: 0, clock: lead === 2 ? 1 : -1, open: -1, high: -1, low: -1, close: -1, volume: -1, symbol: -1 };
  if (numbers === 1) return ok({ ...common, roles: { ...none, close: lead }, closeOnly: true });
  if (numbers < 4) {
    return failed(
      fault(
        'not_bars',
        `A row has a time and ${numbers} numbers, which is no bar.`,
        'Single trades or quotes must be brought into bars first; bars have open, high, low and close.',
        place,
      ),
    );
  }
  const roles: RoleMap = {
    ...none,
    open: lead,
    high: lead + 1,
    low: lead + 2,
    close: lead + 3,
    volume: numbers > 4 ? lead + 4 : -1,
  };
  let checked = 0;
  let broken = 0;
  for (const row of rows.slice(start)) {
    const [open, high, low, close] = [0, 1, 2, 3].map((k) => readNumber(row.cells[lead + k] ?? '', makeNumberStyle(), 1)) as [
      number,
      number,
      number,
      number,
    ];
    if (Number.isNaN(open + high + low + close)) continue;
    checked++;
    if (high < Math.max(open, close) || low > Math.min(open, close)) broken++;
  }
  if (broken > checked / 10) {
    return failed(
      fault(
        'columns_unknown',
        'The file has no header, and its numbers are not in the order open, high, low, close.',
        'Put a first line above the data that names the columns, for example time,open,high,low,close,volume.',
        place,
      ),
    );
  }
  return ok({ ...common, roles, closeOnly: false });
}
