/** Rows as numbers while a file is read: 52 bytes a row in place of its text, and more only for what the file has. */
export interface RowStore {
  count: number;
  capacity: number;
  time: Float64Array; // UTC ms, or wall clock where no zone is told; of an undecided date the part within the day
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  line: Uint32Array;
  packed: Int32Array | null; // dates of undecided order, see TimeReading; 0 where decided
  zone: Int16Array | null; // minutes east of UTC; NO_ZONE where the row says none. null: no row says one
  symbol: Uint16Array | null; // index of the row's market. null: one market
  adjusted: Float64Array | null; // adjusted close
}

/** Stands in `zone` for a time without an offset. */
export const NO_ZONE = -32768;

const WIDE = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

export function makeStore(capacity = 1024): RowStore {
  return {
    count: 0,
    capacity,
    time: new Float64Array(capacity),
    open: new Float64Array(capacity),
    high: new Float64Array(capacity),
    low: new Float64Array(capacity),
    close: new Float64Array(capacity),
    volume: new Float64Array(capacity),
    line: new Uint32Array(capacity),
    packed: null,
    zone: null,
    symbol: null,
    adjusted: null,
  };
}

/** Index of a new row at the end. */
export function addRow(store: RowStore): number {
  if (store.count === store.capacity) grow(store, store.capacity * 2);
  return store.count++;
}

/** Makes room for so many rows in all. */
export function grow(store: RowStore, capacity: number): void {
  for (const key of WIDE) {
    const larger = new Float64Array(capacity);
    larger.set(store[key]);
    store[key] = larger;
  }
  const line = new Uint32Array(capacity);
  line.set(store.line);
  store.line = line;
  if (store.packed !== null) store.packed = enlarge(store.packed, new Int32Array(capacity));
  if (store.zone !== null) store.zone = enlarge(store.zone, new Int16Array(capacity).fill(NO_ZONE));
  if (store.symbol !== null) store.symbol = enlarge(store.symbol, new Uint16Array(capacity));
  if (store.adjusted !== null) store.adjusted = enlarge(store.adjusted, new Float64Array(capacity));
  store.capacity = capacity;
}

function enlarge<T extends { set(source: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}

/** Moves a row to another place; for taking rows out. */
export function moveRow(store: RowStore, from: number, to: number): void {
  if (from === to) return;
  for (const key of WIDE) store[key][to] = store[key][from]!;
  store.line[to] = store.line[from]!;
  if (store.packed !== null) store.packed[to] = store.packed[from]!;
  if (store.zone !== null) store.zone[to] = store.zone[from]!;
  if (store.symbol !== null) store.symbol[to] = store.symbol[from]!;
  if (store.adjusted !== null) store.adjusted[to] = store.adjusted[from]!;
}
