/**
 * How many rows the next chunk has. A chunk should keep a worker busy for about `targetMs`: long enough that a message
 * per chunk costs nothing, short enough that progress flows and that all workers end together.
 *
 * Sizes start small, because nothing is known about a trial's cost; follow the measured time per row, growing at most
 * twofold over the longest chunk that was measured; and shrink at the tail to a share of what is left. Results never depend on them.
 */
export interface Pace {
  /**
   * @param worker 0-based
   * @param remaining rows not handed out yet, ≥ 1
   * @returns rows of this worker's next chunk, 1 … remaining
   */
  next(worker: number, remaining: number): number;
  /** Tells that `rows` rows kept the worker busy for `ms` milliseconds. */
  took(worker: number, rows: number, ms: number): void;
  /** From now on there are so many workers. */
  resize(workers: number): void;
  /** Milliseconds until so many rows are done, all workers together, at the pace of their latest chunks; 0 while nothing is known. */
  expectedMs(rows: number): number;
  /** Rows that a chunk should wait for. */
  readonly together: number;
}

export interface PaceOptions {
  readonly workers: number;
  readonly targetMs?: number; // busy time of a chunk, 25 unless told
  readonly firstRows?: number; // size before anything is measured, 4 unless told
  readonly fixedRows?: number; // every chunk has this size, whatever is measured
  /** Rows that cost less each when a worker has as many as these: a chunk has no fewer while there are. */
  readonly togetherRows?: number;
}

const TARGET_MS = 25;
const FIRST_ROWS = 4;
/** At the tail, below this busy time a chunk costs more in messages than it wins in balance. */
const LEAST_MS = 0.5;
/** The tail is split so that each worker gets about this many more chunks. */
const TAIL_SHARES = 3;
const GROWTH = 2;
const MOST_ROWS = 1 << 20;

export function createPace(options: PaceOptions): Pace {
  const { workers: count, targetMs = TARGET_MS, firstRows = FIRST_ROWS, fixedRows, togetherRows = 1 } = options;
  if (fixedRows !== undefined) return fixedPace(fixedRows);
  const first = Math.max(1, Math.floor(firstRows));
  const sizes: number[] = []; // by worker; empty places are workers that have not reported yet
  const rowMs: number[] = []; // by worker
  const leastRows: number[] = [];
  let workers = count;

  return {
    next(worker, remaining) {
      const share = Math.ceil(remaining / (workers * TAIL_SHARES));
      const tail = Math.max(share, leastRows[worker] ?? 1);
      const together = Math.min(tilted(togetherRows, remaining, workers), remaining);
      return Math.max(together, 1, Math.min(sizes[worker] ?? first, tail, remaining));
    },
    took(worker, rows, ms) {
      if (rows < 1) return;
      const msPerRow = Math.max(ms, 0) / rows;
      const wanted = msPerRow > 0 ? Math.floor(targetMs / msPerRow) : MOST_ROWS;
      const most = Math.max(sizes[worker] ?? 1, rows * GROWTH); // a chunk that had to be short says nothing against long ones
      sizes[worker] = Math.max(1, Math.min(wanted, most, MOST_ROWS));
      rowMs[worker] = msPerRow;
      leastRows[worker] = Math.max(1, msPerRow > 0 ? Math.min(Math.floor(LEAST_MS / msPerRow), MOST_ROWS) : 1);
    },
    resize: (size) => void (workers = size),
    expectedMs(rows) {
      const known = rowMs.filter((ms) => ms > 0);
      return known.length === 0 ? 0 : (rows * known.reduce((sum, ms) => sum + ms, 0)) / known.length / workers;
    },
    together: togetherRows,
  };
}

/** The first of the workers' last parts is smaller than the mean by this share, the last one larger by it. */
const TILT = 0.16;

/**
 * Where rows are cheaper together, the last part of each worker is all that can balance them. Ranges mostly rise, and the averages of
 * short periods, which come first, cross most: equal parts would leave the first one last.
 */
function tilted(rows: number, remaining: number, workers: number): number {
  const part = workers - Math.round(remaining / rows);
  if (rows < 2 || part < 0 || part >= workers || workers < 2) return rows;
  return Math.round(rows * (1 + TILT * ((2 * part) / (workers - 1) - 1)));
}

function fixedPace(rows: number): Pace {
  const size = Math.max(1, Math.floor(rows));
  return {
    next: (_worker, remaining) => Math.min(size, remaining),
    took: () => undefined,
    expectedMs: () => 0,
    resize: () => undefined,
    together: 1,
  };
}

/**
 * Mean rows of a chunk where rows are cheaper together: the total in as few parts as `most`, which none may exceed, allows and all
 * workers share.
 */
export function evenRows(total: number, workers: number, most: number): number {
  const rounds = Math.max(1, Math.ceil((total * (1 + TILT)) / (workers * most)));
  return Math.max(1, Math.ceil(total / (workers * rounds)));
}
