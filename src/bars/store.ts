/** Rows as numbers while a file is read: about 60 bytes a row, in place of its text. */
export interface RowStore {
  count: number;
  capacity: number;
  time: Float64Array; // UTC ms; of an undecided date the part within the day
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  volume: Float64Array;
  line: Uint32Array;
  undecided: Int32Array; // year × 10 000 + first × 100 + second of a date like 02/03/2010; 0 where decided
}

export function makeStore(): RowStore {
  return allocate(1024);
}

function allocate(capacity: number): RowStore {
  const wide = (): Float64Array => new Float64Array(capacity);
  return {
    count: 0,
    capacity,
    time: wide(),
    open: wide(),
    high: wide(),
    low: wide(),
    close: wide(),
    volume: wide(),
    line: new Uint32Array(capacity),
    undecided: new Int32Array(capacity),
  };
}

const WIDE = ['time', 'open', 'high', 'low', 'close', 'volume'] as const;

/** Index of a new row at the end. */
export function addRow(store: RowStore): number {
  if (store.count === store.capacity) {
    const larger = allocate(store.capacity * 2);
    for (const key of WIDE) {
      larger[key].set(store[key]);
      store[key] = larger[key];
    }
    larger.line.set(store.line);
    larger.undecided.set(store.undecided);
    store.line = larger.line;
    store.undecided = larger.undecided;
    store.capacity = larger.capacity;
  }
  return store.count++;
}
