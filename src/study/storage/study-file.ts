import { failed, fault, ok, type Outcome } from '../../core/fault.ts';
import { decodeRecord, encodeRecord, type StudyRecord } from './record.ts';

/**
 * A kept study as one file: gzip over a header (magic, version, three lengths), the record as JSON, the rows, and the bars where
 * they came from a file, so that whoever opens it needs nothing else.
 */
const MAGIC = 0x59445453; // "STDY" in little-endian bytes
const VERSION = 1;
const HEADER = 32;
const MOST_BYTES = 2 ** 31 - 1;

export interface StudyParts {
  readonly record: StudyRecord;
  readonly rows: ArrayBuffer;
  readonly bars: ArrayBuffer | null;
}

export async function packStudy({ record, rows, bars }: StudyParts): Promise<Blob> {
  const json = encodeRecord(record);
  const header = new DataView(new ArrayBuffer(HEADER));
  header.setUint32(0, MAGIC, true);
  header.setUint32(4, VERSION, true);
  for (const [k, length] of [json.byteLength, rows.byteLength, bars?.byteLength ?? 0].entries())
    header.setFloat64(8 + 8 * k, length, true);
  const plain = new Blob([header.buffer, json, rows, ...(bars === null ? [] : [bars])]);
  return new Response(plain.stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

export async function unpackStudy(file: Blob): Promise<Outcome<StudyParts>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = await inflate(file);
  } catch {
    return notOne('it is not whole, or no such file');
  }
  if (bytes.length < HEADER) return notOne('it is too short');
  const header = new DataView(bytes.buffer, 0, HEADER);
  if (header.getUint32(0, true) !== MAGIC) return notOne('it does not begin like one');
  if (header.getUint32(4, true) !== VERSION)
    return notOne(`it is of version ${header.getUint32(4, true)}, this page reads ${VERSION}`);
  const [json = 0, rows = 0, bars = 0] = [8, 16, 24].map((at) => header.getFloat64(at, true));
  if (HEADER + json + rows + bars !== bytes.length) return notOne('its parts are not of the length that it says');
  const record = decodeRecord(bytes.buffer.slice(HEADER, HEADER + json));
  if (!record.ok) return record;
  const rowsEnd = HEADER + json + rows;
  return ok({
    record: record.value,
    rows: bytes.buffer.slice(HEADER + json, rowsEnd),
    bars: bars === 0 ? null : bytes.buffer.slice(rowsEnd, rowsEnd + bars),
  });
}

/** A small file may unpack to a huge one: it is given up where memory would end. */
async function inflate(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > MOST_BYTES) {
      await reader.cancel();
      throw new RangeError('too large');
    }
    parts.push(value);
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function notOne(what: string): Outcome<StudyParts> {
  return failed(fault('study_file', `This is no study file: ${what}.`, 'Choose a file that was exported from the notebook.'));
}
