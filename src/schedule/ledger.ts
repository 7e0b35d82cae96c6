import { addRange, countRows, firstOutside, partBefore, type RowRange } from './chunks.ts';

/** A range that a worker holds. It is settled exactly once: `finish`, `giveBack` or `lose`. */
export interface Lease extends RowRange {
  readonly id: number;
  readonly worker: number; // control word of the worker that holds it: a replacement has another
  readonly losses: number; // workers that were lost over its first row
  readonly peeled: boolean; // its first row was tried alone already
  readonly probe: boolean; // taken out of order
}

/**
 * The account of a study's rows: waiting → running (under a worker's number) → done. A row is done only once its final state
 * stands in the results, so whatever happens to a worker, its rows are either done or waiting again.
 *
 * A range whose worker was lost is run again at most `RETRIES` times. Then the guilty row is looked for: first the row where
 * the last worker stood, alone, for workers run rows in order; then by halves.
 */
export interface Ledger {
  /** Rows `[0, to)` have positions now. */
  allow(to: number): void;
  /** Rows that an earlier run finished; they are not handed out. Before the first `take`. */
  restore(ranges: readonly RowRange[]): void;
  /** The next range, at most `rows` long; ranges of a lost worker come first. Null where nothing is ready. */
  take(rows: number, worker: number): Lease | null;
  /** A range out of order, from `row` on; null where it is not free. */
  probe(row: number, rows: number, worker: number): Lease | null;
  /** Rows `[lease.from, to)` are done; the rest of the range waits again, and nobody is blamed. */
  finish(lease: Lease, to: number): void;
  /**
   * The worker was lost while it ran this range.
   * @param kept the first row without a final state
   * @returns the guilty row, once it was tried alone; it stays running until `settle`
   */
  lose(lease: Lease, kept: number): number | null;
  /** Row `row`, found guilty, has its final state. */
  settle(row: number): void;
  /** Ranges finished since the last call, merged, in order. */
  takeCompleted(): RowRange[];
  /** All finished ranges, merged, in order. */
  finished(): readonly RowRange[];
  /** Rows that have positions and are not handed out. */
  readonly waiting: number;
  /** Rows handed out, guilty ones that await their final state included. */
  readonly running: number;
  readonly doneRows: number;
}

/** How often a range is run again before the guilty row is looked for. */
export const RETRIES = 3;

interface Suspect extends RowRange {
  readonly losses: number;
  readonly peeled: boolean;
}

/** @param blockRows no range that is handed out crosses a multiple of it */
export function createLedger(blockRows = Number.POSITIVE_INFINITY): Ledger {
  let allowed = 0;
  let next = 0;
  let leases = 0;
  let running = 0;
  let doneRows = 0;
  let restored: readonly RowRange[] = []; // finished by an earlier run
  let apart: readonly RowRange[] = []; // not handed out in order: restored or probed
  let returned: RowRange[] = []; // given back, nobody blamed
  const suspects: Suspect[] = [];
  let finished: RowRange[] = [];
  let fresh: RowRange[] = [];

  function lend(range: RowRange, worker: number, losses = 0, peeled = false, probe = false): Lease {
    running += range.to - range.from;
    return { from: range.from, to: range.to, id: ++leases, worker, losses, peeled, probe };
  }

  function blockEnd(row: number): number {
    return Number.isFinite(blockRows) ? row - (row % blockRows) + blockRows : row + blockRows;
  }

  function done(range: RowRange): void {
    if (range.to <= range.from) return;
    finished = addRange(finished, range);
    fresh = addRange(fresh, range);
    doneRows += range.to - range.from;
  }

  function blame(from: number, to: number, losses: number, peeled: boolean): void {
    if (to > from) suspects.push({ from, to, losses, peeled });
  }

  return {
    allow(to) {
      if (to <= allowed) return;
      const before = allowed;
      allowed = to;
      for (const range of restored) {
        done({ from: Math.max(range.from, before), to: Math.min(range.to, to) });
      }
    },
    restore(ranges) {
      restored = ranges;
      apart = ranges;
    },
    take(rows, worker) {
      const suspect = suspects.shift();
      if (suspect !== undefined) return lend(suspect, worker, suspect.losses, suspect.peeled);
      const first = returned[0];
      if (first !== undefined) {
        const to = Math.min(first.to, first.from + rows, blockEnd(first.from));
        returned = to < first.to ? [{ from: to, to: first.to }, ...returned.slice(1)] : returned.slice(1);
        return lend({ from: first.from, to }, worker);
      }
      next = firstOutside(apart, next);
      if (next >= allowed) return null;
      const range = partBefore(apart, { from: next, to: Math.min(allowed, next + rows, blockEnd(next)) });
      next = range.to;
      return lend(range, worker);
    },
    probe(row, rows, worker) {
      if (row < next || row >= allowed || firstOutside(apart, row) !== row) return null;
      const range = partBefore(apart, { from: row, to: Math.min(allowed, row + rows, blockEnd(row)) });
      apart = addRange(apart, range);
      return lend(range, worker, 0, false, true);
    },
    finish(lease, to) {
      running -= lease.to - lease.from;
      done({ from: lease.from, to });
      if (to >= lease.to) return;
      if (lease.losses > 0 && to === lease.from) blame(to, lease.to, lease.losses, lease.peeled);
      else returned = addRange(returned, { from: to, to: lease.to });
    },
    lose(lease, kept) {
      const { to } = lease;
      running -= to - lease.from;
      done({ from: lease.from, to: kept });
      const losses = kept > lease.from ? 1 : lease.losses + 1;
      const peeled = kept === lease.from && lease.peeled;
      if (kept >= to) return null;
      if (losses <= RETRIES) {
        blame(kept, to, losses, peeled);
        return null;
      }
      if (to - kept === 1) {
        running++;
        return kept;
      }
      const cut = peeled ? (kept + to) >>> 1 : kept + 1;
      blame(kept, cut, RETRIES, true);
      blame(cut, to, 0, true);
      return null;
    },
    settle(row) {
      running--;
      done({ from: row, to: row + 1 });
    },
    takeCompleted() {
      const completed = fresh;
      fresh = [];
      return completed;
    },
    finished: () => finished,
    get waiting() {
      const ahead = allowed > next ? allowed - next - rowsInside(apart, next, allowed) : 0;
      return ahead + countRows(returned) + countRows(suspects);
    },
    get running() {
      return running;
    },
    get doneRows() {
      return doneRows;
    },
  };
}

/** Rows of the ranges inside [from, to). */
function rowsInside(ranges: readonly RowRange[], from: number, to: number): number {
  let sum = 0;
  for (const range of ranges) sum += Math.max(0, Math.min(range.to, to) - Math.max(range.from, from));
  return sum;
}
