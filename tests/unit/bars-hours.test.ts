import { expect, test } from 'vitest';
import { minuteOf, clockOf } from '../../src/bars/hours.ts';
import { readTable, type ReadTable } from '../../src/bars/read.ts';
import { must } from '../support/outcome.ts';

/** Bars of `step` minutes from `from` to `to`, minutes of the day. */
function bars(from: number, to: number, step: number, answers: Record<string, string> = {}, days = 10): ReadTable {
  const rows = [['time', 'open', 'high', 'low', 'close']];
  for (let day = 1; day <= days; day++) {
    for (let minute = from; minute < to; minute += step) {
      rows.push([`2024-03-${String(day).padStart(2, '0')} ${clockOf(minute)}`, '10.25', '11.5', '9.125', '10.5']);
    }
  }
  return must(
    readTable(
      rows.map((cells, i) => ({ line: i + 1, cells })),
      { answers },
    ),
  );
}

const decision = ({ report }: ReadTable, key: string) => report.decisions.find((one) => one.key === key);

test('the session of bars within a day is found, and begins where a person says', () => {
  expect(bars(570, 960, 30).report.session).toEqual({ from: 570, to: 960 });
  expect(bars(570, 960, 60).report.session).toEqual({ from: 570, to: 990 }); // the last bar begins at 15:30
  expect(bars(0, 1440, 60).report.session).toBe(null);
  expect(bars(570, 960, 30, {}, 2).report.session).toBe(null); // two days show no habit
  expect(bars(570, 960, 30, { session: '10:00' }).report.session).toEqual({ from: 600, to: 960 });
  expect(decision(bars(570, 960, 30), 'session')).toMatchObject({ value: '09:30', answered: false });
  expect(decision(bars(0, 1440, 1440), 'session')).toBe(undefined);
});

test('prices are rounded only by choice, and that is told', () => {
  expect(decision(bars(570, 960, 30), 'decimals')).toMatchObject({ value: 'file', answered: false });
  const { columns, report } = bars(570, 960, 30, { decimals: '1' });
  expect([columns.open[0], columns.high[0], columns.low[0], columns.close[0]]).toEqual([10.3, 11.5, 9.1, 10.5]);
  expect(report.decimals).toBe(1);
  expect(report.repairs).toMatchObject([{ code: 'rounded', count: 1 }]);
  expect(report.repaired[0]!.message).toBe('260 prices were rounded to 1 decimals.');
  expect(bars(570, 960, 30, { decimals: '9' }).report.repairs).toEqual([]);
});

test.each([
  ['09:30', 570],
  ['570', 570],
  ['24:00', null],
  ['', null],
  ['noon', null],
] as const)('%s as a minute of the day', (text, minute) => expect(minuteOf(text)).toBe(minute));
