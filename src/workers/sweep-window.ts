import type { Rows } from '../metrics/rows.ts';
import { SEGMENT_ROWS } from '../results/condensed-shape.ts';
import type { Condensed } from '../results/condensed.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { Window } from './sweep-options.ts';

/** Moves the window of rows on: commits segments whose rows are all done, in order. */
export interface Moving {
  /** Rows that may have positions now. */
  room(): number;
  /** Commits what is done, for a few milliseconds at most. @returns whether more is ready @param last no further row will come */
  commit(finished: readonly RowRange[], last: boolean): boolean;
  /** A worker that ran rows was ended while busy: places are not used again while it may go on writing. */
  hold(untilMs: number): void;
  /** Whether that time has not passed yet. */
  held(): boolean;
}

/** Rows that go into condensed results. */
export function windowOver(condensed: Condensed): Window {
  const { committed } = condensed;
  return { segmentRows: SEGMENT_ROWS, committed, commit: (...segment) => condensed.commit(...segment) };
}

const COMMIT_MS = 4;

export function createMoving(rows: Rows, window: Window, now: () => number): Moving {
  let committed = 0;
  let heldUntilMs = -Infinity;
  let heldAt = 0;
  return {
    room: () => (now() < heldUntilMs ? heldAt : committed + rows.rowCount),
    commit(finished, last) {
      const { segmentRows, committed: before } = window;
      const first = finished[0];
      const done = first?.from === 0 ? first.to : 0;
      committed = Math.max(committed, Math.min(before, done));
      const from = now();
      while (committed < done) {
        const to = Math.min(done, committed + segmentRows);
        if (to - committed < segmentRows && !last) return false;
        if (now() - from > COMMIT_MS) return true;
        const at = committed;
        committed = to; // before the call: who hears of it may end the study, which commits what is left
        window.commit(rows, at % rows.rowCount, at, to - at);
      }
      return false;
    },
    held: () => now() < heldUntilMs,
    hold(untilMs) {
      if (now() >= heldUntilMs) heldAt = committed + rows.rowCount;
      heldUntilMs = Math.max(heldUntilMs, untilMs);
    },
  };
}
