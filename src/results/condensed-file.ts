import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { openRows } from '../metrics/rows.ts';
import { cellsFrom, condensedBytes, tallyBytes, type CondensedShape } from './condensed-shape.ts';
import { condensedOver, tallyOver, type Condensed } from './condensed.ts';

/** Words of the header, float64 each: magic, version, committed rows, best trials, failed trials. */
const MAGIC = 0x434f4e44; // "COND"
const VERSION = 1;
const HEADER = 64;

/** One file: the header, the kept rows, the tally. Equal studies that ended have equal bytes. */
export function encodeCondensed({ rows, tally, committed, count, failed: failures }: Condensed): ArrayBuffer {
  const bytes = new Uint8Array(HEADER + rows.buffer.byteLength + tally.buffer.byteLength);
  new Float64Array(bytes.buffer, 0, 5).set([MAGIC, VERSION, committed, count, failures]);
  bytes.set(new Uint8Array(rows.buffer), HEADER);
  bytes.set(new Uint8Array(tally.buffer), HEADER + rows.buffer.byteLength);
  return bytes.buffer;
}

/** Opens what was kept, after checking it: it may come from another version or from a stranger's file. */
export function decodeCondensed(bytes: ArrayBuffer, shape: CondensedShape, make: MakeBuffer): Outcome<Condensed> {
  if (bytes.byteLength !== HEADER + condensedBytes(shape)) return damaged(`they have ${bytes.byteLength} bytes`);
  const [magic, version, committed = NaN, count = NaN, failures = NaN] = new Float64Array(bytes, 0, 5);
  if (magic !== MAGIC || version !== VERSION) return damaged('they do not begin like such results');
  if (!isCount(committed, Number.MAX_SAFE_INTEGER) || !isCount(count, shape.best))
    return damaged('their counts are impossible');
  if (!isCount(failures, cellsFrom(shape) - shape.best)) return damaged('their counts are impossible');
  const at = bytes.byteLength - tallyBytes(shape);
  const memory = make(at - HEADER);
  new Uint8Array(memory).set(new Uint8Array(bytes, HEADER, at - HEADER));
  const rows = openRows(memory);
  if (!rows.ok) return rows;
  for (const [a, column] of rows.value.positions.entries()) {
    if (column.some((position) => position >= (shape.sizes[a] ?? 0))) return damaged('a trial lies outside its axes');
  }
  return ok(condensedOver(shape, rows.value, tallyOver(shape, bytes.slice(at)), { committed, count, failed: failures }));
}

function isCount(value: number, most: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= most;
}

function damaged(what: string): Outcome<Condensed> {
  return failed(fault('rows_damaged', `The kept results cannot be read: ${what}.`, 'Run the study again.'));
}
