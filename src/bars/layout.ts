import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { answerTo, type Answers } from './answers.ts';
import { chooseRoles, type Choice, type Shape } from './choose.ts';
import { findHeader, type HeaderFound } from './header.ts';
import { isMissing, isNumber } from './numbers.ts';
import { isNamed, normaliseHeader } from './names.ts';
import { profileColumns, type Profile } from './profile.ts';
import { quoteCell } from './report.ts';
import { ROLES, type RoleMap } from './roles.ts';
import { recogniseText } from './sniff.ts';
import type { TableRow } from './table.ts';
import { makeTimeReading, readTime } from './times.ts';
import { isWide, wideSeries, type WideSeries } from './wide.ts';

/** Which cells of a row mean what. */
export interface Layout {
  readonly shape: Shape;
  readonly roles: RoleMap;
  readonly serial: boolean;
  readonly header: readonly string[] | null; // one name per column; null: the file has none
  readonly width: number; // cells that a row may have
  readonly firstRow: number; // index, among the rows looked at, of the first data row
  readonly headerRows: readonly number[]; // indices of the rows that make the header
  readonly inserted: number; // column that the header lacked; −1: none
  readonly symbol: string; // told by the header; '' where it says none
  readonly wide: readonly WideSeries[]; // more than one: a market per column or group of columns
  readonly notes: readonly string[];
  readonly profiles: readonly Profile[];
}

export function isBlank(row: TableRow): boolean {
  return row.cells.every((cell) => cell.trim() === '');
}

/** A row of data has numbers or times in most of its cells. */
function isData({ cells }: TableRow, width: number): boolean {
  if (cells.length < 0.6 * width) return false;
  const reading = makeTimeReading();
  let filled = 0;
  let valued = 0;
  for (const cell of cells) {
    if (isMissing(cell)) continue;
    filled++;
    if (isNumber(cell)) valued++;
    else {
      readTime(cell, reading);
      if (reading.kind !== 'none') valued++;
    }
  }
  return valued >= Math.min(2, width) && valued >= 0.4 * filled;
}

/** The commonest number of cells; of the rows after the first few, where there are enough. */
function usualWidth(rows: readonly TableRow[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows.length > 8 ? rows.slice(4) : rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  let width = 1;
  let most = 0;
  for (const [cells, times] of counts) {
    if (times > most || (times === most && cells > width)) {
      width = cells;
      most = times;
    }
  }
  return width;
}

/**
 * Decides what the columns are from the first rows.
 * @param rows the file's first rows that are not blank, at least one
 */
export function findLayout(rows: readonly TableRow[], answers: Answers): Outcome<Layout> {
  const other = recogniseText(rows);
  if (other !== null) return failed(other);
  const wide = usualWidth(rows);
  const start = rows.findIndex((row) => isData(row, wide));
  if (start < 0) return withoutData(rows);
  const body = rows.slice(start).filter((row) => row.cells.length >= 0.6 * wide && isData(row, wide));
  const width = usedWidth(body, wide);
  const found = findHeader(rows.slice(0, start), width);
  const profiles = profileColumns(body, width);
  const aligned = alignHeader(found, profiles, width, body.length);
  if (aligned === null) return noTime(rows[start]!, found);
  return withMarkets({ aligned, found, profiles, width, start, first: rows[start]! }, answers);
}

/** What was found out about a table before its markets are told apart. */
interface Found {
  readonly aligned: Aligned;
  readonly found: HeaderFound | null;
  readonly profiles: readonly Profile[];
  readonly width: number;
  readonly start: number;
  readonly first: TableRow;
}

function withMarkets({ aligned, found, profiles, width, start, first }: Found, answers: Answers): Outcome<Layout> {
  const { choice, header } = aligned;
  const shown = header === null || found === null ? null : shownHeader(found, header, aligned.inserted);
  const grouped = shown === null || found === null ? [] : wideSeries(shown, found.symbols, profiles, choice);
  const series = isWide(grouped, choice.shape) ? pickSeries(grouped, answers) : null;
  const roles = { ...withAnswers(choice.roles, answers, width), ...series?.roles };
  const top = { header, line: first.line, cells: first.cells };
  const doubt = series !== null ? null : (doubledName(top, roles, answers, profiles) ?? whatIsMissing(top, roles));
  if (doubt !== null) return failed(doubt);
  return ok({
    shape: shapeOf(choice.shape, roles),
    roles,
    serial: choice.serial,
    header: shown,
    width,
    firstRow: start,
    headerRows: headerRowsOf(found),
    inserted: aligned.inserted,
    symbol: series === null ? symbolOf(grouped, found) : series.symbol,
    wide: series === null ? [] : grouped,
    notes: choice.notes,
    profiles,
  });
}

function headerRowsOf(found: HeaderFound | null): readonly number[] {
  return found === null ? [] : found.rows;
}

/** The one market that the header names. */
function symbolOf(grouped: readonly WideSeries[], found: HeaderFound | null): string {
  return grouped[0]?.symbol ?? found?.symbol ?? '';
}

/** Where a fault about the columns points to. */
interface Top {
  readonly header: readonly string[] | null;
  readonly line: number; // of the first row of data
  readonly cells: readonly string[]; // of that row
}

function shapeOf(shape: Shape, roles: RoleMap): Shape {
  if (shape === 'quotes') return shape;
  return roles.open >= 0 && roles.high >= 0 && roles.low >= 0 ? 'bars' : 'line';
}

export function pickSeries(series: readonly WideSeries[], answers: Answers): WideSeries {
  const told = answerTo(answers, 'symbol');
  return series.find(({ symbol }) => symbol === told) ?? series[0]!;
}

/** A last column that is empty on every row is only a separator at the end of the lines. */
function usedWidth(body: readonly TableRow[], width: number): number {
  let used = width;
  while (used > 1 && body.every(({ cells }) => (cells[used - 1] ?? '').trim() === '')) used--;
  return used;
}

interface Aligned {
  readonly choice: Choice;
  readonly header: readonly string[] | null;
  readonly inserted: number;
}

/** Puts the names over the columns; where the rows have one cell more than the header, at the place where the numbers agree best. */
function alignHeader(found: HeaderFound | null, profiles: readonly Profile[], width: number, rows: number): Aligned | null {
  if (found === null) {
    const choice = chooseRoles(profiles, null, rows);
    return choice === null ? null : { choice, header: null, inserted: -1 };
  }
  const names = found.names.slice(0, width);
  if (names.length !== width - 1) {
    const header = Array.from({ length: width }, (_, i) => names[i] ?? '');
    const choice = chooseRoles(profiles, header, rows);
    return choice === null ? null : { choice, header, inserted: -1 };
  }
  let best: Aligned | null = null;
  let most = -Infinity;
  for (let at = width - 1; at >= 0; at--) {
    const header = names.toSpliced(at, 0, '');
    const choice = chooseRoles(profiles, header, rows);
    if (choice === null) continue;
    const assigned = ROLES.filter((role) => choice.roles[role] >= 0).length;
    const score = choice.share * 10 + assigned;
    if (score <= most) continue;
    most = score;
    best = { choice, header, inserted: at };
  }
  return best;
}

/** The names as in the file, one for each column. */
function shownHeader({ cells }: HeaderFound, header: readonly string[], inserted: number): string[] {
  const shown = inserted < 0 ? cells : cells.toSpliced(inserted, 0, '');
  return header.map((_, i) => shown[i] ?? '');
}

/** Column numbers that a person gave, from 1 on; 0 or "none" takes a role away. */
function withAnswers(roles: RoleMap, answers: Answers, width: number): RoleMap {
  const told = { ...roles };
  for (const role of ROLES) {
    const answer = answerTo(answers, `column_${role}`);
    if (answer === null) continue;
    const column = Number(answer);
    told[role] = Number.isInteger(column) && column >= 1 && column <= width ? column - 1 : -1;
  }
  return told;
}

function noTime(row: TableRow, found: HeaderFound | null): Outcome<Layout> {
  const place = { kind: 'file', line: row.line } as const;
  const names = found === null ? row.cells : found.names;
  return failed(
    fault(
      'no_time_column',
      `No column holds times among ${listed(names)}.`,
      'Bars need the time of each row: a date, a date and a clock, or a count since 1970.',
      place,
    ),
  );
}

function listed(cells: readonly string[]): string {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return `${filled.slice(0, 12).map(quoteCell).join(', ')}${filled.length > 12 ? ' and others' : ''}`;
}

const PRICES = ['open', 'high', 'low', 'close'] as const;

function whatIsMissing({ header, line, cells }: Top, roles: RoleMap): Fault | null {
  const place = { kind: 'file', line } as const;
  if (roles.time < 0) return fault('no_time_column', 'No column is the time.', 'Choose the column with the times.', place);
  const lacking = PRICES.filter((role) => roles[role] < 0);
  if (roles.close >= 0 && (lacking.length === 0 || lacking.length === 3)) return null;
  const among = listed(header ?? cells);
  if (header === null) {
    const message = `The file has no header, and its columns ${among} hold no open, high, low and close.`;
    return fault('columns_unknown', message, 'Put a line above the data that names the columns, or choose them.', place);
  }
  const worded = header.findIndex((name) => lacking.some((role) => isNamed(name, role)));
  if (worded >= 0) {
    const message = `The column ${quoteCell(header[worded]!)} holds no prices: ${quoteCell(cells[worded] ?? '')}.`;
    return fault('no_price_columns', message, 'Write prices as plain numbers, or give that name to another column.', place);
  }
  return fault(
    'no_price_columns',
    `The columns for ${lacking.join(', ')} are missing among ${among}.`,
    'Bars need open, high, low and close; a line of prices needs the close alone.',
    place,
  );
}

/** Two columns of the same name with different numbers: nobody can say which one is meant. */
function doubledName(
  { header: names, line }: Top,
  roles: RoleMap,
  answers: Answers,
  profiles: readonly Profile[],
): Fault | null {
  if (names === null) return null;
  for (const role of PRICES) {
    const own = roles[role];
    if (own < 0 || names[own] === '' || answerTo(answers, `column_${role}`) !== null) continue;
    const name = normaliseHeader(names[own]!);
    const twin = names.findIndex((other, column) => column !== own && normaliseHeader(other) === name);
    if (twin < 0 || sameValues(profiles[own]!.values, profiles[twin]!.values)) continue;
    const message = `Two columns are called ${quoteCell(names[own]!)}: ${own + 1} and ${twin + 1}.`;
    return fault('doubled_column', message, `Choose the column of the ${role}, or give the other one another name.`, {
      kind: 'file',
      line,
    });
  }
  return null;
}

function sameValues(a: Float64Array, b: Float64Array): boolean {
  return a.every((value, i) => value === b[i] || (Number.isNaN(value) && Number.isNaN(b[i]!)));
}

/** No row looks like data: a header alone, or something else altogether. */
function withoutData(rows: readonly TableRow[]): Outcome<Layout> {
  const found = findHeader(rows, usualWidth(rows));
  const place = { kind: 'file', line: rows[0]!.line } as const;
  if (found !== null && found.fields >= 2) {
    return failed(fault('no_rows', 'The table has a header but no rows.', 'Load a file with prices in it.', place));
  }
  const text = rows[0]!.cells.filter((cell) => cell.trim() !== '').join(' ');
  return failed(
    fault(
      'not_a_table',
      `The file starts with ${quoteCell(text)}, and no row with a time and prices follows.`,
      'Load a table with a time, open, high, low and close on every row.',
      place,
    ),
  );
}
