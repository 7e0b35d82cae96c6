import { DAY_MS, HOUR_MS, MINUTE_MS, checkedDay } from './calendar.ts';
import { monthOf, stripWeekday } from './months.ts';

/** One time cell as read. A date like 02/03/2010 stays undecided until all rows have been seen. */
export interface TimeReading {
  kind: 'none' | 'time' | 'undecided';
  ms: number; // UTC; with 'undecided' only the part within the day, less the offset
  packed: number; // an undecided date: first × 10^6 + second × 10^4 + third, the third with two or four digits
  clock: boolean; // has a time of day
  zoned: boolean; // says its offset from UTC
  offset: number; // minutes east of UTC, where it says so
  unit: '' | 's' | 'ms' | 'µs' | 'ns'; // of a count since 1970
  compact: boolean; // yyyymmdd
  dotted: boolean; // an undecided date with points between
  buddhist: boolean;
}

export function makeTimeReading(): TimeReading {
  const flags = { clock: false, zoned: false, compact: false, dotted: false, buddhist: false };
  return { kind: 'none', ms: 0, packed: 0, offset: 0, unit: '', ...flags };
}

const COUNT = /^(\d{9,19})(?:\.(\d{1,9}))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:(?:[T ]\s*|(?=\d{4}(?:\d\d)?$))(\S.*))?$/;
const YEAR_FIRST = /^(\d{4})\s?([-/.年])\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?(?:[T ,]\s*(\S.*))?$/;
const YEAR_MONTH = /^(\d{4})[-/](\d{2})$/;
const NUMBERS = /^(\d{1,2})([-/. ])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?:[,T]?\s+(\S.*)|T(\S.*))?$/;
const MONTH_DAY = /^([^\d\s,./-]{3,12})\.?[ -](\d{1,2})(?:st|nd|rd|th)?,?[ -]'?(\d{4}|\d{2})(?:,?\s+(?:at )?(\S.*))?$/i;
const DAY_MONTH = /^(\d{1,2})\.?(?:[- /]|\s?de\s)?([^\d\s,./-]{3,12})\.?,?(?:[- /]|\s?de\s)?(\d{4}|\d{2})(?:[,:]?\s+(\S.*))?$/i;
const CLOCK = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:](\d{1,9}))?)?(?:\s*([ap])\.?\s?m\.?)?\s*(.*)$/i;
const ZONE = /^(?:Z|(?:UTC|GMT)?\s?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?|[A-Z]{3,4})(?:\s?\(.*\))?$/;
const COMPACT_CLOCK = /^(\d{2})(\d{2})(\d{2})?(\d{3})?$/;
const LONGEST = 90; // characters
const FIRST_YEAR = 1700;
const LAST_YEAR = 2200;
const BUDDHIST = 543; // years that the Thai calendar is ahead
/** Zone letters that mean one offset wherever they are used, in minutes. */
const LETTERS: Readonly<Record<string, number>> = {
  ...{ Z: 0, UTC: 0, GMT: 0, EST: -300, EDT: -240, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ CET: 60, CEST: 120, EET: 120, EEST: 180, MSK: 180, JST: 540, KST: 540, HKT: 480 },
};

/** Minutes of an offset like "Z", "+01:00", "GMT-0500", "EST"; NaN where it is none. */
function offsetMinutes(zone: string): number {
  const match = ZONE.exec(zone);
  if (match === null) return NaN;
  if (match[2] === undefined) {
    const letters = /[A-Z]+/.exec(zone)?.[0] ?? '';
    return Object.hasOwn(LETTERS, letters) ? LETTERS[letters]! : NaN;
  }
  const minutes = Number(match[3] ?? '0');
  const size = Number(match[2]) * 60 + minutes;
  if (size > 15 * 60 || minutes > 59) return NaN;
  return match[1] === '-' ? -size : size;
}

function partsMs(hour: number, minute: number, second: number, fraction: string | undefined): number {
  if (hour > 24 || minute > 59 || second > 59 || (hour === 24 && minute + second > 0)) return NaN;
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
  if (match === null) return /^\d{1,3}$/.test(text) ? shortClock(Number(text)) : NaN;
  let hour = Number(match[1]);
  const half = match[5]?.toLowerCase();
  if (half !== undefined) {
    if (hour < 1 || hour > 12) return NaN;
    hour = (hour % 12) + (half === 'p' ? 12 : 0);
  }
  const zone = match[6]!.trim();
  if (zone !== '') {
    out.zoned = true;
    out.offset = offsetMinutes(zone);
  }
  return partsMs(hour, Number(match[2]), Number(match[3] ?? '0'), match[4]) - out.offset * MINUTE_MS;
}

/** 930 is 9:30, 0 is midnight. */
function shortClock(value: number): number {
  return partsMs(Math.floor(value / 100), value % 100, 0, undefined);
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
  out.ms = Number(out.unit === 'ms' ? digits : digits.slice(0, out.unit === 'µs' ? -3 : -6));
}

/** 00–68 are 2000–2068, 69–99 are 1969–1999, as POSIX has it. */
export function fullYear(year: number): number {
  if (year >= 100) return year;
  return year < 69 ? 2000 + year : 1900 + year;
}

function setDate(out: TimeReading, year: number, month: number, day: number, clock: string | undefined): void {
  let whole = year;
  if (year > LAST_YEAR && year - BUDDHIST >= 1900 && year - BUDDHIST <= 2100) {
    whole = year - BUDDHIST;
    out.buddhist = true;
  }
  const ms = checkedDay(whole, month, day) * DAY_MS + readClock(clock, out);
  if (Number.isNaN(ms) || whole < FIRST_YEAR || whole > LAST_YEAR) return;
  out.kind = 'time';
  out.ms = ms;
}

function setUndecided(out: TimeReading, match: RegExpExecArray): void {
  const ms = readClock(match[5] ?? match[6], out);
  const third = Number(match[4]);
  const year = third > LAST_YEAR ? third - BUDDHIST : third;
  if (Number.isNaN(ms) || (match[4]!.length === 4 && (year < FIRST_YEAR || year > LAST_YEAR))) return;
  out.kind = 'undecided';
  out.buddhist = third > LAST_YEAR;
  out.dotted = match[2] === '.';
  out.ms = ms;
  out.packed = Number(match[1]) * 1_000_000 + Number(match[3]) * 10_000 + year;
}

/**
 * Reads one time: ISO and its relatives, year first with - / or ., yyyymmdd, dates with a month's name, counts of s, ms, µs
 * or ns since 1970, and dates of three numbers in an order that only the whole file can prove. Without an offset: UTC.
 * @param text of the cell, or of the date and the clock cell with a blank between
 * @param out overwritten; kind 'none' where the text is no time
 */
export function readTime(text: string, out: TimeReading): void {
  out.kind = 'none';
  out.clock = out.zoned = out.compact = out.dotted = out.buddhist = false;
  out.offset = 0;
  out.packed = 0;
  out.unit = '';
  const cell = text.trim();
  if (cell.length < 6 || cell.length > LONGEST) return;
  const digit = cell.charCodeAt(0);
  if (digit < 48 || digit > 57) {
    readWordedDate(cell, out);
    return;
  }
  const yearFirst = YEAR_FIRST.exec(cell);
  if (yearFirst !== null) {
    setDate(out, Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]), yearFirst[5]);
    return;
  }
  const compact = COMPACT.exec(cell);
  if (compact !== null) {
    setDate(out, Number(compact[1]), Number(compact[2]), Number(compact[3]), compact[4]);
    out.compact = true;
    if (kindOf(out) !== 'none') return;
    out.clock = out.zoned = out.compact = out.buddhist = false;
  }
  const count = COUNT.exec(cell);
  if (count !== null) {
    readCount(count[1]!, count[2], out);
    return;
  }
  const numbers = NUMBERS.exec(cell);
  if (numbers !== null) {
    setUndecided(out, numbers);
    return;
  }
  const month = YEAR_MONTH.exec(cell);
  if (month !== null) setDate(out, Number(month[1]), Number(month[2]), 1, undefined);
  else readWordedDate(cell, out);
}

/** Behind a call, so that the compiler does not take the kind for what it was before. */
function kindOf(out: TimeReading): TimeReading['kind'] {
  return out.kind;
}

function readWordedDate(text: string, out: TimeReading): void {
  const cell = text.startsWith("'") ? text.slice(1) : stripWeekday(text);
  if (cell !== text) {
    readTime(cell, out);
    return;
  }
  const monthDay = MONTH_DAY.exec(cell);
  if (monthDay !== null) {
    setDate(out, fullYear(Number(monthDay[3])), monthOf(monthDay[1]!), Number(monthDay[2]), monthDay[4]);
    return;
  }
  const dayMonth = DAY_MONTH.exec(cell);
  if (dayMonth !== null) setDate(out, fullYear(Number(dayMonth[3])), monthOf(dayMonth[2]!), Number(dayMonth[1]), dayMonth[4]);
}

const CLOCK_ALONE = /^\d{1,2}:\d{2}(?::\d{2}(?:[.,:]\d{1,9})?)?(?:\s*[ap]\.?m\.?)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?$/i;
const CLOCK_DIGITS = /^(?:[01]\d|2[0-3])[0-5]\d[0-5]\d(?:\d{3})?$/; // hhmmss, hhmmssmmm
const CLOCK_SHORT = /^\d{1,4}$/; // hmm, hhmm

/** What kind of time of day a cell is: with colons, of six or nine digits, of up to four digits, or none. */
export function clockKind(cell: string): 'colons' | 'digits' | 'short' | 'none' {
  const text = cell.trim();
  if (CLOCK_ALONE.test(text)) return 'colons';
  if (CLOCK_DIGITS.test(text)) return 'digits';
  return CLOCK_SHORT.test(text) && !Number.isNaN(shortClock(Number(text))) ? 'short' : 'none';
}

/** Day number of day 0 of Excel's 1900 system, which counts a 29 February 1900 that never was. */
const SERIAL_START = checkedDay(1899, 12, 30);

/** UTC ms of a serial date of Excel, to the second. */
export function serialMs(serial: number): number {
  return (SERIAL_START + Math.floor(serial)) * DAY_MS + Math.round((serial % 1) * 86_400) * 1000;
}
