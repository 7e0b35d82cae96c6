import { failed, fault, type Fault, type Outcome } from '../core/fault.ts';
import { answerTo, type Answers } from './answers.ts';
import { finishTable } from './finish.ts';
import { makeIntake, takeRow, type Intake } from './intake.ts';
import { noteHeader } from './judge.ts';
import { findLayout, isBlank, type Layout } from './layout.ts';
import { decideMarks, makeMarkProofs, type MarkProofs, type Marks } from './marks.ts';
import { readNumber, readVolume } from './numbers.ts';
import { READ_DEFAULTS, type ReadOptions, type ReadTable } from './read-options.ts';
import { addIssue } from './report.ts';
import type { TableRow } from './table.ts';

export type { ReadOptions, ReadTable } from './read-options.ts';
export type { TableRow } from './table.ts';

/** Gives the rows of a table in blocks, from the first; may be called again. */
export type CutRows = (take: (rows: readonly TableRow[]) => void) => void;

const LOOK_AHEAD = 1000; // rows, not blank, looked at before the columns are decided

/** Takes the rows of one file in blocks, so that no more than a block of its text need be held. */
export interface TableReader {
  push(rows: Iterable<TableRow>): void;
  /** @returns marks where the whole file proves other decimal marks than its start did: read it again with them */
  finish(): Outcome<ReadTable> | Marks;
  readonly intake: Intake | null; // once the columns are decided
  readonly layout: Layout | null;
}

/** Reads a table of prices: columns by content and names, times, numbers, repairs. Never throws on content. */
export function createReader(options: ReadOptions, known: Marks | null): TableReader {
  const ahead: TableRow[] = [];
  let blanks: number[] = []; // lines since the last row with content
  let between: number[] = []; // lines with content on both sides
  let layout: Layout | null = null;
  let intake: Intake | null = null;
  let stopped: Fault | null = null;
  let preview: readonly (readonly string[])[] = [];

  function decideLayout(): void {
    const found = findLayout(ahead, options.answers);
    if (!found.ok) {
      stopped = found.faults[0];
      return;
    }
    layout = found.value;
    const body = ahead.slice(layout.firstRow);
    preview = body.slice(0, 8).map(({ cells }) => cells);
    const marks = known ?? decideMarks(proofsOf(body, layout), options.answers);
    intake = makeIntake({ price: marks.price, volume: marks.volume }, Math.max(1024, options.roomFor));
    const header = new Set(layout.headerRows);
    ahead.slice(0, layout.firstRow).forEach(({ line, cells }, i) => {
      if (!header.has(i)) noteHeader(intake!, line, cells);
    });
    ahead.length = 0;
    for (const row of body) takeRow(intake, row, layout);
    for (const line of between) addIssue(intake.repaired, 'empty_row', line, 'The row is empty and was skipped.');
    between = [];
  }

  /** Only what stands between rows is told: blank lines at the end of a file go without a word. */
  function takeBlanks(): void {
    if (blanks.length === 0 && between.length === 0) return;
    between.push(...blanks);
    blanks = [];
    if (intake === null) return;
    for (const line of between) addIssue(intake.repaired, 'empty_row', line, 'The row is empty and was skipped.');
    between = [];
  }

  return {
    get intake() {
      return intake;
    },
    get layout() {
      return layout;
    },
    push(block) {
      for (const row of block) {
        if (stopped !== null || (intake !== null && intake.stopped !== null)) return;
        if (isBlank(row)) {
          blanks.push(row.line);
          continue;
        }
        takeBlanks();
        if (intake !== null && layout !== null) takeRow(intake, row, layout);
        else if (ahead.push(row) === LOOK_AHEAD) decideLayout();
      }
    },
    finish() {
      if (layout === null && stopped === null) {
        if (ahead.length === 0) return failed(fault('empty', 'The file is empty.', 'Load a file with prices in it.'));
        decideLayout();
      }
      if (stopped !== null) return failed(stopped);
      if (intake === null || layout === null) throw new Error('A table without fault has a layout.');
      if (intake.stopped !== null) return failed(intake.stopped);
      const verdict = decideMarks(intake.proofs, options.answers);
      if (known === null && (verdict.price !== intake.marks.price || verdict.volume !== intake.marks.volume)) {
        return { price: verdict.price, volume: verdict.volume };
      }
      return finishTable(intake, layout, { ...options, preview, markQuestion: verdict.question });
    },
  };
}

function proofsOf(rows: readonly TableRow[], { roles }: Layout): MarkProofs {
  const proofs = makeMarkProofs();
  for (const { cells } of rows) {
    for (const column of [roles.open, roles.high, roles.low, roles.close]) {
      if (column >= 0) readNumber(cells[column] ?? '', '.', proofs.price);
    }
    if (roles.volume >= 0) readVolume(cells[roles.volume] ?? '', '.', proofs.volume);
  }
  return proofs;
}

/** Reads a table; twice where only its end shows how its numbers are written. */
export function readRows(cut: CutRows, options: Partial<ReadOptions> = {}): Outcome<ReadTable> {
  const whole = { ...READ_DEFAULTS, ...options };
  const first = createReader(whole, null);
  cut((rows) => first.push(rows));
  const read = first.finish();
  if ('ok' in read) return checked(read, whole.answers);
  const second = createReader(whole, read);
  cut((rows) => second.push(rows));
  const again = second.finish();
  if (!('ok' in again)) throw new Error('A reader with known marks asked for others.');
  return checked(again, whole.answers);
}

/** Reads rows that are all in memory. */
export function readTable(rows: readonly TableRow[], options: Partial<ReadOptions> = {}): Outcome<ReadTable> {
  return readRows((take) => take(rows), options);
}

/** A repair that a person has undone leaves the file as it is, and that is no table of bars. */
export function checked(read: Outcome<ReadTable>, answers: Answers): Outcome<ReadTable> {
  if (!read.ok) return read;
  const undone = read.value.report.repaired.find(({ code }) => answerTo(answers, `repair_${code}`) === 'off');
  if (undone === undefined) return read;
  return failed(
    fault(undone.code, `${undone.message} This repair was undone.`, 'Correct the file, or allow the repair.', {
      kind: 'file',
      line: undone.line,
    }),
  );
}
