import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { arrangeRows } from './arrange.ts';
import type { BarColumns } from './columns.ts';
import { inspectBars } from './inspect.ts';
import { makeIntake, takeRow, type Intake } from './intake.ts';
import { judgeFile, noteFile } from './judge.ts';
import { findLayout, isBlank, type Layout } from './layout.ts';
import type { TableRow } from './table.ts';
import { barSpacing, priceDecimals } from './measure.ts';
import { addIssue, quoteCell, type ColumnRole, type ImportReport, type Issue, type IssueList } from './report.ts';
import type { Role } from './roles.ts';

export type { TableRow } from './table.ts';

export interface ReadTable {
  readonly columns: BarColumns;
  readonly report: ImportReport;
}

/** Takes the rows of one file in blocks, so that no more than a block of its text need be held. */
export interface TableReader {
  push(rows: Iterable<TableRow>): void;
  /** @param delimiter as the parser cut the table, for the report */
  finish(delimiter?: string): Outcome<ReadTable>;
}

const LOOK_AHEAD = 60; // rows, not blank, looked at before the columns are decided

/** Reads a table of prices: roles by header names or content, times, numbers, repairs. Never throws on content. */
export function createReader(): TableReader {
  const intake = makeIntake();
  const ahead: TableRow[] = [];
  let blanks: number[] = [];
  let layout: Layout | null = null;

  function decideLayout(): void {
    const found = findLayout(ahead);
    if (!found.ok) {
      intake.stopped = found.faults[0];
      return;
    }
    layout = found.value;
    noteSkipped(intake, ahead, layout);
    for (const row of ahead.splice(0).slice(layout.firstRow)) takeRow(intake, row, layout);
  }

  function takeBlanks(): void {
    for (const line of blanks) addIssue(intake.repaired, 'empty_row', line, 'The row is empty and was skipped.');
    if (blanks.length > 0) blanks = [];
  }

  return {
    push(block) {
      for (const row of block) {
        if (intake.stopped !== null) return;
        if (isBlank(row)) {
          blanks.push(row.line);
          continue;
        }
        takeBlanks(); // only now, so that blank lines at the end of a file go without a word
        if (layout !== null) takeRow(intake, row, layout);
        else if (ahead.push(row) === LOOK_AHEAD) decideLayout();
      }
    },
    finish(delimiter = '') {
      if (layout === null && intake.stopped === null) {
        if (ahead.length === 0) return failed(fault('no_rows', 'The file is empty.', 'Load a file with prices in it.'));
        decideLayout();
      }
      return intake.stopped !== null ? failed(intake.stopped) : finishTable(intake, layout!, delimiter);
    },
  };
}

/** Reads a whole table at once: a reader with one block. */
export function readTable(rows: Iterable<TableRow>, delimiter = ''): Outcome<ReadTable> {
  const reader = createReader();
  reader.push(rows);
  return reader.finish(delimiter);
}

/** Rows above the table: a title is no loss, a row that looks like the others is. */
function noteSkipped(intake: Intake, rows: readonly TableRow[], { header, firstRow, width }: Layout): void {
  for (const { line, cells } of rows.slice(0, header === null ? firstRow : firstRow - 1)) {
    const text = quoteCell(cells.join(','));
    if (cells.length < width) {
      addIssue(intake.repaired, 'before_table', line, `${text} stands above the table and was left out.`);
    } else {
      intake.rows++;
      addIssue(intake.refused, 'row_unreadable', line, `${text} is not read as a row of prices.`);
    }
  }
}

function finishTable(intake: Intake, layout: Layout, delimiter: string): Outcome<ReadTable> {
  const verdict = judgeFile(intake, layout);
  if (verdict !== null) return failed(verdict);
  const { store, repaired, warnings } = intake;
  const { columns, lines, conflicts } = arrangeRows(store, repaired, warnings);
  const { barMs, share } = barSpacing(columns.time);
  noteFile(intake, layout);
  const about = { barMs, share, closeOnly: layout.closeOnly, hasVolume: layout.roles.volume >= 0 };
  const broken = inspectBars(columns, lines, about, warnings);
  const doubt = judgeBars(columns.count, store.count, conflicts, broken);
  if (doubt !== null) return failed(doubt);
  const decimals = priceDecimals(columns);
  if (layout.header === null && decimals === 0 && columns.close.every((price) => price >= 10_000)) {
    const text = 'All prices are whole numbers from 10 000 up: some vendors store prices times 10 000.';
    addIssue(warnings, 'price_scale', 0, text);
  }
  return ok({ columns, report: makeReport(intake, layout, columns, barMs, decimals, delimiter) });
}

function judgeBars(bars: number, rows: number, conflicts: number, broken: number): Fault | null {
  if (conflicts > 3 && conflicts > rows / 5) {
    const message = `${conflicts} of ${rows} rows have the time of another row and other values.`;
    return fault('too_many_conflicts', message, 'The file holds single trades or several markets: load bars of one market.');
  }
  if (bars < 2) {
    return fault(
      'too_few_bars',
      'The file holds a single bar.',
      'A study needs at least two, and more than the longest warm-up.',
    );
  }
  if (broken > bars / 2) {
    const message = `On ${broken} of ${bars} bars the high or the low contradicts the other prices.`;
    return fault('columns_wrong', message, 'Check that the header names the right columns.');
  }
  return null;
}

function makeReport(
  { rows, symbol, repaired, refused, warnings }: Intake,
  layout: Layout,
  { count, time }: BarColumns,
  barMs: number,
  decimals: number,
  delimiter: string,
): ImportReport {
  return {
    rows,
    bars: count,
    from: time[0]!,
    to: time[count - 1]!,
    barMs,
    decimals,
    symbol,
    delimiter,
    roles: describeRoles(layout),
    repaired: byLine(repaired),
    refused: byLine(refused),
    warnings: byLine(warnings),
    counts: { repaired: repaired.count, refused: refused.count, warnings: warnings.count },
  };
}

function byLine({ kept }: IssueList): readonly Issue[] {
  return kept.toSorted((a, b) => a.line - b.line);
}

function describeRoles({ roles, width, header }: Layout): ColumnRole[] {
  const taken = Object.entries(roles) as [Role, number][];
  return Array.from({ length: width }, (_, column) => ({
    column,
    header: header?.[column] ?? '',
    role: taken.find(([, at]) => at === column)?.[0] ?? 'ignored',
  }));
}
