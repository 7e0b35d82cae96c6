import { fault, type Fault } from '../core/fault.ts';
import { DAY_MS } from './calendar.ts';
import type { Layout } from './layout.ts';
import type { TableRow } from './table.ts';
import { makeNumberStyle, readNumber, readVolume, type NumberStyle } from './numbers.ts';
import { addIssue, makeIssues, quoteCell, type IssueList } from './report.ts';
import { addRow, makeStore, type RowStore } from './store.ts';
import { makeTimeReading, readTime, type TimeReading } from './times.ts';

/** Everything learnt from the rows of one file so far. A line of 0 means never. */
export interface Intake {
  readonly store: RowStore;
  readonly style: NumberStyle;
  readonly reading: TimeReading; // of the row at hand
  readonly repaired: IssueList;
  readonly refused: IssueList;
  readonly warnings: IssueList;
  readonly units: Map<string, number>; // unit of counts since 1970 → line of the first
  calendar: number; // line of a time written as a date
  naiveClock: number; // line of a time of day without zone
  offsets: number; // line of an offset other than 0
  zoned: number; // line of any offset
  rows: number; // data rows seen
  symbol: string;
  stopped: Fault | null; // what makes the whole file useless
}

const MAX_ROWS = 20_000_000;
const ROLES = ['open', 'high', 'low', 'close'] as const;
const MISSING = /^(?:|-|n\/?a|#n\/a|nan|null|none|\.)$/i;

export function makeIntake(): Intake {
  return {
    store: makeStore(),
    style: makeNumberStyle(),
    reading: makeTimeReading(),
    repaired: makeIssues(),
    refused: makeIssues(),
    warnings: makeIssues(),
    units: new Map(),
    calendar: 0,
    naiveClock: 0,
    offsets: 0,
    zoned: 0,
    rows: 0,
    symbol: '',
    stopped: null,
  };
}

const prices = new Float64Array(4);

/** Reads one data row into the store, or notes why it was left out. */
export function takeRow(intake: Intake, row: TableRow, layout: Layout): void {
  const { cells, line } = row;
  if (isHeaderAgain(cells, layout)) {
    addIssue(intake.repaired, 'repeated_header', line, 'The header stands here once more and was left out.');
    return;
  }
  intake.rows++;
  if (!hasCells(intake, row, layout) || !takeTime(intake, row, layout) || !takePrices(intake, row, layout)) return;
  noteTime(intake, line);
  noteSymbol(intake, row, layout);
  const { store, reading } = intake;
  const at = addRow(store);
  store.time[at] = reading.ms;
  store.undecided[at] = reading.kind === 'undecided' ? reading.year * 10000 + reading.first * 100 + reading.second : 0;
  store.open[at] = prices[0]!;
  store.high[at] = prices[1]!;
  store.low[at] = prices[2]!;
  store.close[at] = prices[3]!;
  store.volume[at] = layout.roles.volume < 0 ? 0 : takeVolume(intake, cells[layout.roles.volume] ?? '', line);
  store.line[at] = line;
  if (store.count > MAX_ROWS) {
    intake.stopped = fault('too_many_rows', `The file has more than ${MAX_ROWS} rows.`, 'Load a shorter range or longer bars.');
  }
}

function isHeaderAgain(cells: readonly string[], { header }: Layout): boolean {
  return header !== null && cells.length === header.length && cells.every((cell, i) => cell === header[i]);
}

function hasCells(intake: Intake, { cells, line }: TableRow, { header, width, roles }: Layout): boolean {
  if (header !== null && cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    addIssue(intake.refused, 'too_many_cells', line, `The row has ${cells.length} cells where the header has ${width}.`);
    return false;
  }
  if (cells.length <= Math.max(roles.time, roles.clock, roles.open, roles.high, roles.low, roles.close)) {
    const text = quoteCell(cells.join(','));
    addIssue(intake.refused, 'too_few_cells', line, `The row has only ${cells.length} cells: ${text}.`);
    return false;
  }
  return true;
}

function takeTime({ reading, refused }: Intake, { cells, line }: TableRow, { roles }: Layout): boolean {
  const text = roles.clock < 0 ? cells[roles.time]! : `${cells[roles.time]!.trim()} ${cells[roles.clock]!.trim()}`;
  readTime(text, reading);
  if (reading.kind !== 'none') return true;
  addIssue(refused, 'time_unreadable', line, `${quoteCell(text)} is not read as a time.`);
  return false;
}

/** Fills `prices`: open, high, low, close. */
function takePrices(intake: Intake, { cells, line }: TableRow, { roles, closeOnly }: Layout): boolean {
  for (let k = closeOnly ? 3 : 0; k < 4; k++) {
    const role = ROLES[k]!;
    const cell = cells[roles[role]]!;
    prices[k] = readNumber(cell, intake.style, line);
    if (!Number.isNaN(prices[k]!)) continue;
    if (MISSING.test(cell.trim())) addIssue(intake.refused, 'price_missing', line, `There is no ${role}: ${quoteCell(cell)}.`);
    else addIssue(intake.refused, 'price_unreadable', line, `The ${role} ${quoteCell(cell)} is not read as a number.`);
    return false;
  }
  if (closeOnly) prices.fill(prices[3]!);
  return true;
}

function takeVolume(intake: Intake, cell: string, line: number): number {
  const value = readVolume(cell, intake.style, line);
  if (!Number.isNaN(value)) return value;
  const text = `The volume ${quoteCell(cell)} is not read as a number; 0 stands in its place.`;
  addIssue(intake.warnings, 'volume_unreadable', line, text);
  return 0;
}

function noteTime(intake: Intake, line: number): void {
  const { reading, units } = intake;
  if (reading.unit !== '') {
    if (!units.has(reading.unit)) units.set(reading.unit, line);
    return;
  }
  intake.calendar ||= line;
  if (reading.offset) intake.offsets ||= line;
  if (reading.zoned) intake.zoned ||= line;
  else if (reading.clock && reading.ms % DAY_MS !== 0) intake.naiveClock ||= line;
}

function noteSymbol(intake: Intake, { cells, line }: TableRow, { roles }: Layout): void {
  const symbol = roles.symbol < 0 ? '' : (cells[roles.symbol] ?? '').trim();
  if (symbol === '' || symbol === intake.symbol) return;
  if (intake.symbol !== '') {
    intake.stopped = fault(
      'several_symbols',
      `The file holds several markets: ${quoteCell(intake.symbol)} and ${quoteCell(symbol)}.`,
      'Load a file with one market.',
      { kind: 'file', line },
    );
  }
  intake.symbol = symbol;
}
