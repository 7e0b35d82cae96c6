export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

/**
 * Days since 1970-01-01 of a proleptic Gregorian date, counted in years that start in March so that the leap day is last.
 * @param month 1 … 12
 * @param day 1 … 31, not checked
 */
export function dayNumber(year: number, month: number, day: number): number {
  const marchYear = month > 2 ? year : year - 1;
  const marchMonth = month > 2 ? month - 3 : month + 9;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return 365 * marchYear + leapDays + Math.floor((153 * marchMonth + 2) / 5) + day - 719469;
}

/** The date of a day number as yyyymmdd. */
export function dateOfDay(days: number): number {
  const shifted = days + 719468; // days since 0000-03-01
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 10000 + month * 100 + day;
}

/** The day number of a date yyyymmdd. */
export function dayOfDate(date: number): number {
  return dayNumber(Math.floor(date / 10_000), Math.floor(date / 100) % 100, date % 100);
}

/** 0 is Sunday. */
export function weekday(days: number): number {
  return (((days + 4) % 7) + 7) % 7;
}

export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Day number of a checked date; NaN where there is no such day. */
export function checkedDay(year: number, month: number, day: number): number {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return NaN;
  return dayNumber(year, month, day);
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** "2024-01-31" as 20240131; NaN where the text is no such date. */
export function parseIsoDate(text: string): number {
  const match = ISO_DATE.exec(text);
  if (match === null) return NaN;
  const days = checkedDay(Number(match[1]), Number(match[2]), Number(match[3]));
  return Number.isNaN(days) ? NaN : dateOfDay(days);
}

/** "2024-01-31T09:30:00Z"; whole minutes drop the seconds, whole days drop the time. */
export function formatUtc(ms: number): string {
  const iso = new Date(ms).toISOString();
  if (ms % DAY_MS === 0) return iso.slice(0, -14);
  if (ms % MINUTE_MS === 0) return `${iso.slice(0, -8)}Z`;
  return ms % 1000 === 0 ? `${iso.slice(0, -5)}Z` : iso;
}
