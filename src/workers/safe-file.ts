/**
 * A file that survives a crash while it is written: it has two places, which are written in turn, each with a header that tells
 * whether it is whole. The newer whole one counts.
 *
 * Header, 32 bytes: magic, version, float64 number of the write, uint32 length, uint32 check of the bytes; 8 bytes unused.
 */
export const SAFE_HEADER = 32;
const MAGIC = 0x46415342; // "BSAF" in little-endian bytes
const VERSION = 1;

export interface SafeCopy {
  readonly turn: number; // number of the write, from 1
  readonly bytes: ArrayBuffer;
}

export function sealCopy(turn: number, bytes: ArrayBuffer): ArrayBuffer {
  const sealed = new ArrayBuffer(SAFE_HEADER + bytes.byteLength);
  const view = new DataView(sealed);
  view.setUint32(0, MAGIC, true);
  view.setUint32(4, VERSION, true);
  view.setFloat64(8, turn, true);
  view.setUint32(16, bytes.byteLength, true);
  view.setUint32(20, check(new Uint8Array(bytes)), true);
  new Uint8Array(sealed, SAFE_HEADER).set(new Uint8Array(bytes));
  return sealed;
}

/** Null where the bytes are no whole copy. */
export function openCopy(sealed: ArrayBuffer | null): SafeCopy | null {
  if (sealed === null || sealed.byteLength < SAFE_HEADER) return null;
  const view = new DataView(sealed);
  const length = view.getUint32(16, true);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== VERSION) return null;
  if (sealed.byteLength < SAFE_HEADER + length) return null;
  const bytes = sealed.slice(SAFE_HEADER, SAFE_HEADER + length);
  return check(new Uint8Array(bytes)) === view.getUint32(20, true) ? { turn: view.getFloat64(8, true), bytes } : null;
}

export function newerCopy(a: SafeCopy | null, b: SafeCopy | null): SafeCopy | null {
  if (a === null || b === null) return a ?? b;
  return a.turn >= b.turn ? a : b;
}

/** FNV-1a, 32 bits. */
function check(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}
