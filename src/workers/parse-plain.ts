import { cutLine, findDialect } from '../bars/dialect.ts';
import { createPlainLines, isPlainLayout, type PlainLines } from '../bars/fast.ts';
import { READ_DEFAULTS } from '../bars/read-options.ts';
import { checked, createReader, type ReadOptions, type ReadTable, type TableReader } from '../bars/read.ts';
import type { Outcome } from '../core/fault.ts';
import type { RowsRead } from './parse-table.ts';

/** Bytes at the start that show how the table is cut and what its columns are. */
const HEAD = 1 << 19;
/** Bytes in memory at a time; what is read of a file is never held as a whole. */
const PART = 1 << 22;
/** Lines that are not plain: more of them, and the general way is taken from the start. */
const MOST_ODD = 0.02;

/**
 * The fast path for plain tables: numbers, times and one separator, no quotes and no letters beyond ASCII. The first rows go the
 * general way, which decides about the columns; then lines are read from bytes, and each that is not plain goes the general way
 * again. So both ways give the same.
 *
 * @returns null where the file is not of that kind
 */
export async function parsePlain(
  file: Blob,
  options: Partial<ReadOptions>,
  onProgress: RowsRead,
): Promise<Outcome<ReadTable> | null> {
  if (file.size < HEAD) return null;
  const head = new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
  const end = head.lastIndexOf(10) + 1;
  if (end === 0 || !isPlainText(head, 0, end)) return null;
  const text = new TextDecoder().decode(head.subarray(0, end));
  const { delimiter, skip } = findDialect(text);
  if (delimiter === ' ' || delimiter.length !== 1) return null;
  const lines = text.split('\n');
  lines.pop();
  const roomFor = Math.ceil((file.size / end) * lines.length * 1.05) + 1000;
  const reader = createReader({ ...READ_DEFAULTS, ...options, delimiter, roomFor }, null);
  const [line, start] = readHead(reader, lines, skip, delimiter);
  const { intake, layout } = reader;
  if (intake === null || layout === null || !isPlainLayout(layout, intake)) return null;
  const plain = createPlainLines(intake, layout, delimiter.charCodeAt(0), line + 1);
  const whole = await readParts(file, start, delimiter, plain, reader, onProgress);
  if (!whole) return null;
  const read = reader.finish();
  return 'ok' in read ? checked(read, options.answers ?? {}) : null;
}

/** Reads lines until the columns are decided. @returns how many, and where the next one starts: characters here are bytes */
function readHead(reader: TableReader, lines: readonly string[], skip: number, delimiter: string): [number, number] {
  let line = 0;
  let start = 0;
  for (; line < lines.length && reader.intake === null; line++) {
    const cells = cutLine(lines[line]!.replace(/\r$/, ''), delimiter);
    if (line >= skip) reader.push([{ line: line + 1, cells }]);
    start += lines[line]!.length + 1;
  }
  return [line, start];
}

/** Only printable ASCII, tabs and line ends, and no quotes. */
function isPlainText(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at]!;
    if (byte > 126 || byte === 34 || (byte < 32 && byte !== 10 && byte !== 13 && byte !== 9)) return false;
  }
  return true;
}

/** @returns false where the file is not plain after all */
async function readParts(
  file: Blob,
  start: number,
  delimiter: string,
  plain: PlainLines,
  reader: TableReader,
  onProgress: RowsRead,
): Promise<boolean> {
  const decoder = new TextDecoder();
  const first = plain.line;
  let odd = 0;
  let at = start;
  while (at < file.size) {
    const part = new Uint8Array(await file.slice(at, at + PART).arrayBuffer());
    const last = at + part.length >= file.size;
    const bytes = last ? withLineEnd(part) : part;
    if (!isPlainText(bytes, 0, bytes.length)) return false;
    const next = plain.read(bytes, 0, bytes.length, (line, from, to) => {
      odd++;
      reader.push([{ line, cells: cutLine(decoder.decode(bytes.subarray(from, to)), delimiter) }]);
    });
    if (next === 0 || odd > 100 + (plain.line - first) * MOST_ODD) return false;
    if (reader.intake !== null && reader.intake.stopped !== null) return true;
    at += last ? bytes.length : next;
    onProgress(Math.min(1, at / file.size), plain.line);
  }
  return true;
}

/** The last line may have no end. */
function withLineEnd(part: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (part.at(-1) === 10) return part;
  const longer = new Uint8Array(part.length + 1);
  longer.set(part);
  longer[part.length] = 10;
  return longer;
}
