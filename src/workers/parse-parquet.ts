import { decompress } from 'fzstd';
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type FileMetaData } from 'hyparquet';
import { readRows, type ReadOptions, type ReadTable, type TableRow } from '../bars/read.ts';
import { failed, fault, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';

// Imported only when a Parquet file is read: the decoders are larger than everything else that reads files.

const BLOCK = 20_000; // rows held as objects at a time

/** Reads a Parquet file as bars: its columns become a table with a header, times as text. */
export async function parseParquet(
  file: Blob,
  options: Partial<ReadOptions>,
  onProgress: (fraction: number, rows: number) => void,
): Promise<Outcome<ReadTable>> {
  try {
    const bytes = {
      byteLength: file.size,
      slice: (from: number, to?: number) => file.slice(from, to ?? file.size).arrayBuffer(),
    };
    const metadata = await parquetMetadataAsync(bytes);
    const names = columnNames(metadata);
    const rows: (readonly string[])[] = [];
    const total = Number(metadata.num_rows);
    const zoned = names.map((name) => isZoned(metadata, name));
    for (let from = 0; from < total; from += BLOCK) {
      const objects = await parquetReadObjects({
        file: bytes,
        metadata,
        columns: names,
        rowStart: from,
        rowEnd: Math.min(total, from + BLOCK),
        compressors: { ZSTD: (input, length) => decompress(input, new Uint8Array(length)) },
      });
      for (const row of objects) rows.push(names.map((name, i) => textOf(row[name], zoned[i]!)));
      onProgress(Math.min(1, (from + BLOCK) / total), rows.length);
    }
    const header: TableRow = { line: 1, cells: names.map((name) => (name.startsWith('__index') ? '' : name)) };
    return readRows(
      (take) => {
        take([header]);
        for (let from = 0; from < rows.length; from += BLOCK)
          take(rows.slice(from, from + BLOCK).map((cells, i) => ({ line: from + i + 2, cells })));
      },
      { ...options, format: 'Parquet', roomFor: total },
    );
  } catch (error) {
    const message = `The Parquet file cannot be read: ${errorText(error)}.`;
    return failed(
      fault(
        'parquet_unreadable',
        message,
        'Write it again without nesting, packed with snappy, zstd or not at all; or as CSV.',
      ),
    );
  }
}

/** Columns with one value a row. */
function columnNames(metadata: FileMetaData): string[] {
  return parquetSchema(metadata)
    .children.filter(({ children }) => children.length === 0)
    .map(({ element }) => element.name);
}

/** Whether a column's times are instants; wall-clock times say so. */
function isZoned(metadata: FileMetaData, name: string): boolean {
  const type = metadata.schema.find((element) => element.name === name)?.logical_type;
  return type?.type === 'TIMESTAMP' && type.isAdjustedToUTC;
}

function textOf(value: unknown, zoned: boolean): string {
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    const iso = value.toISOString();
    return zoned ? iso : iso.slice(0, -1);
  }
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  if (typeof value === 'bigint' || typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : '';
}
