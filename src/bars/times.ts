import { DAY_MS, HOUR_MS, MINUTE_MS, checkedDay } from './calendar.ts';

/** One time cell as read. A date like 02/03/2010 stays undecided until all rows have been seen. */
export interface TimeReading {
  kind: 'none' | 'time' | 'undecided';
  ms: number; // UTC; with 'undecided' only the part within the day, less the offset
  year: number; // of an undecided date
  first: number; // its first number, day or month
  second: number; // its second number
  clock: boolean; // has a time of day
  zoned: boolean; // says its offset from UTC
  offset: boolean; // an offset other than 0
  unit: '' | 's' | 'ms' | 'µs' | 'ns'; // of a count since 1970
}

export function makeTimeReading(): TimeReading {
  return { kind: 'none', ms: 0, year: 0, first: 0, second: 0, clock: false, zoned: false, offset: false, unit: '' };
}

const COUNT = /^(\d{9,19})(?:\.(\d{1,9}))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(?:[T ]\s*|(?=\d{4}(?:\d\d)?$))(\S.*))?$/;
const YEAR_FIRST = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[T ]\s*(\S.*))?$/;
const YEAR_LAST = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:,?\s+(\S.*))?$/;
const MONTH_DAY = /^([a-z]{3,9})\.? (\d{1,2}),? (\d{4})(?:,? (\S.*))?$/i;
const DAY_MONTH = /^(\d{1,2})([- ])([a-z]{3,9})\2(\d{4})(?: (\S.*))?$/i;
const CLOCK =
  /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:\s*([ap])\.?m\.?)?\s*(Z|(?:UTC|GMT)?(?:[+-]\d{2}(?::?\d{2})?)?)$/i;
const COMPACT_CLOCK = /^(\d{2})(\d{2})(\d{2})?(\d{3})?$/;
const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];
const FIRST_YEAR = 1700;
const LAST_YEAR = 2200;

function monthOf(name: string): number {
  const lower = name.toLowerCase();
  if (lower === 'sept') return 9;
  return MONTHS.findIndex((month) => month === lower || (lower.length === 3 && month.startsWith(lower))) + 1;
}

/** Ms of an offset like "Z", "+01:00", "GMT-0500"; NaN where it is beyond 15 hours. */
function offsetMs(zone: string): number {
  const match = /([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (match === null) return 0;
  const size = Number(match[2]) * HOUR_MS + Number(match[3] ?? '0') * MINUTE_MS;
  if (size > 15 * HOUR_MS || Number(match[3] ?? '0') > 59) return NaN;
  return match[1] === '-' ? -size : size;
}

function partsMs(hour: number, minute: number, second: number, fraction: string | undefined): number {
  if (hour > 23 || minute > 59 || second > 59) return NaN;
  const ms = Number((fraction ?? '').slice(0, 3).padEnd(3, '0'));
  return hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + ms;
}

/** Ms within the day less the offset, noting clock and zone in `out`; NaN where the text is no time of day. */
function readClock(text: string | undefined, out: TimeReading): number {
  if (text === undefined) return 0;
  out.clock = true;
  const compact = COMPACT_CLOCK.exec(text);
  if (compact !== null) return partsMs(Number(compact[1]), Number(compact[2]), Number(compact[3] ?? '0'), compact[4]);
  const match = CLOCK.exec(text);
  if (match === null) return NaN;
  let hour = Number(match[1]);
  const half = match[5]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const zone = match[6]!;
  out.zoned = zone !== '';
  const offset = offsetMs(zone);
  out.offset = offset !== 0;
  return partsMs(hour, Number(match[2]), Number(match[3] ?? '0'), match[4]) - offset;
}

/** A count since 1970; its length tells the unit, as no price file starts before 1973 and ends after 2286. */
function readCount(digits: string, fraction: string | undefined, out: TimeReading): void {
  if (digits.length === 11 || digits.length === 14 || digits.length === 17) return;
  out.kind = 'time';
  out.clock = true;
  out.zoned = true;
  if (digits.length <= 10) {
    out.unit = 's';
    out.ms = Number(digits) * 1000 + Math.round(Number(`0.${fraction ?? '0'}`) * 1000);
    return;
  }
  out.unit = digits.length <= 13 ? 'ms' : digits.length <= 16 ? 'µs' : 'ns';
  const kept = out.unit === 'ms' ? digits : digits.slice(0, out.unit === 'µs' ? -3 : -6);
  out.ms = Number(kept);
}

function setDate(out: TimeReading, year: number, month: number, day: number, clock: string | undefined): boolean {
  const ms = checkedDay(year, month, day) * DAY_MS + readClock(clock, out);
  if (Number.isNaN(ms) || year < FIRST_YEAR || year > LAST_YEAR) return false;
  out.kind = 'time';
  out.ms = ms;
  return true;
}

function setUndecided(out: TimeReading, match: RegExpExecArray): void {
  const ms = readClock(match[5], out);
  const year = Number(match[4]);
  if (Number.isNaN(ms) || year < FIRST_YEAR || year > LAST_YEAR) return;
  out.kind = 'undecided';
  out.ms = ms;
  out.year = year;
  out.first = Number(match[1]);
  out.second = Number(match[3]);
}

/**
 * Reads one time: ISO and its relatives, year first with - / or ., yyyymmdd, dates with a month's name, counts of s, ms, µs
 * or ns since 1970, and day/month/year in an order that only the whole file can prove. Without an offset: UTC.
 * @param text of the cell, or of the date and the clock cell with a blank between
 * @param out overwritten; kind 'none' where the text is no time
 */
export function readTime(text: string, out: TimeReading): void {
  out.kind = 'none';
  out.clock = false;
  out.zoned = false;
  out.offset = false;
  out.unit = '';
  const cell = text.trim().replace(/^'/, '');
  if (cell.length < 8 || cell.length > 64) return;
  const yearFirst = YEAR_FIRST.exec(cell);
  if (yearFirst !== null) {
    setDate(out, Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]), yearFirst[5]);
    return;
  }
  const compact = COMPACT.exec(cell);
  if (compact !== null && setDate(out, Number(compact[1]), Number(compact[2]), Number(compact[3]), compact[4])) return;
  const count = COUNT.exec(cell);
  if (count !== null) readCount(count[1]!, count[2], out);
  else readWordedDate(cell, out);
}

function readWordedDate(cell: string, out: TimeReading): void {
  const yearLast = YEAR_LAST.exec(cell);
  if (yearLast !== null) return setUndecided(out, yearLast);
  const monthDay = MONTH_DAY.exec(cell);
  if (monthDay !== null) setDate(out, Number(monthDay[3]), monthOf(monthDay[1]!), Number(monthDay[2]), monthDay[4]);
  const dayMonth = DAY_MONTH.exec(cell);
  if (dayMonth !== null) setDate(out, Number(dayMonth[4]), monthOf(dayMonth[3]!), Number(dayMonth[1]), dayMonth[5]);
}

/** Whether a cell is a time of day alone, as in files with a date and a clock column. */
export function isClock(cell: string): boolean {
  const text = cell.trim();
  return CLOCK.test(text) || /^\d{6}$/.test(text) || /^\d{9}$/.test(text);
}

/** UTC ms of an undecided date in the given order; NaN where there is no such day. */
export function decideTime(year: number, first: number, second: number, dayFirst: boolean): number {
  return (dayFirst ? checkedDay(year, second, first) : checkedDay(year, first, second)) * DAY_MS;
}
