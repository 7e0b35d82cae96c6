import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { hexOf, sha256Hex } from '../core/hash.ts';
import type { BarColumns } from './columns.ts';
import { barSpacing, priceDecimals } from './measure.ts';

/** Bars in one buffer that threads share: written once by `createBars`, then only read. */
export interface Bars extends BarColumns {
  readonly buffer: ArrayBufferLike;
  readonly decimals: number; // smallest d ≤ 8 that makes every price × 10^d whole and below 2^43; −1 where there is none
  readonly barMs: number; // commonest distance between neighbours
  readonly hash: string; // SHA-256 of everything but magic, version and itself: 64 hex digits
}

// Byte offsets of the header. The hash covers every byte behind it, so that count and decimals are protected as well.
const MAGIC_AT = 0; // uint32
const VERSION_AT = 4; // uint32
const HASH_AT = 8; // 32 bytes
const HASHED_FROM = 40;
const COUNT_AT = 40; // uint32
const COLUMNS_AT = 44; // uint32, bit k: column k of LAYOUT is there
const DECIMALS_AT = 48; // int32
const BAR_MS_AT = 56; // float64
const HEADER_BYTES = 64;

const MAGIC = 0x53524142; // "BARS" in memory order; a machine of the other byte order reads another number
const VERSION = 1;
const ALL_COLUMNS = 0xff;
const MAX_COUNT = 2 ** 27; // 8 GB of columns

/** Columns in memory order; each starts at a multiple of 64 bytes and is padded with zeros. */
const WIDE = ['time', 'open', 'high', 'low', 'close', 'volume'] as const; // float64
const NARROW = ['localDate', 'localMinute'] as const; // int32

function paddedBytes(bytes: number): number {
  return Math.ceil(bytes / 64) * 64;
}

function bufferBytes(count: number): number {
  return HEADER_BYTES + WIDE.length * paddedBytes(count * 8) + NARROW.length * paddedBytes(count * 4);
}

function viewColumns(buffer: ArrayBufferLike, count: number): BarColumns {
  const wide = (k: number): Float64Array => new Float64Array(buffer, HEADER_BYTES + k * paddedBytes(count * 8), count);
  const narrowFrom = HEADER_BYTES + WIDE.length * paddedBytes(count * 8);
  const narrow = (k: number): Int32Array => new Int32Array(buffer, narrowFrom + k * paddedBytes(count * 4), count);
  return {
    count,
    time: wide(0),
    open: wide(1),
    high: wide(2),
    low: wide(3),
    close: wide(4),
    volume: wide(5),
    localDate: narrow(0),
    localMinute: narrow(1),
  };
}

/**
 * Copies columns into one new buffer with a checked header.
 * @param columns ascending by time, without repeats
 */
export function createBars(columns: BarColumns, make: MakeBuffer): Bars {
  const bars = layBars(columns, make);
  return seal(bars, sha256Hex(hashedBytes(bars.buffer)));
}

/** As `createBars`, with a hash that the platform computes. @param digest SHA-256 as 64 hex digits */
export async function createBarsBy(
  columns: BarColumns,
  make: MakeBuffer,
  digest: (bytes: Uint8Array) => Promise<string>,
): Promise<Bars> {
  const bars = layBars(columns, make);
  return seal(bars, await digest(hashedBytes(bars.buffer)));
}

/** Everything but the hash. */
function layBars(columns: BarColumns, make: MakeBuffer): Omit<Bars, 'hash'> {
  const { count } = columns;
  if (count < 1 || count > MAX_COUNT) throw new Error(`Bars hold 1 to ${MAX_COUNT} bars, not ${count}.`);
  const buffer = make(bufferBytes(count));
  const views = viewColumns(buffer, count);
  for (const key of WIDE) views[key].set(columns[key]);
  for (const key of NARROW) views[key].set(columns[key]);

  const decimals = priceDecimals(views);
  const { barMs } = barSpacing(views.time);
  const header = new DataView(buffer, 0, HEADER_BYTES);
  header.setUint32(MAGIC_AT, MAGIC, true);
  header.setUint32(VERSION_AT, VERSION, true);
  header.setUint32(COUNT_AT, count, true);
  header.setUint32(COLUMNS_AT, ALL_COLUMNS, true);
  header.setInt32(DECIMALS_AT, decimals, true);
  header.setFloat64(BAR_MS_AT, barMs, true);
  return { ...views, buffer, decimals, barMs };
}

function seal(bars: Omit<Bars, 'hash'>, hash: string): Bars {
  const stored = new Uint8Array(bars.buffer, HASH_AT, 32);
  for (let i = 0; i < 32; i++) stored[i] = parseInt(hash.slice(2 * i, 2 * i + 2), 16);
  return { ...bars, hash };
}

function hashedBytes(buffer: ArrayBufferLike): Uint8Array {
  return new Uint8Array(buffer, HASHED_FROM);
}

function storedHash(buffer: ArrayBufferLike): string {
  return hexOf(new Uint8Array(buffer, HASH_AT, 32));
}

/** Opens what `createBars` wrote, on any thread. Sizes are checked, the hash is not: see `verifyHash`. */
export function openBars(buffer: ArrayBufferLike): Outcome<Bars> {
  const refuse = (code: string, message: string): Outcome<Bars> => failed(fault(code, message, 'Load the price file again.'));
  if (buffer.byteLength < HEADER_BYTES)
    return refuse('bars_short', `The bars' memory has ${buffer.byteLength} bytes, fewer than its header.`);
  const header = new DataView(buffer, 0, HEADER_BYTES);
  const magic = header.getUint32(MAGIC_AT, true);
  if (magic !== MAGIC) return refuse('bars_magic', `The memory starts with ${magic.toString(16)} and holds no bars.`);
  const version = header.getUint32(VERSION_AT, true);
  if (version !== VERSION) return refuse('bars_version', `The bars have layout ${version} where ${VERSION} is read.`);
  const mask = header.getUint32(COLUMNS_AT, true);
  if (mask !== ALL_COLUMNS)
    return refuse('bars_columns', `The bars have the columns ${mask.toString(2)} where ${ALL_COLUMNS.toString(2)} are read.`);
  const count = header.getUint32(COUNT_AT, true);
  if (count < 1 || count > MAX_COUNT || buffer.byteLength !== bufferBytes(count)) {
    return refuse('bars_size', `${count} bars do not fit memory of ${buffer.byteLength} bytes.`);
  }
  const decimals = header.getInt32(DECIMALS_AT, true);
  const barMs = header.getFloat64(BAR_MS_AT, true);
  if (decimals < -1 || decimals > 8 || !(barMs > 0))
    return refuse('bars_header', `The bars claim ${decimals} decimals and a spacing of ${barMs} ms.`);
  return ok({ ...viewColumns(buffer, count), buffer, decimals, barMs, hash: storedHash(buffer) });
}

/** Whether the content still is what was hashed at its creation. */
export function verifyHash(bars: Bars): boolean {
  return sha256Hex(hashedBytes(bars.buffer)) === bars.hash;
}
