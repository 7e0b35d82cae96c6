import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makePlainNumber, readPlainClock, readPlainNumber, readPlainTime } from '../../src/bars/fast-cells.ts';
import { readNumber } from '../../src/bars/numbers.ts';
import { makeTimeReading, readTime } from '../../src/bars/times.ts';
import { parsePlain } from '../../src/workers/parse-plain.ts';
import { parseTable } from '../../src/workers/parse-table.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

const decimals = fc
  .tuple(
    fc.constantFrom('', '-', '+'),
    fc.stringMatching(/^\d{0,17}$/),
    fc.constantFrom('', '.'),
    fc.stringMatching(/^\d{0,9}$/),
  )
  .map((parts) => parts.join(''));

test('a plain number is what the general way reads', () => {
  fc.assert(
    fc.property(fc.oneof(decimals, fc.string({ maxLength: 8 }), fc.double().map(String)), (text) => {
      const out = makePlainNumber();
      const bytes = bytesOf(`x${text}y`);
      if (readPlainNumber(bytes, 1, bytes.length - 1, out)) expect(out.value).toBe(readNumber(text, '.', null));
    }),
    { numRuns: 2000 },
  );
});

const two = fc.integer({ min: 0, max: 61 }).map((n) => String(n).padStart(2, '0'));
const year = fc.integer({ min: 1600, max: 2300 }).map(String);
const mark = fc.constantFrom('-', '/', '.');
const clock = fc.oneof(
  fc.constant(''),
  fc.tuple(fc.constantFrom(' ', 'T'), two, two).map(([blank, h, m]) => `${blank}${h}:${m}`),
  fc
    .tuple(fc.constantFrom(' ', 'T'), two, two, two, fc.constantFrom('', '.5', '.123', '.123456', 'Z', '.25Z'))
    .map(([blank, h, m, s, rest]) => `${blank}${h}:${m}:${s}${rest}`),
  fc.tuple(two, two, two, fc.constantFrom('', '123')).map(([h, m, s, rest]) => ` ${h}${m}${s}${rest}`),
);
const times = fc.oneof(
  fc.tuple(year, mark, two, two, clock).map(([y, dash, a, b, rest]) => `${y}${dash}${a}${dash}${b}${rest}`),
  fc.tuple(two, mark, two, year, clock).map(([a, dash, b, y, rest]) => `${a}${dash}${b}${dash}${y}${rest}`),
  fc.tuple(year, two, two, clock).map(([y, a, b, rest]) => `${y}${a}${b}${rest}`),
  fc.stringMatching(/^\d{8,19}$/),
);

test('a plain time is what the general way reads', () => {
  let plain = 0;
  fc.assert(
    fc.property(times, (text) => {
      const fast = makeTimeReading();
      const bytes = bytesOf(`x${text}y`);
      if (!readPlainTime(bytes, 1, bytes.length - 1, fast)) return;
      plain++;
      const slow = makeTimeReading();
      readTime(text, slow);
      expect(fast, text).toEqual(slow);
    }),
    { numRuns: 4000 },
  );
  expect(plain).toBeGreaterThan(500);
});

test('a plain clock beside a date is what the general way reads', () => {
  fc.assert(
    fc.property(
      two,
      two,
      fc.oneof(
        two.map((s) => `:${s}`),
        fc.constant(''),
      ),
      (h, m, s) => {
        const fast = makeTimeReading();
        readPlainTime(bytesOf('2024-01-02'), 0, 10, fast);
        const text = `${h}:${m}${s}`;
        if (!readPlainClock(bytesOf(text), 0, text.length, fast)) return;
        const slow = makeTimeReading();
        readTime(`2024-01-02 ${text}`, slow);
        expect(fast).toEqual(slow);
      },
    ),
  );
});

/** A table of some megabytes with a few odd lines in it, as only large files take the fast way. */
function largeTable(line: (i: number) => string, header: string): string {
  const lines = [header];
  for (let i = 0; i < 14_000; i++) lines.push(line(i));
  return `${lines.filter((text) => text !== '\u0000').join('\n')}\n`;
}

const iso = (ms: number): string => new Date(ms).toISOString();
const START = Date.UTC(2020, 0, 1);
const prices = (i: number): string => `${100 + (i % 7)}.25,${102 + (i % 7)}.5,${99 + (i % 7)}.125,${101 + (i % 7)}`;

test.each<[string, string]>([
  ['seconds', largeTable((i) => `${START / 1000 + 60 * i},${prices(i)},${i}`, 'time,open,high,low,close,volume')],
  [
    'ms, odd lines',
    largeTable(
      (i) => (i % 3000 === 17 ? `${START + 60_000 * i},NaN,1,1,1,5` : `${START + 60_000 * i},${prices(i)},1.5`),
      'time,open,high,low,close,volume',
    ),
  ],
  [
    'date and clock',
    largeTable(
      (i) => `${iso(START + 60_000 * i).slice(0, 10)},${iso(START + 60_000 * i).slice(11, 16)},${prices(i)},7`,
      'Date,Time,Open,High,Low,Close,Volume',
    ),
  ],
  [
    'day first',
    largeTable(
      (i) =>
        `${iso(START + 60_000 * i)
          .slice(0, 10)
          .split('-')
          .reverse()
          .join('.')} ${iso(START + 60_000 * i).slice(11, 23)},${prices(i)},7`,
      'Local time,Open,High,Low,Close,Volume',
    ),
  ],
  [
    'no header, blanks, a repeated header',
    largeTable(
      (i) =>
        i === 9000
          ? ''
          : i === 9500
            ? 'x,y,z'
            : `${iso(START + 60_000 * i)
                .slice(0, 19)
                .replace('T', ' ')},${prices(i)}, ${i}`,
      '2019-12-31 23:59:00,100,101,99,100,1',
    ),
  ],
  [
    'newest first with duplicates',
    largeTable(
      (i) => `${START / 1000 - 60 * (i - (i % 500 === 0 ? 1 : 0))},${prices(i)},${i}`,
      'time,open,high,low,close,volume',
    ),
  ],
])('both ways read the same table: %s', async (_, text) => {
  const options = { dayFirst: true };
  const fast = await parsePlain(new Blob([text]), options, () => undefined);
  expect(fast).not.toBeNull();
  expect(fast).toEqual(parseTable(text, options));
});

test.each<[string, string]>([
  ['quotes', largeTable((i) => `"${START / 1000 + 60 * i}",${prices(i)}`, 'time,open,high,low,close')],
  ['letters beyond ASCII', largeTable((i) => `${START / 1000 + 60 * i},${prices(i)},é`, 'time,open,high,low,close,note')],
  [
    'decimal commas',
    largeTable(
      (i) => `${START / 1000 + 60 * i};${prices(i).replaceAll(',', ';').replaceAll('.', ',')}`,
      'time;open;high;low;close',
    ),
  ],
  ['markets', largeTable((i) => `A,${START / 1000 + 60 * i},${prices(i)}`, 'symbol,time,open,high,low,close')],
])('the fast way leaves other files alone: %s', async (_, text) => {
  expect(await parsePlain(new Blob([text]), {}, () => undefined)).toBeNull();
});
