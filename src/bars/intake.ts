import { fault, type Fault } from '../core/fault.ts';
import { DAY_MS } from './calendar.ts';
import type { Layout } from './layout.ts';
import { makeMarkProofs, type MarkProofs, type Marks } from './marks.ts';
import { isMissing, readNumber, readVolume } from './numbers.ts';
import { addIssue, makeIssues, quoteCell, type IssueList } from './report.ts';
import { addRow, makeStore, NO_ZONE, type RowStore } from './store.ts';
import type { TableRow } from './table.ts';
import { makeTimeReading, readTime, serialMs, type TimeReading } from './times.ts';

/** Everything learnt from the rows of one file so far. A line of 0 means never. */
export interface Intake {
  readonly store: RowStore;
  readonly marks: Marks;
  readonly proofs: MarkProofs;
  readonly reading: TimeReading; // of the row at hand
  readonly repaired: IssueList;
  readonly refused: IssueList;
  readonly warnings: IssueList;
  readonly units: Map<string, number>; // unit of counts since 1970 → line of the first
  readonly symbols: string[]; // in the order of the file
  readonly symbolAt: Map<string, number>;
  calendar: number; // line of a time written as a date
  naiveClock: number; // line of a time of day without zone
  zoned: number; // line of any offset
  dotted: number; // undecided dates with points
  buddhist: number; // line of a year of the Buddhist era
  rows: number; // data rows seen
  unreadable: number; // rows lost to cells that are no number or time
  stopped: Fault | null; // what makes the whole file useless
}

const MAX_ROWS = 20_000_000;
const MOST_SYMBOLS = 65_535;
const PRICES = ['open', 'high', 'low', 'close'] as const;
const CORPORATE = /dividend|stock split|split\b|spin-?off|aktiensplit|capital gain|dywidenda|股息|分红/i;
const NOISE = /^[^\p{L}\p{N}]+|[^\p{L}\p{N})]+$/gu;

export function makeIntake(marks: Marks, capacity?: number): Intake {
  return {
    store: makeStore(capacity),
    marks,
    proofs: makeMarkProofs(),
    reading: makeTimeReading(),
    repaired: makeIssues(),
    refused: makeIssues(),
    warnings: makeIssues(),
    units: new Map(),
    symbols: [],
    symbolAt: new Map(),
    calendar: 0,
    naiveClock: 0,
    zoned: 0,
    dotted: 0,
    buddhist: 0,
    rows: 0,
    unreadable: 0,
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
  if (!hasCells(intake, row, layout) || !takeTime(intake, row, layout) || !takePrices(intake, row, layout)) return;
  const volume = layout.roles.volume < 0 ? 0 : takeVolume(intake, cells[layout.roles.volume] ?? '', line);
  const at = storeRow(intake, line, prices[0]!, prices[1]!, prices[2]!, prices[3]!, volume);
  takeRest(intake, row, layout, at);
}

/**
 * Stores one row whose time stands in the intake's reading.
 * @returns its index
 */
export function storeRow(
  intake: Intake,
  line: number,
  open: number,
  high: number,
  low: number,
  close: number,
  volume: number,
): number {
  const { store, reading } = intake;
  intake.rows++;
  noteTime(intake, line);
  const at = addRow(store);
  store.time[at] = reading.ms;
  store.open[at] = open;
  store.high[at] = high;
  store.low[at] = low;
  store.close[at] = close;
  store.volume[at] = volume;
  store.line[at] = line;
  if (reading.kind === 'undecided') {
    store.packed ??= new Int32Array(store.capacity);
    store.packed[at] = reading.packed;
    if (reading.dotted) intake.dotted++;
  }
  if (reading.zoned && (reading.offset !== 0 || reading.unit === '')) {
    store.zone ??= new Int16Array(store.capacity).fill(NO_ZONE);
    store.zone[at] = reading.offset;
  }
  if (store.count > MAX_ROWS) {
    intake.stopped = fault('too_many_rows', `The file has more than ${MAX_ROWS} rows.`, 'Load a shorter range or longer bars.');
  }
  return at;
}

/** What most files do not have: markets and adjusted prices. */
function takeRest(intake: Intake, { cells, line }: TableRow, { roles }: Layout, at: number): void {
  const { store } = intake;
  if (roles.symbol >= 0) takeSymbol(intake, (cells[roles.symbol] ?? '').trim(), line, at);
  if (roles.adjusted >= 0) {
    store.adjusted ??= new Float64Array(store.capacity).fill(NaN);
    store.adjusted[at] = readNumber(cells[roles.adjusted] ?? '', intake.marks.price, null);
  }
}

function takeSymbol(intake: Intake, symbol: string, line: number, at: number): void {
  const { symbolAt, symbols, store } = intake;
  let index = symbolAt.get(symbol);
  if (index === undefined) {
    index = symbols.length;
    if (index >= MOST_SYMBOLS) {
      const advice = 'Choose another column for the symbol, or none.';
      intake.stopped ??= fault('too_many_symbols', `The file names more than ${MOST_SYMBOLS} markets.`, advice, {
        kind: 'file',
        line,
      });
      return;
    }
    symbols.push(symbol);
    symbolAt.set(symbol, index);
  }
  if (index === 0 && store.symbol === null) return;
  store.symbol ??= new Uint16Array(store.capacity);
  store.symbol[at] = index;
}

function isHeaderAgain(cells: readonly string[], { header }: Layout): boolean {
  return header !== null && cells.length >= header.length && header.every((cell, i) => cell === cells[i]?.trim());
}

function hasCells(intake: Intake, { cells, line }: TableRow, { width, roles }: Layout): boolean {
  const text = (): string => quoteCell(cells.join(','));
  const last = Math.max(roles.time, roles.clock, roles.open, roles.high, roles.low, roles.close);
  if (cells.length <= last) {
    if (CORPORATE.test(cells.join(' '))) drop(intake, line, cells);
    else addIssue(intake.refused, 'row_dropped', line, `The row has only ${cells.length} cells and was left out: ${text()}.`);
    return false;
  }
  if (cells.length > width && cells.slice(width).some((cell) => cell.trim() !== '')) {
    intake.rows++;
    intake.unreadable++;
    addIssue(intake.refused, 'too_many_cells', line, `The row has ${cells.length} cells where the others have ${width}.`);
    return false;
  }
  return true;
}

function drop(intake: Intake, line: number, cells: readonly string[]): void {
  addIssue(
    intake.repaired,
    'row_dropped',
    line,
    `No bar but a note: ${quoteCell(cells.filter((cell) => cell !== '').join(' '))}.`,
  );
}

function takeTime(intake: Intake, { cells, line }: TableRow, { roles, serial }: Layout): boolean {
  const { reading } = intake;
  const cell = cells[roles.time]!;
  if (serial) return takeSerial(intake, cell, line);
  const text = roles.clock < 0 ? cell : `${cell.trim()} ${clockText(cells[roles.clock]!.trim())}`;
  if (reads(text, reading)) return true;
  const clean = text.replace(NOISE, '');
  if (reads(clean, reading)) {
    addIssue(intake.warnings, 'bad_cell', line, `${quoteCell(text)} was read as the time ${quoteCell(clean)}.`);
    return true;
  }
  if (CORPORATE.test(cells.join(' '))) {
    drop(intake, line, cells);
    return false;
  }
  intake.rows++;
  intake.unreadable++;
  addIssue(intake.refused, 'time_unreadable', line, `${quoteCell(text)} is not read as a time.`);
  return false;
}

function reads(text: string, reading: TimeReading): boolean {
  readTime(text, reading);
  return reading.kind !== 'none';
}

/** 930 and 0 as in files whose clock is a number. */
function clockText(clock: string): string {
  return clock.length < 4 && /^\d+$/.test(clock) ? clock.padStart(4, '0') : clock;
}

function takeSerial(intake: Intake, cell: string, line: number): boolean {
  const { reading } = intake;
  const days = readNumber(cell, intake.marks.price, null);
  readTime('', reading);
  if (Number.isNaN(days) || days < 1 || days > 100_000) {
    intake.rows++;
    intake.unreadable++;
    addIssue(intake.refused, 'time_unreadable', line, `${quoteCell(cell)} is not read as a day of Excel.`);
    return false;
  }
  reading.kind = 'time';
  reading.ms = serialMs(days);
  reading.clock = days % 1 !== 0;
  return true;
}

/** Fills `prices`: open, high, low, close. */
function takePrices(intake: Intake, { cells, line }: TableRow, { roles, shape }: Layout): boolean {
  const single = shape !== 'bars';
  for (let k = single ? 3 : 0; k < 4; k++) {
    const role = PRICES[k]!;
    const cell = cells[roles[role]]!;
    prices[k] = readNumber(cell, intake.marks.price, intake.proofs.price);
    if (!Number.isNaN(prices[k]!)) continue;
    if (CORPORATE.test(cell)) {
      drop(intake, line, cells);
      return false;
    }
    intake.rows++;
    if (isMissing(cell)) {
      addIssue(intake.refused, 'null_price', line, `There is no ${role}: ${quoteCell(cell)}.`);
      return false;
    }
    intake.unreadable++;
    addIssue(intake.refused, 'bad_cell', line, `The ${role} ${quoteCell(cell)} is not read as a number.`);
    return false;
  }
  if (single) prices.fill(prices[3]!);
  return true;
}

function takeVolume(intake: Intake, cell: string, line: number): number {
  const value = readVolume(cell, intake.marks.volume, intake.proofs.volume);
  if (!Number.isNaN(value)) return value;
  const text = `The volume ${quoteCell(cell)} is not read as a number; 0 stands in its place.`;
  addIssue(intake.warnings, 'volume_unreadable', line, text);
  return 0;
}

function noteTime(intake: Intake, line: number): void {
  const { reading, units } = intake;
  if (reading.buddhist) intake.buddhist ||= line;
  if (reading.unit !== '') {
    if (!units.has(reading.unit)) units.set(reading.unit, line);
    return;
  }
  intake.calendar ||= line;
  if (reading.zoned) intake.zoned ||= line;
  else if (reading.clock && reading.ms % DAY_MS !== 0) intake.naiveClock ||= line;
}
