import { fault, type Fault } from '../core/fault.ts';
import { decideDates } from './dates.ts';
import type { Intake } from './intake.ts';
import type { Layout } from './layout.ts';
import { addIssue, quoteCell } from './report.ts';

/** What can be said only after the last row: whether the file as a whole was understood. Settles undecided dates. */
export function judgeFile(intake: Intake, layout: Layout): Fault | null {
  if (intake.rows === 0) return fault('no_rows', 'The table has a header but no rows.', 'Load a file with prices in it.');
  return (
    judgeLosses(intake) ??
    judgeNumbers(intake) ??
    judgeTimes(intake) ??
    decideDates(intake.store, layout.header?.[layout.roles.time] ?? '', intake.refused)
  );
}

function judgeLosses({ rows, store, refused }: Intake): Fault | null {
  const lost = rows - store.count;
  if (lost <= rows / 2) return null;
  const example = refused.kept[0]!;
  const message = `${lost} of ${rows} rows cannot be read. ${example.message}`;
  return fault('too_many_refused', message, adviceFor(example.code), { kind: 'file', line: example.line });
}

function adviceFor(code: string): string {
  switch (code) {
    case 'time_unreadable':
      return 'Write times like 2024-01-31, 2024-01-31T09:30:00Z, or as seconds or milliseconds since 1970 (a number of five digits is a day of Excel: format that column as a date).';
    case 'too_many_cells':
      return 'Give every column of the rows a name in the header.';
    case 'price_missing':
    case 'price_unreadable':
      return 'Write prices as plain numbers with a decimal point.';
    default:
      return 'Load a table with a time, open, high, low and close on every row.';
  }
}

function judgeNumbers({ style }: Intake): Fault | null {
  if (style.pointProven > 0) return null;
  if (style.decimalComma > 0) {
    return fault(
      'decimal_comma',
      'Numbers are written with a decimal comma, which is not read yet.',
      'Save the file with a decimal point.',
      { kind: 'file', line: style.decimalComma },
    );
  }
  if (style.loneGroup === 0) return null;
  return fault(
    'number_ambiguous',
    'A number like "1,234" can be 1234 or 1.234, and nothing else in the file decides it.',
    'Save the file without thousands separators.',
    { kind: 'file', line: style.loneGroup },
  );
}

function judgeTimes({ calendar, units }: Intake): Fault | null {
  if (calendar === 0 || units.size === 0) return null;
  return fault('time_mixed', 'Some times are dates and others are counts since 1970.', 'Write all times the same way.', {
    kind: 'file',
    line: Math.max(calendar, ...units.values()),
  });
}

/** Warnings and repairs that concern the whole file. */
export function noteFile(intake: Intake, layout: Layout): void {
  const { repaired, warnings, style, units, naiveClock, offsets, zoned } = intake;
  const { header, closeOnly, adjusted, roles } = layout;
  const warn = (code: string, line: number, message: string): void => addIssue(warnings, code, line, message);
  if (style.currency > 0) addIssue(repaired, 'currency_sign', 0, `Currency signs were taken off ${style.currency} cells.`);
  if (adjusted !== '') warn('adjusted_unused', 0, `The column ${quoteCell(adjusted)} is not used; the close is.`);
  if (header === null) {
    const order = closeOnly ? 'close' : 'open, high, low, close';
    warn('no_header', 0, `The file has no header; its columns were taken as time, ${order}.`);
  }
  if (closeOnly) {
    warn(
      'close_only',
      0,
      'There is one price a row: it stands for open, high, low and close, and hides what happened in a bar.',
    );
  }
  if (roles.volume < 0) warn('no_volume', 0, 'There is no volume; it is 0 on every bar.');
  if (units.size > 1) {
    const names = [...units.keys()].join(' and ');
    warn('time_units', Math.max(...units.values()), `Times are counted in ${names} since 1970 in one file.`);
  }
  if (naiveClock > 0) warn('time_zone_assumed', naiveClock, 'Times say no zone; they were read as UTC.');
  if (offsets > 0)
    warn('time_offset', offsets, 'Times carry offsets; they were brought to UTC, and days begin at midnight UTC.');
  if (naiveClock > 0 && zoned > 0) {
    warn('time_zone_mixed', Math.max(naiveClock, zoned), 'Some times say their zone and others do not.');
  }
}
