import { expect, test } from 'vitest';
import { clockKind, makeTimeReading, readTime, serialMs } from '../../src/bars/times.ts';

function read(text: string) {
  const reading = makeTimeReading();
  readTime(text, reading);
  return reading;
}

test.each([
  ['2024-01-02', '2024-01-02T00:00:00.000Z'],
  ['2024-1-2', '2024-01-02T00:00:00.000Z'],
  ['2024/01/02 09:30', '2024-01-02T09:30:00.000Z'],
  ['2024.01.02 09:30:15', '2024-01-02T09:30:15.000Z'],
  ['2024-01-02T09:30:15.146', '2024-01-02T09:30:15.146Z'],
  ['2024-05-01T13:30:00.000000000Z', '2024-05-01T13:30:00.000Z'],
  ['2024-03-07T09:30:00-05:00', '2024-03-07T14:30:00.000Z'],
  ['2022-09-20 00:00:00+01:00', '2022-09-19T23:00:00.000Z'],
  ['2022-09-20 00:00 +0530', '2022-09-19T18:30:00.000Z'],
  ['2022-09-20 05:00 UTC', '2022-09-20T05:00:00.000Z'],
  ['2022-09-20 05:00 GMT+02', '2022-09-20T03:00:00.000Z'],
  ['2022-09-20 12:05 am', '2022-09-20T00:05:00.000Z'],
  ['2022-09-20 12:05:07 PM', '2022-09-20T12:05:07.000Z'],
  ['20240102', '2024-01-02T00:00:00.000Z'],
  ['20240102 093015', '2024-01-02T09:30:15.000Z'],
  ['20240102 0930', '2024-01-02T09:30:00.000Z'],
  ['20240102 093015146', '2024-01-02T09:30:15.146Z'],
  ['20240102 09:30', '2024-01-02T09:30:00.000Z'],
  ['20240102093015', '2024-01-02T09:30:15.000Z'],
  ['202401020930', '2024-01-02T09:30:00.000Z'],
  ['Jan 2, 2024', '2024-01-02T00:00:00.000Z'],
  ['January 2 2024 16:00', '2024-01-02T16:00:00.000Z'],
  ['02-Jan-2024', '2024-01-02T00:00:00.000Z'],
  ['2 Sept 2024', '2024-09-02T00:00:00.000Z'],
  ['1704153600', '2024-01-02T00:00:00.000Z'],
  ['1704153600.5', '2024-01-02T00:00:00.500Z'],
  ['1704153600000', '2024-01-02T00:00:00.000Z'],
  ['1704153600000000', '2024-01-02T00:00:00.000Z'],
  ['1704153600000000000', '2024-01-02T00:00:00.000Z'],
  ['946684800000', '2000-01-01T00:00:00.000Z'],
  ['126230400', '1974-01-01T00:00:00.000Z'],
  ['1968-02-29', '1968-02-29T00:00:00.000Z'],
  ["'2024-01-02", '2024-01-02T00:00:00.000Z'],
  ['31-Dec-10', '2010-12-31T00:00:00.000Z'],
  ['31-Dec-99', '1999-12-31T00:00:00.000Z'],
  ['2. Januar 2024', '2024-01-02T00:00:00.000Z'],
  ['2 März 2024', '2024-03-02T00:00:00.000Z'],
  ['2 de enero de 2024', '2024-01-02T00:00:00.000Z'],
  ['Tue, Jan 2, 2024', '2024-01-02T00:00:00.000Z'],
  ['2024年1月2日', '2024-01-02T00:00:00.000Z'],
  ['2567-01-02', '2024-01-02T00:00:00.000Z'],
  ['2024-01-02 09:30 EST', '2024-01-02T14:30:00.000Z'],
  ['2024-01-02 24:00', '2024-01-03T00:00:00.000Z'],
  ['2024-01', '2024-01-01T00:00:00.000Z'],
  ['Tue Jan 02 2024 00:00:00 GMT+0100 (Central European Standard Time)', '2024-01-01T23:00:00.000Z'],
])('%s', (text, iso) => {
  const reading = read(text);
  expect(reading.kind).toBe('time');
  expect(new Date(reading.ms).toISOString()).toBe(iso);
});

test.each([
  '',
  'Date',
  '45293', // a day of Excel: as seconds it would be noon on 1 January 1970
  '45293.5',
  '12345678', // no month 56
  '2024-13-01',
  '2024-02-30',
  '2024-01-02 24:01',
  '2024-01-02 09:60',
  '2024-01-02 13:00 pm',
  '2024-01-02 09:30 XYZ',
  '2024-01-02 09:30+19:00',
  '31-Dez',
  'Foo 2, 2024',
  '1.70415E+12',
  '-1704153600',
  '12345678901', // eleven digits: neither seconds nor milliseconds of our time
  '0001-01-01',
  '2024-01-02 bla',
  '2024-01-02T',
])('%s is no time', (text) => {
  expect(read(text).kind).toBe('none');
});

test('day and month in unknown order stay undecided', () => {
  expect(read('02/03/2010 16:53:50')).toMatchObject({ kind: 'undecided', packed: 2_032_010, clock: true, zoned: false });
  expect(read('01.07.2020 00:00:00.000')).toMatchObject({ kind: 'undecided', packed: 1_072_020, dotted: true });
  expect(read('26-06-2019').kind).toBe('undecided');
  expect(read('1/2/24')).toMatchObject({ kind: 'undecided', packed: 1_020_024 });
  expect(read('02/03/2553')).toMatchObject({ kind: 'undecided', packed: 2_032_010, buddhist: true });
});

test('a reading does not remember the one before', () => {
  const reading = makeTimeReading();
  readTime('2024-03-07T09:30:00-05:00', reading);
  readTime('2024-03-07', reading);
  expect(reading).toMatchObject({ clock: false, zoned: false, offset: 0, unit: '' });
});

test('times of day', () => {
  for (const cell of ['09:30', '9:30:00', '09:30:00.5', '4:00 PM']) expect(clockKind(cell), cell).toBe('colons');
  for (const cell of ['093000', '093000146']) expect(clockKind(cell), cell).toBe('digits');
  for (const cell of ['0930', '930', '0']) expect(clockKind(cell), cell).toBe('short');
  for (const cell of ['', '93.5', '0960', '2500', '2024-01-02', '996000']) expect(clockKind(cell), cell).toBe('none');
});

test('days of Excel', () => {
  expect(new Date(serialMs(45293)).toISOString()).toBe('2024-01-02T00:00:00.000Z');
  expect(new Date(serialMs(45293.395833333336)).toISOString()).toBe('2024-01-02T09:30:00.000Z');
});
