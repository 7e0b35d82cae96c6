import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { BLOCK_COLUMN, BLOCK_NUMBERS } from './blocks.ts';

/**
 * Rows: one study's results, column by column in one buffer. The sampler writes positions, the worker that holds a row's
 * chunk writes its metric columns and then its state word with `Atomics.store`, so whoever sees a state sees its metrics.
 *
 * Layout (bytes): header of 16 uint32 words, then `states` int32[rows], `markets` int32[rows], `positions` uint32[rows] per
 * axis, padding to 8, then float64[rows] per metric column, then float64[32] per row where block moments are stored.
 */
export interface Rows {
  readonly buffer: ArrayBufferLike;
  readonly rowCount: number;
  readonly states: Int32Array; // codes of metrics/state
  readonly markets: Int32Array; // market number of each row, 0 while studies have one market
  readonly positions: readonly Uint32Array[]; // one column per axis
  readonly columns: readonly Float64Array[]; // one per stored metric, in the order of `metrics`
  readonly metrics: readonly number[]; // indices into METRICS
  readonly moments: Float64Array; // block moments (metrics/blocks), row after row: not a column, so that a trial's are written at once
  readonly stored: readonly number[]; // `metrics`, and BLOCK_COLUMN behind them where there are block moments: as in RowsShape
}

export interface RowsShape {
  readonly rowCount: number;
  readonly axisCount: number;
  readonly metrics: readonly number[]; // indices into METRICS, then BLOCK_COLUMN where block moments are stored; at most 128
}

const MAGIC = 0x53574f52; // "ROWS" in little-endian bytes
const VERSION = 1;
const METRIC_SLOTS = 128; // one byte each, after 8 header words
const HEADER_BYTES = 32 + METRIC_SLOTS;

/** Bytes that a study's rows take. */
export function rowsBytes({ rowCount, axisCount, metrics }: RowsShape): number {
  return columnsOffset(rowCount, axisCount) + rowCount * 8 * (plainOf(metrics).length + momentsOf(metrics));
}

/** Makes empty rows, every state `pending`. */
export function createRows(shape: RowsShape, make: MakeBuffer): Rows {
  const { rowCount, axisCount, metrics } = shape;
  if (metrics.length > METRIC_SLOTS) throw new RangeError(`${metrics.length} metric columns, at most ${METRIC_SLOTS}`);
  const buffer = make(rowsBytes(shape));
  new Uint32Array(buffer, 0, 8).set([MAGIC, VERSION, rowCount, axisCount, metrics.length]);
  new Uint8Array(buffer, 32, METRIC_SLOTS).set(metrics);
  return view(buffer, shape);
}

/** Opens the same bytes on another thread, after checking them. */
export function openRows(buffer: ArrayBufferLike): Outcome<Rows> {
  if (buffer.byteLength < HEADER_BYTES) return broken(`${buffer.byteLength} bytes are too few for a header`);
  const [magic, version, rowCount = 0, axisCount = 0, columnCount = 0] = new Uint32Array(buffer, 0, 8);
  if (magic !== MAGIC) return broken('the first word is not the magic number of rows');
  if (version !== VERSION) return broken(`version ${version} where ${VERSION} was expected`);
  const metrics = [...new Uint8Array(buffer, 32, METRIC_SLOTS)].slice(0, columnCount);
  const shape = { rowCount, axisCount, metrics };
  const bytes = rowsBytes(shape);
  if (buffer.byteLength !== bytes) return broken(`${buffer.byteLength} bytes where ${bytes} were expected`);
  return ok(view(buffer, shape));
}

function view(buffer: ArrayBufferLike, { rowCount, axisCount, metrics }: RowsShape): Rows {
  let at = HEADER_BYTES;
  const words = (): number => (at += rowCount * 4) - rowCount * 4;
  const states = new Int32Array(buffer, words(), rowCount);
  const markets = new Int32Array(buffer, words(), rowCount);
  const positions = Array.from({ length: axisCount }, () => new Uint32Array(buffer, words(), rowCount));
  const first = columnsOffset(rowCount, axisCount);
  const plain = plainOf(metrics);
  const columns = plain.map((_, k) => new Float64Array(buffer, first + k * rowCount * 8, rowCount));
  const moments = new Float64Array(buffer, first + plain.length * rowCount * 8, rowCount * momentsOf(metrics));
  return { buffer, rowCount, states, markets, positions, columns, metrics: plain, moments, stored: metrics };
}

function plainOf(metrics: readonly number[]): readonly number[] {
  return momentsOf(metrics) > 0 ? metrics.slice(0, -1) : metrics;
}

/** Numbers of block moments in a row. */
function momentsOf(metrics: readonly number[]): number {
  return metrics.at(-1) === BLOCK_COLUMN ? BLOCK_NUMBERS : 0;
}

function columnsOffset(rowCount: number, axisCount: number): number {
  return Math.ceil((HEADER_BYTES + rowCount * 4 * (2 + axisCount)) / 8) * 8;
}

function broken(what: string): Outcome<Rows> {
  return failed(fault('rows_damaged', `The results' memory cannot be read: ${what}.`, 'Run the study again.'));
}
