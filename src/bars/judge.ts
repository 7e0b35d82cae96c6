import { fault, type Fault } from '../core/fault.ts';
import type { Intake } from './intake.ts';
import type { Layout } from './layout.ts';
import { addIssue, quoteCell } from './report.ts';

/** What can be said only after the last row: whether the file as a whole was understood. */
export function judgeFile(intake: Intake): Fault | null {
  if (intake.rows === 0) return fault('no_rows', 'The table has a header but no rows.', 'Load a file with prices in it.');
  return judgeLosses(intake) ?? judgeTimes(intake);
}

function judgeLosses({ rows, unreadable, store, refused }: Intake): Fault | null {
  const example = refused.kept[0];
  if (example === undefined || (unreadable <= rows / 2 && store.count > 0)) return null;
  const lost = rows - store.count;
  const code = store.count === 0 && unreadable === 0 ? 'no_rows' : 'too_many_refused';
  const message = `${lost} of ${rows} rows cannot be read. ${example.message}`;
  return fault(code, message, adviceFor(example.code), { kind: 'file', line: example.line });
}

function adviceFor(code: string): string {
  switch (code) {
    case 'time_unreadable':
      return 'Write times like 2024-01-31, 2024-01-31T09:30:00Z, or as seconds or milliseconds since 1970.';
    case 'too_many_cells':
      return 'Give every column of the rows a name in the header.';
    case 'null_price':
    case 'bad_cell':
      return 'Write prices as plain numbers, or choose other columns.';
    default:
      return 'Load a table with a time, open, high, low and close on every row.';
  }
}

function judgeTimes({ calendar, units }: Intake): Fault | null {
  if (calendar === 0 || units.size === 0) return null;
  return fault('time_mixed', 'Some times are dates and others are counts since 1970.', 'Write all times the same way.', {
    kind: 'file',
    line: Math.max(calendar, ...units.values()),
  });
}

/** Why bars that were read are none; null where they are. */
export function judgeBars(bars: number, rows: number, conflicts: number, broken: number): Fault | null {
  if (conflicts > 3 && conflicts > rows / 5) {
    const message = `${conflicts} of ${rows} rows have the time of another row and other values.`;
    return fault(
      'too_many_conflicts',
      message,
      'The file holds single trades or several markets: choose the column of the symbol.',
    );
  }
  if (broken > bars / 2) {
    const message = `On ${broken} of ${bars} bars the high or the low contradicts the other prices.`;
    return fault('columns_wrong', message, 'Choose the columns of open, high, low and close.');
  }
  return null;
}

/** Warnings and repairs that concern the whole file. */
export function noteFile(intake: Intake, layout: Layout): void {
  noteSpelling(intake);
  noteColumns(intake, layout);
  const { warnings, units, naiveClock, zoned, buddhist } = intake;
  if (units.size > 1) {
    const names = [...units.keys()].join(' and ');
    const message = `Times are counted in ${names} since 1970 in one file.`;
    addIssue(warnings, 'mixed_epoch_units', Math.max(...units.values()), message);
  }
  if (buddhist > 0) addIssue(warnings, 'buddhist_years', buddhist, 'Years are those of the Buddhist era; 543 were taken off.');
  if (naiveClock > 0 && zoned > 0) {
    addIssue(warnings, 'time_zone_mixed', Math.max(naiveClock, zoned), 'Some times say their zone and others do not.');
  }
}

function noteSpelling({ repaired, proofs }: Intake): void {
  const { currency, grouped } = proofs.price;
  if (currency > 0) addIssue(repaired, 'currency_sign', 0, `Currency signs were taken off ${currency} cells.`);
  const groups = grouped + proofs.volume.grouped;
  if (groups > 0) addIssue(repaired, 'grouping', 0, `Separators between thousands were taken out of ${groups} cells.`);
}

function noteColumns({ repaired, warnings }: Intake, { header, headerRows, inserted, roles, shape, notes }: Layout): void {
  const warn = (code: string, message: string): void => addIssue(warnings, code, 0, message);
  if (headerRows.length > 1)
    addIssue(repaired, 'header_stack', 0, `The header has ${headerRows.length} rows; they were read together.`);
  if (inserted >= 0) {
    const place = `column ${inserted + 1} was taken as the one without a name`;
    warn('header_body_count_mismatch', `The rows have one cell more than the header; ${place}.`);
  }
  for (const code of notes) warn(code, NOTES[code] ?? code);
  if (header === null) {
    const order = shape === 'bars' ? 'open, high, low, close' : 'price';
    warn('no_header', `The file has no header; its numbers were taken as time, ${order}, by what they are.`);
  }
  if (shape === 'line') {
    warn('close_only', 'There is one price a row: it stands for open, high, low and close, and hides what happened in a bar.');
  }
  if (roles.volume < 0) warn('no_volume', 'There is no volume; it is 0 on every bar.');
}

const NOTES: Readonly<Record<string, string>> = {
  names_contradict: 'The names of the price columns contradict their numbers; the numbers were followed.',
  open_close_assumed: 'Which of two columns is the open cannot be told from the numbers; the first one was taken.',
};

/** Times without a zone are read as UTC, which is worth a word where they have a time of day. */
export function noteZone({ warnings, naiveClock }: Intake, zone: string): void {
  if (naiveClock > 0 && zone === 'unknown')
    addIssue(warnings, 'time_zone_unknown', naiveClock, 'Times say no zone; they were read as they stand, as UTC.');
}

/** Two bars are the fewest that can be traded. */
export function tooFewBars(bars: number): Fault | null {
  if (bars >= 2) return null;
  const message = bars === 0 ? 'There is no bar.' : 'There is a single bar.';
  return fault('too_few_bars', message, 'A study needs at least two, and more than the longest warm-up.');
}

export function noteHeader(intake: Intake, line: number, cells: readonly string[]): void {
  addIssue(intake.repaired, 'before_table', line, `${quoteCell(cells.join(','))} stands above the table and was left out.`);
}
