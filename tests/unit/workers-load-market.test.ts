import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { openBars, verifyHash } from '../../src/bars/buffer.ts';
import { SAMPLES } from '../../src/bars/samples.ts';
import type { Outcome } from '../../src/core/fault.ts';
import { loadMarket } from '../../src/workers/load-market.ts';
import type { Imported, ImportRequest } from '../../src/workers/import-messages.ts';

const HEADER = 'Date,Open,High,Low,Close,Volume';
const CSV = [
  HEADER,
  ...Array.from(
    { length: 20 },
    (_, k) => `2024-01-${String(k + 1).padStart(2, '0')},${k + 10},${k + 12},${k + 9},${k + 11},100`,
  ),
  '',
].join('\n');

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
const load = (request: ImportRequest): Promise<Outcome<Imported>> => loadMarket(request, shared);

async function loaded(request: ImportRequest): Promise<Imported> {
  const outcome = await load(request);
  if (!outcome.ok) throw new Error(outcome.faults[0].message);
  return outcome.value;
}

const barsOf = ({ market }: Imported) => {
  const bars = openBars(market.buffer);
  if (!bars.ok) throw new Error(bars.faults[0].message);
  return bars.value;
};

describe('a market is loaded', () => {
  test('from text, into shared memory', async () => {
    const imported = await loaded({ source: { kind: 'text', text: CSV, name: 'prices/ACME.csv' } });
    expect(imported.market).toMatchObject({ symbol: 'ACME', name: 'prices/ACME.csv', synthetic: false, zone: 'unknown' });
    expect(imported.market.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(imported.report).toMatchObject({ rows: 20, bars: 20, delimiter: ',' });
    const bars = barsOf(imported);
    expect(bars.count).toBe(20);
    expect(bars.close[19]).toBe(30);
    expect(verifyHash(bars)).toBe(true);
    expect(imported.hash).toBe(bars.hash);
  });

  test.each([',', '\t', ';', '|'])('cut at %j', async (delimiter) => {
    const imported = await loaded({ source: { kind: 'text', text: CSV.replaceAll(',', delimiter), name: 'a.csv' } });
    expect(imported.report.delimiter).toBe(delimiter);
    expect(imported.report.bars).toBe(20);
  });

  test('from a gzipped file with the same hash, whatever its name', async () => {
    const plain = await loaded({ source: { kind: 'text', text: CSV, name: 'a.csv' } });
    const zipped = await loaded({ source: { kind: 'file', file: new Blob([gzipSync(CSV)]), name: 'b.csv.gz' }, symbol: 'B' });
    expect(zipped.hash).toBe(plain.hash);
    expect(zipped.market.symbol).toBe('B');
  });

  test('with \\r\\n, quotes and a mark at its start', async () => {
    const text = '\ufeff' + CSV.replaceAll('\n', '\r\n').replace('2024-01-03', '"2024-01-03"');
    expect((await loaded({ source: { kind: 'text', text, name: 'a.csv' } })).report.bars).toBe(20);
  });

  test('cut to a range of dates, both included, with the hash of the whole', async () => {
    const whole = await loaded({ source: { kind: 'text', text: CSV, name: 'a.csv' } });
    const cut = await loaded({ source: { kind: 'text', text: CSV, name: 'a.csv' }, from: '2024-01-05', to: '2024-01-09' });
    expect(barsOf(cut).count).toBe(5);
    expect(barsOf(cut).close[0]).toBe(15);
    expect(cut.hash).toBe(whole.hash);
    expect(barsOf(cut).hash).not.toBe(whole.hash);
    const again = await loaded({ source: { kind: 'market', market: whole.market }, from: '2024-01-05', to: '2024-01-09' });
    expect(barsOf(again).hash).toBe(barsOf(cut).hash);
    expect(again.market).toMatchObject({ symbol: 'a', name: 'a.csv', synthetic: false });
  });

  test('as a sample or generated, said to be synthetic', async () => {
    const sample = await loaded({ source: { kind: 'sample', sample: 'daily' } });
    expect(sample.market).toMatchObject({ symbol: SAMPLES.daily.symbol, synthetic: true });
    expect(sample.report.bars).toBe(SAMPLES.daily.spec.bars);
    const same = await loaded({ source: { kind: 'generate', spec: SAMPLES.daily.spec } });
    expect(same.hash).toBe(sample.hash);
    expect(same.market.synthetic).toBe(true);
  });

  test('refused rows are told with the line of the file, behind quoted line ends and empty lines too', async () => {
    const lines = CSV.split('\n');
    lines[3] = '"2024-01-03",12,14,11,"1\n3",100'; // lines 4 and 5
    lines.splice(6, 0, ''); // line 8
    lines[10] = '2024-01-10,x,1,1,1,1'; // line 12
    const { report } = await loaded({ source: { kind: 'text', text: lines.join('\n'), name: 'a.csv' } });
    expect(report.refused.map(({ line }) => line)).toEqual([4, 12]);
    expect(report.repaired.map(({ line }) => line)).toEqual([8]);
  });

  test('large texts are read in blocks, with the right lines and growing progress', async () => {
    const rows = Array.from({ length: 60_000 }, (_, k) => `${1_600_000_000 + k * 60},1.5,2.5,0.5,1.25,7`);
    rows[59_000] = `${1_600_000_000 + 59_000 * 60},1.5,bad,0.5,1.25,7`;
    const seen: number[] = [];
    const text = ['time,open,high,low,close,volume', ...rows].join('\n');
    const outcome = await loadMarket(
      { source: { kind: 'file', file: new Blob([text]), name: 'm.csv' } },
      shared,
      ({ fraction }) => seen.push(fraction),
    );
    expect(outcome.ok && outcome.value.report).toMatchObject({ rows: 60_000, bars: 59_999, refused: [{ line: 59_002 }] });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });
});

describe('what cannot be loaded is a fault', () => {
  test.each<[string, ImportRequest]>([
    ['empty text', { source: { kind: 'text', text: '', name: 'a.csv' } }],
    ['prose', { source: { kind: 'text', text: 'Dear reader,\nthis is no table.\n', name: 'a.txt' } }],
    [
      'binary data',
      { source: { kind: 'file', file: new Blob([new Uint8Array(2000).map((_, k) => (k * 97) % 256)]), name: 'a.bin' } },
    ],
    ['half a gzip file', { source: { kind: 'file', file: new Blob([gzipSync(CSV).subarray(0, 60)]), name: 'a.gz' } }],
    ['no bar in the range', { source: { kind: 'text', text: CSV, name: 'a.csv' }, from: '2025-01-01' }],
    ['a date that is none', { source: { kind: 'text', text: CSV, name: 'a.csv' }, from: '2025-13-01' }],
    ['too many generated bars', { source: { kind: 'generate', spec: { kind: 'fx', seed: 1, bars: 1e12 } } }],
    [
      'damaged memory',
      {
        source: { kind: 'market', market: { symbol: '', name: '', buffer: new ArrayBuffer(8), synthetic: false, zone: 'UTC' } },
      },
    ],
  ])('%s', async (_, request) => {
    const outcome = await load(request);
    expect(outcome.ok).toBe(false);
    expect(outcome.ok ? '' : outcome.faults[0].advice).not.toBe('');
  });

  test('memory that cannot be had', async () => {
    const outcome = await loadMarket({ source: { kind: 'text', text: CSV, name: 'a.csv' } }, () => {
      throw new RangeError('Array buffer allocation failed');
    });
    expect(outcome).toMatchObject({ ok: false, faults: [{ code: 'import_failed' }] });
  });
});
