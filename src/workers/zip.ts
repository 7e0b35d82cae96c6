import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { unpack } from './read-file.ts';

/** One file inside a zip archive. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number; // 0 stored, 8 deflated
  readonly packed: number; // bytes
  readonly size: number; // bytes unpacked
  readonly at: number; // of its local header
  readonly locked: boolean; // with a password
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_END = 65_557; // the end record and the longest comment
const MOST_ENTRIES = 2000;

function damaged(): Outcome<never> {
  return failed(fault('zip_damaged', 'The file is a zip archive, and damaged.', 'Unpack it yourself and load what is inside.'));
}

/** The directory of an archive: PKWARE's APPNOTE 4.3.12, without archives over several disks and ZIP64. */
export async function listZip(file: Blob): Promise<Outcome<readonly ZipEntry[]>> {
  const tailAt = Math.max(0, file.size - LONGEST_END);
  const tail = new DataView(await file.slice(tailAt).arrayBuffer());
  let end = tail.byteLength - 22;
  while (end >= 0 && tail.getUint32(end, true) !== END) end--;
  if (end < 0) return damaged();
  const count = Math.min(tail.getUint16(end + 10, true), MOST_ENTRIES);
  const bytes = tail.getUint32(end + 12, true);
  const from = tail.getUint32(end + 16, true);
  if (from + bytes > file.size) return damaged();
  const directory = new DataView(await file.slice(from, from + bytes).arrayBuffer());
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + 46 > directory.byteLength || directory.getUint32(at, true) !== CENTRAL) return damaged();
    const nameBytes = directory.getUint16(at + 28, true);
    const next = at + 46 + nameBytes + directory.getUint16(at + 30, true) + directory.getUint16(at + 32, true);
    if (next > directory.byteLength) return damaged();
    entries.push({
      name: new TextDecoder().decode(new Uint8Array(directory.buffer, at + 46, nameBytes)),
      method: directory.getUint16(at + 10, true),
      packed: directory.getUint32(at + 20, true),
      size: directory.getUint32(at + 24, true),
      at: directory.getUint32(at + 42, true),
      locked: (directory.getUint16(at + 8, true) & 1) === 1,
    });
    at = next;
  }
  return ok(entries);
}

/** One file of an archive, unpacked. */
export async function openZipEntry(file: Blob, entry: ZipEntry): Promise<Outcome<Blob>> {
  if (entry.locked) {
    return failed(
      fault('zip_locked', `${entry.name} is locked with a password.`, 'Unpack it yourself and load what is inside.'),
    );
  }
  const header = new DataView(await file.slice(entry.at, entry.at + 30).arrayBuffer());
  if (header.byteLength < 30 || header.getUint32(0, true) !== LOCAL) return damaged();
  const from = entry.at + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(from, from + entry.packed);
  if (entry.method === 0) return ok(packed);
  if (entry.method !== 8)
    return failed(fault('zip_method', `${entry.name} is packed in a way that is not read.`, 'Unpack it yourself.'));
  return unpack(packed, 'deflate-raw', 'zip_damaged');
}

export function largestEntry(entries: readonly ZipEntry[]): ZipEntry | undefined {
  return entries.reduce<ZipEntry | undefined>(
    (most, one) => (most === undefined || one.size > most.size ? one : most),
    undefined,
  );
}
