import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32, deflateRawSync, gzipSync } from 'node:zlib';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { csvBars } from './page.ts';

/** One file of a kind that people bring. */
export interface Family {
  readonly kind: string;
  readonly name: string; // of the file
  readonly bytes: Buffer;
  readonly binary?: boolean; // cannot be pasted as text
  readonly asks?: boolean; // has a question, whose preselected answer is taken
}

const golden = (name: string): Buffer => readFileSync(fileURLToPath(new URL(`../../golden/vendors/${name}`, import.meta.url)));
const vendor = (kind: string, name: string, rest: Partial<Family> = {}): Family => ({
  kind,
  name,
  bytes: golden(name),
  ...rest,
});
const own = (kind: string, name: string, bytes: string | Buffer, rest: Partial<Family> = {}): Family => ({
  kind,
  name,
  bytes: Buffer.from(bytes),
  ...rest,
});

const [header, ...body] = csvBars(60).trimEnd().split('\n');
const rows = body.map((line) => line.split(','));
const closes = rows.map(([date = '', , , , close = '']) => [date, close] as const);

/** A zip archive of one file. */
function zipOf(name: string, content: string): Buffer {
  const data = deflateRawSync(content);
  const sizes = (record: Buffer, at: number): void => {
    record.writeUInt32LE(crc32(content), at);
    record.writeUInt32LE(data.length, at + 4);
    record.writeUInt32LE(Buffer.byteLength(content), at + 8);
    record.writeUInt16LE(name.length, at + 12);
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  sizes(local, 14);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(8, 10);
  sizes(central, 16);
  const end = Buffer.alloc(22);
  const from = local.length + name.length + data.length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + name.length, 12);
  end.writeUInt32LE(from, 16);
  return Buffer.concat([local, Buffer.from(name), data, central, Buffer.from(name), end]);
}

function parquet(): Buffer {
  const numbers = (column: number): number[] => rows.map((row) => Number(row[column]));
  const columnData = [
    { name: 'date', data: rows.map(([date = '']) => new Date(date)), type: 'TIMESTAMP' as const },
    ...['open', 'high', 'low', 'close', 'volume'].map((name, k) => ({ name, data: numbers(k + 1), type: 'DOUBLE' as const })),
  ];
  return Buffer.from(parquetWriteBuffer({ columnData }));
}

function ticks(): string {
  const lines = ['time,price,amount'];
  for (let i = 0, at = Date.UTC(2024, 0, 2, 9); i < 900; i++) {
    at += 1000 + ((i * 7919) % 23) * 1000;
    lines.push(`${new Date(at).toISOString()},${(100 + (((i * 31) % 67) - 33) / 100).toFixed(2)},${1 + (i % 7)}`);
  }
  return lines.join('\n');
}

export const FAMILIES: readonly Family[] = [
  vendor('CSV with commas', 'yahoo.csv'),
  vendor('German CSV', 'investing-de.csv'),
  vendor('CSV with semicolons', 'excel-fr.csv'),
  vendor('Excel paste', 'excel-de.tsv'),
  vendor('MetaTrader', 'metatrader5.csv'),
  vendor('JSON arrays', 'coinbase.json'),
  vendor('JSON objects', 'tiingo.json'),
  vendor('JSON columns', 'finnhub.json'),
  vendor('JSON by date', 'alpha-vantage.json'),
  vendor('dates that can be read in two ways', 'kibot.txt', { asks: true }),
  own('gzip', 'packed.csv.gz', gzipSync(golden('stooq.csv')), { binary: true }),
  own('zip', 'packed.zip', zipOf('bars.csv', csvBars(60)), { binary: true }),
  own('Parquet', 'bars.parquet', parquet(), { binary: true }),
  own('UTF-16', 'wide-letters.csv', Buffer.from(`\ufeff${csvBars(60)}`, 'utf16le'), { binary: true }),
  own('several markets in rows', 'long.csv', longFile(), { asks: true }),
  own('a market per column', 'columns.csv', wideFile(), { asks: true }),
  own('closes alone', 'closes.csv', ['date,close', ...closes.map((row) => row.join(','))].join('\n')),
  own('single trades', 'trades.csv', ticks(), { asks: true }),
];

function longFile(): string {
  const lines = rows.flatMap((row) => [`AAA,${row.join(',')}`, `BBB,${row.join(',')}`]);
  return [`symbol,${header ?? ''}`, ...lines].join('\n');
}

function wideFile(): string {
  return ['date,AAA,BBB', ...closes.map(([date, close]) => `${date},${close},${Number(close) * 2}`)].join('\n');
}
