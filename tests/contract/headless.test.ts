import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { bundleCommandLine, runCommand, type Ended } from '../support/command-line.ts';

let cli = '';
const folder = mkdtempSync(path.join(tmpdir(), 'barsweep-'));
const run = (...words: string[]): Promise<Ended> => runCommand(cli, words);

function file(name: string, content: string | Uint8Array): string {
  const full = path.join(folder, name);
  writeFileSync(full, content);
  return full;
}

const study = (more: object, name = 'study.json'): string => file(name, JSON.stringify({ barsweep: 1, ...more }));
const SMALL = {
  strategy: 'ma-cross',
  space: { fast: '5..9 by 2', slow: '8..20 by 4', kind: ['sma'] },
  data: { generate: { kind: 'equity', seed: 3, bars: 400 } },
};

beforeAll(async () => {
  cli = await bundleCommandLine('contract-headless');
}, 60_000);

/** The table of a CSV, by column. */
function column(csv: string, name: string): string[] {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const at = header.split(',').indexOf(name);
  return lines.map((line) => line.split(',')[at] ?? '?');
}

describe('rows', () => {
  test('go to standard output, feasible trials in trial order, progress to standard error', async () => {
    const { code, out, err } = await run(study(SMALL));
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^trial,kind,fast,slow,state,finalEquity,totalReturn,cagr,.*,exposure,ambiguousBars$/);
    expect(column(out, 'trial')).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '9', '10', '11']); // 9 < 8 fails: trial 8
    expect(new Set(column(out, 'state'))).toEqual(new Set(['complete']));
    expect(err).toMatch(/\r100%\|██████████\| 11\/11 \[00:0\d<00:00, [\d.]+ trial\/s\] *\n$/);
  });

  test('have the block moments last where the study stores them, of which the Sharpe ratio is made', async () => {
    const of = study({ ...SMALL, metrics: ['blockMoments', 'sharpe', 'trades'] }, 'blocks.json');
    const [two, one] = [await run(of, '--quiet', '--workers', '2'), await run(of, '--quiet', '--workers', '1')];
    expect(one.out).toBe(two.out);
    const header = one.out.split('\n')[0]!.split(',');
    expect(header.slice(5, 8)).toEqual(['sharpe', 'trades', 'blockSum1']);
    expect(header.slice(-1)).toEqual(['blockSquares16']);
    const sums = Array.from({ length: 16 }, (_, b) => column(one.out, `blockSum${b + 1}`).map(Number));
    const squares = Array.from({ length: 16 }, (_, b) => column(one.out, `blockSquares${b + 1}`).map(Number));
    const n = 400 - 20; // scored from the longest warm-up on, with the bar before a crossing
    column(one.out, 'sharpe').forEach((sharpe, row) => {
      const sum = sums.reduce((all, of) => all + of[row]!, 0);
      const square = squares.reduce((all, of) => all + of[row]!, 0);
      const deviation = Math.sqrt((square - (sum * sum) / n) / (n - 1));
      expect((sum / n / deviation) * Math.sqrt(252)).toBeCloseTo(Number(sharpe), 9);
    });
    const out = path.join(folder, 'blocks-rows.json');
    await run(of, '--quiet', '--out', out);
    const json = JSON.parse(readFileSync(out, 'utf8')) as { rows: { metrics: object }[] };
    expect(Object.keys(json.rows[0]!.metrics)).toEqual(header.slice(5));
  });

  test('of a grid can be its best ones alone, best first, which are rows of the whole', async () => {
    const all = await run(study(SMALL), '--quiet');
    const best = await run(study(SMALL), '--quiet', '--best', '3');
    expect([best.code, best.err]).toEqual([0, '']);
    const lines = all.out.trimEnd().split('\n');
    const sharpe = column(all.out, 'sharpe').map(Number);
    const order = sharpe.map((_, row) => row).sort((a, b) => sharpe[b]! - sharpe[a]! || a - b);
    expect(best.out.trimEnd().split('\n')).toEqual([lines[0], ...order.slice(0, 3).map((row) => lines[row + 1])]);
    const searched = await run(study({ ...SMALL, search: { method: 'random', trials: 5 } }, 'searched.json'), '--best', '3');
    expect(searched.code).toBe(2);
    expect(searched.err).toContain('--best is for a grid, and the study searches with random.');
  });

  test('are the same bytes for every count of workers and every chunk', async () => {
    const words = [study(SMALL), '--quiet'];
    const hashes = new Set<string>();
    for (const more of [
      ['--workers', '1'],
      ['--workers=2', '--chunk=1'],
      ['--workers', '3', '--chunk', '7'],
      ['--chunk', '1000'],
    ]) {
      const { code, out, err } = await run(...words, ...more);
      expect([code, err]).toEqual([0, '']);
      hashes.add(createHash('sha256').update(out).digest('hex'));
    }
    expect(hashes.size).toBe(1);
  });

  test('go to a file in either form, with the same numbers', async () => {
    const [csv, json] = [path.join(folder, 'out.csv'), path.join(folder, 'out.json')];
    expect(await run(study(SMALL), '--quiet', '--out', csv)).toEqual({ code: 0, out: '', err: '' });
    expect(await run(study(SMALL), '--quiet', '--out', json)).toEqual({ code: 0, out: '', err: '' });
    const whole = JSON.parse(readFileSync(json, 'utf8')) as {
      document: object;
      rows: { trial: number; values: object; state: string; metrics: { sharpe: number } }[];
    };
    expect(whole.document).toMatchObject({ ...SMALL, objective: 'sharpe' });
    expect(whole.rows[0]).toMatchObject({ trial: 0, values: { kind: 'sma', fast: 5, slow: 8 }, state: 'complete' });
    expect(whole.rows.map(({ metrics }) => String(metrics.sharpe))).toEqual(column(readFileSync(csv, 'utf8'), 'sharpe'));
  });

  test('have only the metrics that the study stores', async () => {
    const { out } = await run(study({ ...SMALL, metrics: ['trades', 'sharpe'] }), '--quiet');
    expect(out.split('\n')[0]).toBe('trial,kind,fast,slow,state,trades,sharpe');
  });
});

describe('one trial', () => {
  test('its trades make its final equity', async () => {
    const { out: rows } = await run(study(SMALL), '--quiet');
    const at = column(rows, 'trial').indexOf('6');
    const { code, out } = await run(study(SMALL), '--quiet', '--trial', '6');
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toBe(
      'side,entryBar,exitBar,entryTime,exitTime,entryPrice,exitPrice,quantity,pnl,returnFraction,reason,open,costs',
    );
    const pnl = column(out, 'pnl').reduce((sum, text) => sum + Number(text), 10_000);
    expect(pnl).toBeCloseTo(Number(column(rows, 'finalEquity')[at]), 6);
    expect(column(out, 'side')).toHaveLength(Number(column(rows, 'trades')[at]));
  });

  test.each([
    ['8', /^Trial 8\. The trial does not satisfy the constraints \(fast < slow\)\./],
    ['12', /^Trial 12\. There is no trial of this index\. The study has the indices 0 to 11\./],
    ['99999999999999999999', /^Trial 99999999999999999999\. There is no trial/],
  ])('%s is refused', async (trial, message) => {
    const { code, out, err } = await run(study(SMALL), '--trial', trial);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
  });
});

describe('a study without axes, or with one', () => {
  test('is one row, or a line of rows', async () => {
    const text =
      'n = param(5, 3..6 by 1)\nenter long when crossover(close, sma(close, n))\nexit long when crossunder(close, sma(close, n))\n';
    const none = await run(study({ strategy: 'buy-hold', data: SMALL.data }), '--quiet');
    expect(none.code).toBe(0);
    expect(none.out.split('\n')[0]).toMatch(/^trial,state,finalEquity/);
    expect(column(none.out, 'trial')).toEqual(['0']);
    const one = await run(study({ strategy: text, data: SMALL.data }), '--quiet');
    expect(column(one.out, 'n')).toEqual(['3', '4', '5', '6']);
  });
});

describe('a link', () => {
  const FRAGMENT = 's=ma-cross&p.fast=5..9+by+2&p.slow=8..20+by+4&p.kind=sma';

  test('gives the same rows in full, from # on, and behind it', async () => {
    const outs = await Promise.all(
      [`https://example.org/barsweep/#${FRAGMENT}`, `#${FRAGMENT}`, FRAGMENT].map((link) => run(link, '--quiet')),
    );
    expect(outs.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(new Set(outs.map(({ out }) => out)).size).toBe(1);
    expect(column(outs[0]?.out ?? '', 'trial')).toHaveLength(11);
  });
});

describe('bars of a file', () => {
  const lines = Array.from(
    { length: 80 },
    (_, k) =>
      `2024-${String(Math.floor(k / 28) + 1).padStart(2, '0')}-${String((k % 28) + 1).padStart(2, '0')},${20 + (k % 7)},28,19,${20 + ((k * 3) % 8)},5`,
  );
  const csv = `date,open,high,low,close,volume\n${lines.join('\n')}\n`;
  const named = {
    ...SMALL,
    data: { file: { name: 'acme.csv', symbol: 'ACME', hash: 'a'.repeat(64), from: '2023-01-01', to: '2023-02-01', bars: 9 } },
  };

  test('are asked for, and a difference to the sender is said', async () => {
    expect(await run(study(named))).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/file acme\.csv.*--bars FILE/) as string,
    });
    const { code, out, err } = await run(study(named), '--bars', file('mine.csv', csv), '--progress', 'none');
    expect(code).toBe(0);
    expect(column(out, 'trial')).toHaveLength(11);
    expect(err).toMatch(
      /^Note: The bars differ from those of the study: mine\.csv \(ACME, 80 bars, 2024-01-01 to 2024-03-24, hash [0-9a-f]{8}\) instead of acme\.csv \(ACME, 9 bars, .* hash aaaaaaaa\)\.\n$/,
    );
  });

  test('may be gzipped', async () => {
    const plain = await run(study(named), '--bars', file('mine.csv', csv), '--quiet');
    const zipped = await run(study(named), '--bars', file('mine.csv.gz', gzipSync(csv)), '--quiet');
    expect(zipped.out).toBe(plain.out);
  });

  test('that are no bars are refused', async () => {
    const { code, out, err } = await run(study(named), '--bars', file('prose.txt', 'Dear reader,\nthis is no table.\n'));
    expect([code, out]).toEqual([2, '']);
    expect(err).not.toContain('    at ');
    expect((await run(study(named), '--bars', path.join(folder, 'nowhere.csv'))).code).toBe(2);
  });
});

test('results that cannot be written end with 1 and one line', async () => {
  const name = file('read-only.csv', '');
  const readOnly = openSync(name, 'r'); // fails at writing, as a full disk does
  const child = spawn(process.execPath, [cli, study(SMALL), '--quiet'], { stdio: ['ignore', readOnly, 'pipe'] });
  let err = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => (err += text));
  const [code] = (await once(child, 'close')) as [number];
  closeSync(readOnly);
  expect(err).toMatch(/^The results cannot be written: .+\. Make room, or name another file with --out\.\n$/);
  expect(code).toBe(1);
});

describe('bad input ends with 2, one line per fault and nothing on standard output', () => {
  const cases: [string, () => string[], RegExp][] = [
    ['no study', () => [], /no study is named/],
    ['an unknown option', () => [study(SMALL), '--fast'], /^Usage: [\s\S]*`--fast` is not an option/],
    ['a file that is not there', () => [path.join(folder, 'nowhere.json')], /nowhere\.json cannot be read/],
    ['no JSON', () => [file('no.json', '{')], /is no JSON/],
    ['an unknown key', () => [study({ strat: 'ma-cross' })], /`strat` is not a key/],
    ['an unknown strategy', () => [study({ strategy: 'ma-crash' })], /ma-crash/],
    ['a bad text', () => [study({ strategy: 'f = sma(close\nenter long when f > ' })], /Line \d+, column \d+/],
    ['a bad range', () => [study({ ...SMALL, space: { fast: '5..x by 2' } })], /fast/],
    ['a warm-up longer than the data', () => [study({ ...SMALL, space: { slow: '500..600 by 50' } })], /slow/],
    [
      'too many trials',
      () => [
        study({
          strategy: 'a = param(1, 1..100000000 by 1)\nb = param(1, 1..100000000 by 1)\nenter long when close > a + b\n',
          data: SMALL.data,
        }),
      ],
      /do not fit in memory/,
    ],
    ['a damaged link', () => ['#s=ma-cross&z=%%%'], /./],
    ['a folder that is not there', () => [study(SMALL), '--out', path.join(folder, 'no/where.csv')], /cannot be written/],
  ];
  test.each(cases)('%s', async (_, words, message) => {
    const { code, out, err } = await run(...words());
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(message);
    expect(err).not.toMatch(/\n {4}at /);
  });
});

test('--help ends with 0 and names every option', async () => {
  const { code, out, err } = await run('--help');
  expect([code, err]).toEqual([0, '']);
  for (const option of ['--bars', '--workers', '--out', '--trial', '--chunk', '--best', '--progress', '--quiet'])
    expect(out).toContain(option);
});

test('progress in JSON is one object a line', async () => {
  const { err } = await run(study(SMALL), '--progress', 'json');
  const lines = err
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { done: number; total: number });
  expect(lines.at(-1)).toMatchObject({ done: 11, total: 11, fraction: 1, etaMs: 0 });
});

test('an interrupt keeps what is done', async () => {
  // no pairs, which end by the thousand
  const long = study({ strategy: 'donchian', data: { generate: { kind: 'crypto', seed: 1, bars: 400_000 } } }, 'long.json');
  let interrupted = false; // a second one ends the program at once
  const { code, out } = await runCommand(cli, [long, '--progress', 'json'], (text, kill) => {
    if (interrupted || !/"done":[1-9]/.test(text)) return;
    interrupted = true;
    kill('SIGINT');
  });
  expect(code).toBe(130);
  const states = column(out, 'state');
  expect(states.filter((state) => state === 'complete').length).toBeGreaterThan(0);
  expect(states.filter((state) => state === 'pending').length).toBeGreaterThan(0);
}, 60_000);
