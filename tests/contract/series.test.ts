import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { bundleCommandLine, runCommand, type Ended } from '../support/command-line.ts';
import { compute } from '../support/indicators.ts';

let program = '';
const folder = mkdtempSync(path.join(tmpdir(), 'barsweep-series-'));
const run = (...words: string[]): Promise<Ended> => runCommand(program, words);
const bars = path.join(folder, 'bars.csv');

const rows = Array.from({ length: 80 }, (_, bar) => {
  const close = 100 + ((bar * 37) % 23) / 4;
  return {
    open: close - 0.25,
    high: close + (bar % 3) / 2,
    low: close - 0.5 - (bar % 2) / 4,
    close,
    volume: 1000 + ((bar * 7) % 13),
  };
});
const firstDay = Date.UTC(2024, 0, 1);
const day = (bar: number): number => firstDay + bar * 86_400_000;

beforeAll(async () => {
  const lines = rows.map(({ open, high, low, close, volume }, bar) =>
    [new Date(day(bar)).toISOString().slice(0, 10), open, high, low, close, volume].join(','),
  );
  writeFileSync(bars, `date,open,high,low,close,volume\n${lines.join('\n')}\n`);
  program = await bundleCommandLine('contract-series', 'series');
}, 60_000);

/** Cells of a CSV whose header alone has quotes. */
function cells(csv: string): string[][] {
  return csv
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
}

test('one column per expression, with every digit, empty where there is no value', async () => {
  const { code, out, err } = await run(
    '--bars',
    bars,
    'rsi(close, 14)',
    'sma(close, 20)',
    'close > sma(close, 20)',
    '2 * 3',
    'highest(5) - close',
  );
  expect([code, err]).toEqual([0, '']);
  expect(out.split('\n')[0]).toBe(
    'bar,time,"rsi(close, 14)","sma(close, 20)","close > sma(close, 20)",2 * 3,highest(5) - close',
  );
  const table = cells(out);
  const column = (k: number): number[] => table.map((row) => (row[k] === '' ? NaN : Number(row[k])));
  const close = rows.map((row) => row.close);
  const mean = compute('sma', [close], [20], 2);
  expect(column(0)).toEqual(rows.map((_, bar) => bar));
  expect(column(1)).toEqual(rows.map((_, bar) => day(bar)));
  expect(column(2)).toEqual(compute('rsi', [close], [14], 2));
  expect(column(3)).toEqual(mean);
  expect(column(4)).toEqual(mean.map((value, bar) => Number(close[bar]! > value)));
  expect(new Set(column(5))).toEqual(new Set([6]));
  expect(column(6)).toEqual(compute('highest', [rows.map((row) => row.high)], [5]).map((value, bar) => value - close[bar]!));
});

test('a file, and a time frame that two expressions share', async () => {
  const out = path.join(folder, 'out.csv');
  expect(await run('--bars', bars, `--out=${out}`, 'tf("1W", close)', 'tf("1W", sma(close, 2))')).toEqual({
    code: 0,
    out: '',
    err: '',
  });
  const last = cells(readFileSync(out, 'utf8')).at(-1)!;
  expect(last.slice(2).every((cell) => Number(cell) > 99)).toBe(true);
});

test.each([
  [['rsi(close)'], 'Line 1, column 1. In `rsi(close)`: `rsi` takes 2 arguments and got 1.'],
  [['sma(close, 0)'], 'Line 1, column 12. In `sma(close, 0)`: The period of `sma` takes the value 0.'],
  [['close', 'smaa(close, 3)'], 'Line 1, column 1. In `smaa(close, 3)`: `smaa` is not a function here.'],
  [['close close'], 'Line 1, column 7.'],
  [[''], 'There is nothing.'],
  [['entry_price'], 'known only while a position is held'],
  [['tf("1W", close)', 'tf("1W", sma(close, 0))'], 'In `tf("1W", sma(close, 0))`:'],
  [[], 'no expression is given'],
  [['--lines', '3', 'close'], '`--lines` is not an option'],
])('refuses %j', async (words, message) => {
  const { code, out, err } = await run('--bars', bars, ...words);
  expect([code, out]).toEqual([2, '']);
  expect(err).toContain(message);
});

test('needs bars that can be read, and helps', async () => {
  expect((await run('close')).code).toBe(2);
  const missing = await run('--bars', path.join(folder, 'none.csv'), 'close');
  expect([missing.code, missing.out]).toEqual([2, '']);
  expect((await run('--help')).out).toMatch(/^Usage: npm run --silent series/);
});
