import { DAY_MS, HOUR_MS, MINUTE_MS, dateOfDay, dayNumber, weekday } from './calendar.ts';

const EQUITY_START = dayNumber(2015, 1, 2);
const FOREX_START = dayNumber(2021, 1, 3); // a Sunday
const CRYPTO_START = dayNumber(2023, 1, 1);
const WEEK_HOURS = 120;

/** Month and day of Western Easter Sunday as a day number (anonymous Gregorian computus, Nature 13, 1876, p. 487). */
function easter(year: number): number {
  const a = year % 19;
  const century = Math.floor(year / 100);
  const c = year % 100;
  const g = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const h = (19 * a + century - Math.floor(century / 4) - g + 15) % 30;
  const l = (32 + 2 * (century % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 22 * l) / 451);
  const sum = h + l - 7 * m + 114;
  return dayNumber(year, Math.floor(sum / 31), (sum % 31) + 1);
}

/** The n-th given weekday of a month; n = −1 is the last one. */
function nthWeekday(year: number, month: number, day: number, n: number): number {
  if (n < 0) return nthWeekday(year, month + 1, day, 1) - 7;
  const first = dayNumber(year, month, 1);
  return first + ((day - weekday(first) + 7) % 7) + 7 * (n - 1);
}

/** A fixed holiday is kept on Friday or Monday where it falls on a weekend. */
function observed(day: number): number {
  if (weekday(day) === 6) return day - 1;
  return weekday(day) === 0 ? day + 1 : day;
}

/** Days without trade, simplified from the calendar of American exchanges: about 252 sessions a year. */
function holidays(year: number): number[] {
  return [
    observed(dayNumber(year, 1, 1)),
    nthWeekday(year, 1, 1, 3),
    nthWeekday(year, 2, 1, 3),
    easter(year) - 2,
    nthWeekday(year, 5, 1, -1),
    observed(dayNumber(year, 7, 4)),
    nthWeekday(year, 9, 1, 1),
    nthWeekday(year, 11, 4, 4),
    observed(dayNumber(year, 12, 25)),
  ];
}

/** One bar per session from 2015-01-02 on, stamped at midnight. */
export function sessionTimes(out: Float64Array): void {
  let day = EQUITY_START;
  let year = 0;
  let closed = new Set<number>();
  for (let i = 0; i < out.length; day++) {
    const thisYear = Math.floor(dateOfDay(day) / 10000);
    if (thisYear !== year) {
      year = thisYear;
      closed = new Set(holidays(year));
    }
    if (weekday(day) === 0 || weekday(day) === 6 || closed.has(day)) continue;
    out[i++] = day * DAY_MS;
  }
}

/** Hourly from Sunday 22:00 to Friday 22:00 (excluded), from 2021-01-03 on. */
export function forexTimes(out: Float64Array): void {
  for (let i = 0; i < out.length; i++) {
    const week = Math.floor(i / WEEK_HOURS);
    out[i] = (FOREX_START + 7 * week) * DAY_MS + (22 + (i % WEEK_HOURS)) * HOUR_MS;
  }
}

/** Every minute from 2023-01-01 on. */
export function continuousTimes(out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = CRYPTO_START * DAY_MS + i * MINUTE_MS;
}
