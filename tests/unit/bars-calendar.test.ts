import { expect, test } from 'vitest';
import { DAY_MS, checkedDay, dateOfDay, dayNumber, formatUtc, parseIsoDate, weekday } from '../../src/bars/calendar.ts';

test('every day of six centuries agrees with the platform and goes both ways', () => {
  const from = Date.UTC(1700, 0, 1) / DAY_MS;
  const to = Date.UTC(2300, 0, 1) / DAY_MS;
  for (let day = from; day < to; day++) {
    const date = new Date(day * DAY_MS);
    const [year, month, number] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    if (
      dayNumber(year, month, number) !== day ||
      dateOfDay(day) !== year * 10000 + month * 100 + number ||
      weekday(day) !== date.getUTCDay()
    ) {
      expect.fail(`${date.toISOString()} as ${dateOfDay(day)}`);
    }
  }
});

test('days that do not exist', () => {
  for (const [year, month, day] of [
    [2023, 2, 29],
    [1900, 2, 29],
    [2024, 4, 31],
    [2024, 13, 1],
    [2024, 0, 1],
    [2024, 1, 0],
  ] as const) {
    expect(checkedDay(year, month, day)).toBeNaN();
  }
  expect(checkedDay(2000, 2, 29)).toBe(Date.UTC(2000, 1, 29) / DAY_MS);
});

test('ISO dates', () => {
  expect(parseIsoDate('2024-02-29')).toBe(20240229);
  for (const text of ['2023-02-29', '2024-1-1', '20240101', '', '2024-01-01T00:00']) expect(parseIsoDate(text)).toBeNaN();
  expect(formatUtc(0)).toBe('1970-01-01');
  expect(formatUtc(60_000)).toBe('1970-01-01T00:01Z');
  expect(formatUtc(61_000)).toBe('1970-01-01T00:01:01Z');
  expect(formatUtc(61_001)).toBe('1970-01-01T00:01:01.001Z');
});
