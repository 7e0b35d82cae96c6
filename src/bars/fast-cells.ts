import { DAY_MS, HOUR_MS, MINUTE_MS, checkedDay } from './calendar.ts';
import type { TimeReading } from './times.ts';

// Cells of plain tables read from bytes, without making texts of them. Whatever is not plain is left to `readNumber` and `readTime`,
// which give the same values for what is.

/** One number as read: its value and how it is spelled. */
export interface PlainNumber {
  value: number;
  decimals: number; // digits behind the point; −1: there is no point
  whole: number; // digits before it
  zero: boolean; // whether it starts with a zero
}

export function makePlainNumber(): PlainNumber {
  return { value: 0, decimals: -1, whole: 0, zero: false };
}

const EXACT = 15; // digits that a double holds whatever they are
const POWERS = Float64Array.from({ length: EXACT + 1 }, (_, k) => Number(`1e${k}`));

/**
 * Reads digits with at most one point and a minus. The mantissa is a whole number below 10^15 and the power of ten exact, so that
 * their quotient is the double nearest to the decimal, as `Number` gives it.
 * @returns whether the cell is such a number
 */
export function readPlainNumber(bytes: Uint8Array, from: number, to: number, out: PlainNumber): boolean {
  const negative = bytes[from] === 0x2d;
  const start = negative ? from + 1 : from;
  if (start >= to || to - start > EXACT + 1) return false;
  let mantissa = 0;
  let point = -1;
  for (let at = start; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (digit >= 0 && digit <= 9) mantissa = mantissa * 10 + digit;
    else if (digit === -2 && point < 0) point = at;
    else return false;
  }
  if (point === start || point === to - 1) return false;
  return finishNumber(
    mantissa,
    negative,
    bytes[start] === 48,
    (point < 0 ? to : point) - start,
    point < 0 ? -1 : to - point - 1,
    out,
  );
}

function finishNumber(
  mantissa: number,
  negative: boolean,
  zero: boolean,
  whole: number,
  decimals: number,
  out: PlainNumber,
): boolean {
  out.decimals = decimals;
  out.whole = whole;
  out.zero = zero;
  const value = decimals > 0 ? mantissa / POWERS[decimals]! : mantissa;
  out.value = negative ? 0 - value : value;
  return whole + Math.max(0, decimals) <= EXACT;
}

/** Digits as a whole number; −1 where another character is among them. */
function digitsAt(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return from < to ? value : -1;
}

/**
 * Reads counts since 1970, dates as year-month-day, yyyymmdd or day/month/year, each with a time of day or without.
 * @returns false where the cell is none of them; `out` is then undefined
 */
export function readPlainTime(bytes: Uint8Array, from: number, to: number, out: TimeReading): boolean {
  out.kind = 'time';
  out.clock = out.zoned = out.compact = out.dotted = out.buddhist = false;
  out.offset = 0;
  out.packed = 0;
  out.unit = '';
  const length = to - from;
  if (length < 8) return false;
  const mark = bytes[from + 4]!;
  if (mark === 0x2d || mark === 0x2e || mark === 0x2f) return length >= 10 && readYearFirst(bytes, from, to, mark, out);
  const short = bytes[from + 2]!;
  if (short === 0x2d || short === 0x2e || short === 0x2f) return length >= 10 && readYearLast(bytes, from, to, short, out);
  if (length === 8 || bytes[from + 8] === 0x20) return readCompact(bytes, from, to, out);
  return readCountBytes(bytes, from, to, out);
}

function setDay(year: number, month: number, day: number, out: TimeReading): boolean {
  if (year < 1700 || year > 2200) return false;
  out.ms = checkedDay(year, month, day) * DAY_MS;
  return !Number.isNaN(out.ms);
}

function readYearFirst(bytes: Uint8Array, from: number, to: number, mark: number, out: TimeReading): boolean {
  if (bytes[from + 7] !== mark) return false;
  const day = setDay(
    digitsAt(bytes, from, from + 4),
    digitsAt(bytes, from + 5, from + 7),
    digitsAt(bytes, from + 8, from + 10),
    out,
  );
  return day && readRest(bytes, from + 10, to, out);
}

function readYearLast(bytes: Uint8Array, from: number, to: number, mark: number, out: TimeReading): boolean {
  if (bytes[from + 5] !== mark || bytes[from + 10] === 0x54) return false;
  const first = digitsAt(bytes, from, from + 2);
  const second = digitsAt(bytes, from + 3, from + 5);
  const year = digitsAt(bytes, from + 6, from + 10);
  if (first < 0 || second < 0 || year < 1700 || year > 2200) return false;
  out.kind = 'undecided';
  out.dotted = mark === 0x2e;
  out.packed = first * 1_000_000 + second * 10_000 + year;
  out.ms = 0;
  return readRest(bytes, from + 10, to, out);
}

function readCompact(bytes: Uint8Array, from: number, to: number, out: TimeReading): boolean {
  out.compact = true;
  const day = setDay(
    digitsAt(bytes, from, from + 4),
    digitsAt(bytes, from + 4, from + 6),
    digitsAt(bytes, from + 6, from + 8),
    out,
  );
  return day && readRest(bytes, from + 8, to, out);
}

/** What stands behind a date: nothing, or a blank or T and a time of day. */
function readRest(bytes: Uint8Array, at: number, to: number, out: TimeReading): boolean {
  if (at === to) return true;
  if (bytes[at] !== 0x20 && bytes[at] !== 0x54) return false;
  return readPlainClock(bytes, at + 1, to, out);
}

/** Adds hh:mm, hh:mm:ss with a fraction and a Z, hhmmss or hhmmssmmm to the reading. */
export function readPlainClock(bytes: Uint8Array, from: number, to: number, out: TimeReading): boolean {
  const hour = digitsAt(bytes, from, from + 2);
  const colons = bytes[from + 2] === 0x3a;
  const minuteAt = colons ? from + 3 : from + 2;
  const minute = digitsAt(bytes, minuteAt, minuteAt + 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return false;
  out.clock = true;
  const start = hour * HOUR_MS + minute * MINUTE_MS;
  const rest = colons ? readSeconds(bytes, minuteAt + 2, to, out) : readPackedSeconds(bytes, minuteAt + 2, to);
  out.ms += start + rest;
  return !Number.isNaN(rest);
}

function readPackedSeconds(bytes: Uint8Array, at: number, to: number): number {
  if (to - at !== 2 && to - at !== 5) return NaN;
  const second = digitsAt(bytes, at, at + 2);
  const ms = to - at === 5 ? digitsAt(bytes, at + 2, to) : 0;
  return second < 0 || second > 59 || ms < 0 ? NaN : second * 1000 + ms;
}

/** Ms of ":ss.fff" and of nothing, noting a Z behind it. */
function readSeconds(bytes: Uint8Array, from: number, end: number, out: TimeReading): number {
  let to = end;
  if (to > from && bytes[to - 1] === 0x5a) {
    out.zoned = true;
    to--;
  }
  if (from === to) return 0;
  if (bytes[from] !== 0x3a || to - from < 3) return NaN;
  const second = digitsAt(bytes, from + 1, from + 3);
  if (second < 0 || second > 59) return NaN;
  return to - from === 3 ? second * 1000 : second * 1000 + readFraction(bytes, from + 3, to);
}

/** Ms of ".5", ".123456"; NaN where it is no fraction. */
function readFraction(bytes: Uint8Array, from: number, to: number): number {
  const digits = to - from - 1;
  if (bytes[from] !== 0x2e || digits < 1 || digits > 9 || digitsAt(bytes, from + 1, to) < 0) return NaN;
  const ms = digitsAt(bytes, from + 1, from + 1 + Math.min(3, digits));
  return digits >= 3 ? ms : digits === 2 ? ms * 10 : ms * 100;
}

function readCountBytes(bytes: Uint8Array, from: number, to: number, out: TimeReading): boolean {
  const length = to - from;
  const kept = Math.min(length, 13);
  const value = digitsAt(bytes, from, from + kept);
  if (value < 0 || (length > kept && digitsAt(bytes, from + kept, to) < 0)) return false;
  if (length === 10) {
    out.unit = 's';
    out.ms = value * 1000;
  } else if (length === 13 || length === 16 || length === 19) {
    out.unit = length === 13 ? 'ms' : length === 16 ? 'µs' : 'ns';
    out.ms = value;
  } else return false;
  out.clock = out.zoned = true;
  return bytes[from] !== 48;
}
