import { expect, test } from 'vitest';
import { readRows, readTable, type ReadTable } from '../../src/bars/read.ts';
import { ISSUE_CAP, type Issue } from '../../src/bars/report.ts';

/** Reads comma-separated text without quotes; line k of the text is line k of the file. */
function readText(text: string) {
  return readTable(
    text.split('\n').map((line, i) => ({ line: i + 1, cells: line.split(',') })),
    { delimiter: ',', dayFirst: true },
  );
}

function good(text: string): ReadTable {
  const read = readText(text);
  if (!read.ok) throw new Error(`${read.faults[0].code}: ${read.faults[0].message}`);
  return read.value;
}

function faultOf(text: string): string {
  const read = readText(text);
  return read.ok ? 'none' : read.faults[0].code;
}

function brief(issues: readonly Issue[]): string[] {
  return issues.map(({ code, line }) => `${code}@${line}`);
}

const HEADER = 'Date,Open,High,Low,Close,Volume';
const DAY1 = '2024-01-02,10,12,9,11,100';
const DAY2 = '2024-01-03,11,13,10,12,200';
const DAY3 = '2024-01-04,12,14,11,13,300';

test('a clean file', () => {
  const { columns, report } = good([HEADER, DAY1, DAY2, DAY3, ''].join('\n'));
  expect([...columns.open]).toEqual([10, 11, 12]);
  expect([...columns.high]).toEqual([12, 13, 14]);
  expect([...columns.low]).toEqual([9, 10, 11]);
  expect([...columns.close]).toEqual([11, 12, 13]);
  expect([...columns.volume]).toEqual([100, 200, 300]);
  expect([...columns.localDate]).toEqual([20240102, 20240103, 20240104]);
  expect([...columns.localMinute]).toEqual([0, 0, 0]);
  expect(report).toMatchObject({
    rows: 3,
    bars: 3,
    from: Date.UTC(2024, 0, 2),
    to: Date.UTC(2024, 0, 4),
    barMs: 86_400_000,
    decimals: 0,
    symbol: '',
    delimiter: ',',
    roles: HEADER.split(',').map((header, column) => ({
      column,
      header,
      role: ['time', 'open', 'high', 'low', 'close', 'volume'][column],
    })),
    repaired: [],
    refused: [],
    warnings: [],
    counts: { repaired: 0, refused: 0, warnings: 0 },
  });
});

test('repairs name their lines', () => {
  const { columns, report } = good(['A title', HEADER, DAY2, '', DAY1, DAY2, HEADER, DAY3, ',,', ''].join('\n'));
  expect([...columns.close]).toEqual([11, 12, 13]);
  expect(brief(report.repaired)).toEqual([
    'before_table@1',
    'empty_row@4',
    'unsorted@5',
    'duplicate_times@6',
    'repeated_header@7',
  ]);
  expect(report.rows).toBe(4);
});

test('newest first is one repair', () => {
  const { columns, report } = good([HEADER, DAY3, DAY2, DAY1].join('\n'));
  expect([...columns.close]).toEqual([11, 12, 13]);
  expect(brief(report.repaired)).toEqual(['newest_first@2']);
});

test('of conflicting rows the later one counts, with a warning', () => {
  const { columns, report } = good([HEADER, DAY1, DAY2, '2024-01-02,10,12,9,11.5,100', DAY3].join('\n'));
  expect([...columns.close]).toEqual([11.5, 12, 13]);
  expect(brief(report.warnings)).toEqual(['conflicting_duplicates@4', 'duplicate_times@4']);
  expect(report.warnings[0]!.message).toContain('line 2');
});

test('refused rows name line, value and reason', () => {
  const { columns, report } = good(
    [
      HEADER,
      DAY1,
      '2024-01-05,NaN,2,1,1,1',
      '2024-01-06,1,inf,1,1,1',
      'soon,1,2,1,1,1',
      '2024-01-07,1',
      '2024-01-08,1,2,1,1,1,9',
      DAY2,
      DAY3,
      '2024-01-09,13,14,12,13,1',
      '2024-01-10,13,14,12,13,1',
    ].join('\n'),
  );
  expect(columns.count).toBe(5);
  expect(brief(report.refused)).toEqual([
    'null_price@3',
    'null_price@4',
    'time_unreadable@5',
    'row_dropped@6',
    'too_many_cells@7',
  ]);
  expect(report.refused[2]!.message).toBe('"soon" is not read as a time.');
  expect(report.rows).toBe(9);
});

test('odd prices are kept and told', () => {
  const { columns, report } = good(
    [
      HEADER,
      DAY1,
      '2024-01-03,11,9,13,12,1',
      '2024-01-04,20,13,10,12,1',
      '2024-01-05,1,2,-3,-1,1',
      '2024-01-08,1,2,1,1,1',
      '2024-01-09,99,101,98,100,1',
    ].join('\n'),
  );
  expect([...columns.high]).toEqual([12, 9, 13, 2, 2, 101]);
  expect(brief(report.warnings)).toEqual(['ohlc_violation@3', 'ohlc_violation@4', 'non_positive_price@5', 'scale_jump@7']);
});

test('gaps are measured by the market: five days with weekends, one bar without', () => {
  expect(
    brief(good([HEADER, DAY1, DAY2, DAY3, '2024-01-08,12,14,11,13,1', '2024-01-16,12,14,11,13,1'].join('\n')).report.warnings),
  ).toEqual(['gap@6']);
  const days = ['2024-01-05', '2024-01-06', '2024-01-07', '2024-01-08', '2024-01-10'].map((day) => `${day},12,14,11,13,1`);
  expect(brief(good([HEADER, ...days].join('\n')).report.warnings)).toEqual(['gap@6']);
});

test('date and clock columns, and a zone that was assumed', () => {
  const { columns, report } = good('Date,Time,Open,High,Low,Close\n2024.01.02,09:30,1,2,1,1.5\n2024.01.02,09:31,1,2,1,1.5');
  expect(new Date(columns.time[1]!).toISOString()).toBe('2024-01-02T09:31:00.000Z');
  expect([...columns.localMinute]).toEqual([570, 571]);
  expect(brief(report.warnings)).toEqual(['no_volume@0', 'time_zone_unknown@2']);
});

test('the day is found by any date that can be read in one way only', () => {
  const body = ',1,2,1,1.5,1';
  expect([...good(`${HEADER}\n01/02/2024${body}\n13/02/2024${body}`).columns.localDate]).toEqual([20240201, 20240213]);
  expect([...good(`${HEADER}\n01/02/2024${body}\n02/13/2024${body}`).columns.localDate]).toEqual([20240102, 20240213]);
  expect([...good(`${HEADER}\n01/01/2024${body}\n02/02/2024${body}`).columns.localDate]).toEqual([20240101, 20240202]);
  expect([
    ...good(`Gmt time,Open,High,Low,Close\n01.07.2020 00:00:00.000,1,2,1,1.5\n02.07.2020 00:00:00.000,1,2,1,1.5`).columns
      .localDate,
  ]).toEqual([20200701, 20200702]);
  const asked = good(`${HEADER}\n01/01/2024${body}\n02/03/2024${body}`).report.questions;
  expect(asked).toMatchObject([{ key: 'date_order', preselected: 'dmy', line: 3 }]);
  expect(asked[0]!.readings.map(({ text }) => text)).toEqual([
    'day, month, year: 02/03/2024 is 2024-03-02',
    'month, day, year: 02/03/2024 is 2024-02-03',
  ]);
  expect(faultOf(`${HEADER}\n13/01/2024${body}\n02/23/2024${body}`)).toBe('time_mixed');
  // A date that exists in no order asks nothing.
  const spoilt = good(`${HEADER}\n00/01/2024${body}\n01/01/2024${body}\n02/02/2024${body}\n03/03/2024${body}`).report;
  expect([spoilt.questions.length, brief(spoilt.refused)]).toEqual([0, ['time_unreadable@2']]);
});

test('a price column that holds words is named, and no other one stands in for it', () => {
  const read = readText('Date,Price,What\n2024-01-02,abc,1\n2024-01-03,def,2\n2024-01-04,ghi,2');
  expect(read).toMatchObject({
    ok: false,
    faults: [{ code: 'no_price_columns', message: 'The column "Price" holds no prices: "abc".', place: { line: 2 } }],
  });
});

test('one price a row stands for all four', () => {
  const { columns, report } = good('date,price\n2024-01-02,5\n2024-01-03,6');
  expect([...columns.open, ...columns.high, ...columns.low, ...columns.close]).toEqual([5, 6, 5, 6, 5, 6, 5, 6]);
  expect(brief(report.warnings)).toEqual(['close_only@0', 'no_volume@0']);
});

test('no header: the order is found in the numbers', () => {
  const { report } = good('2024-01-02,10,12,9,11,100\n2024-01-03,11,13,10,12,200');
  expect(report.roles.map(({ role }) => role)).toEqual(['time', 'open', 'high', 'low', 'close', 'volume']);
  expect(brief(report.warnings)).toEqual(['no_header@0']);
  const coinbase = good('1717200000,9,12,10,11,100\n1717203600,10,13,11,12,200').report;
  expect(coinbase.roles.map(({ role }) => role)).toEqual(['time', 'low', 'high', 'open', 'close', 'volume']);
  expect(good('2024-01-02 09:30:01,10,12\n2024-01-02 09:30:05,11,13').report.shape).toBe('line');
});

test('one volume that is no number is 0, with a warning', () => {
  const { columns, report } = good([HEADER, '2024-01-01,1,2,1,1.5,lots', DAY1].join('\n'));
  expect([...columns.volume]).toEqual([0, 100]);
  expect(brief(report.warnings)).toEqual(['volume_unreadable@2']);
});

test('several units of time in one file', () => {
  const { columns, report } = good('unix,open,high,low,close\n1704153600000,1,2,1,1.5\n1704240000.0,1,2,1,1.5');
  expect([...columns.localDate]).toEqual([20240102, 20240103]);
  expect(brief(report.warnings)).toContain('mixed_epoch_units@3');
  expect(faultOf('unix,open,high,low,close\n1704153600000,1,2,1,1.5\n2024-01-03,1,2,1,1.5')).toBe('time_mixed');
});

test.each([
  ['empty', ''],
  ['empty', '\n\n\n'],
  ['no_rows', HEADER],
  ['not_a_table', 'No data'],
  ['no_time_column', 'Open,High,Low,Close\n1,2,1,1\n1,2,1,1'],
  ['no_price_columns', 'Date,Open,High,Low\n2024-01-02,1,2,1\n2024-01-03,1,2,1'],
  ['doubled_column', 'Date,Open,High,Low,Close,Close\n2024-01-02,1,2,1,1,1\n2024-01-03,1,2,1,1,2'],
  ['too_many_refused', `${HEADER}\n${DAY1}\nx,1,2,1,1,1\ny,1,2,1,1,1`],
  ['html_instead_of_data', '<!DOCTYPE html><html><body>Please log in</body></html>'],
  ['not_a_table', 'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1'],
])('%s', (code, text) => {
  expect(faultOf(text)).toBe(code);
});

test('what a comma means is decided by the whole file', () => {
  const read = (...prices: string[]) => {
    const rows = prices.map((price, i) => ({ line: i + 2, cells: [`2024-01-0${i + 1}`, price, price, price, price] }));
    return readTable([{ line: 1, cells: ['Date', 'Open', 'High', 'Low', 'Close'] }, ...rows]);
  };
  const closes = (...prices: string[]): number[] => {
    const table = read(...prices);
    return table.ok ? [...table.value.columns.close] : [];
  };
  expect(read('1,234', '1,235')).toMatchObject({ value: { report: { questions: [{ key: 'decimal_mark' }] } } });
  expect(closes('1,234', '1,235.5')).toEqual([1234, 1235.5]);
  expect(closes('16.705', '16.705,5', '16.706', '16.800')).toEqual([16705, 16705.5, 16706, 16800]);
});

test('only the last of two thousand rows shows the decimal mark: the file is read again', () => {
  const rows = Array.from({ length: 2000 }, (_, i) => ({
    line: i + 2,
    cells: [String(1.7e9 + 60 * i), '16.705', '16.705', '16.705', '16.705'],
  }));
  rows.push({ line: 2002, cells: [String(1.7e9 + 60 * 2000), '16.705,5', '16.705,5', '16.705,5', '16.705,5'] });
  const read = readTable([{ line: 1, cells: ['time', 'open', 'high', 'low', 'close'] }, ...rows]);
  expect(read.ok && [read.value.columns.close[0], read.value.columns.close[2000]]).toEqual([16705, 16705.5]);
});

test('many rows of one time and different values are no bars', () => {
  const rows = Array.from({ length: 20 }, (_, i) => `2024-01-02 09:30:${10 + (i >> 1)},1,2,1,1.${i}`);
  expect(faultOf(`Date,Open,High,Low,Close\n${rows.join('\n')}`)).toBe('too_many_conflicts');
});

test('lists of issues end, their counts do not', () => {
  const text = [HEADER];
  for (let i = 0; i < 3000; i++) text.push(`${new Date(i * 86_400_000).toISOString().slice(0, 10)},2,1,3,2,1`, 'x,1,2,1,1,1');
  for (let i = 3000; i < 7000; i++) text.push(`${new Date(i * 86_400_000).toISOString().slice(0, 10)},1,2,1,1,1`);
  const { report } = good(text.join('\n'));
  expect([report.refused.length, report.warnings.length]).toEqual([ISSUE_CAP, ISSUE_CAP]);
  expect(report.counts.refused).toBe(3000);
  expect(report.alerts.find(({ code }) => code === 'ohlc_violation')).toMatchObject({ count: 3000 });
  expect(report.counts.warnings).toBeGreaterThanOrEqual(3000);
});

test('blocks of any size give the same', () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({
    line: i + 2,
    cells: [String(1.7e9 + 60 * ((i * 7) % 500)), '1', '2', '0.5', `1.${i}`],
  }));
  const all = [{ line: 1, cells: ['time', 'open', 'high', 'low', 'close'] }, ...rows];
  const whole = readTable(all);
  for (const size of [1, 59, 499]) {
    const read = readRows((take) => {
      for (let from = 0; from < all.length; from += size) take(all.slice(from, from + size));
    });
    expect(read).toEqual(whole);
  }
});

test('hostile cells stay text, and hidden characters do not reach a message', () => {
  const { report } = good(
    `${HEADER},__proto__,<img src=x onerror=alert(1)>\n${DAY1},1,2\n${DAY2},1,2\na\u202eb\u0000c,1,2,1,1,1,1,1`,
  );
  expect(report.roles[7]).toMatchObject({ header: '<img src=x onerror=alert(1)>', role: 'ignored' });
  expect(report.refused[0]!.message).toBe('"a\ufffdb\ufffdc" is not read as a time.');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
