import { PENDING } from '../metrics/state.ts';
import type { RowRange } from '../schedule/chunks.ts';
import { doneWord } from '../schedule/control.ts';

/** One worker as a running sweep sees it. */
export interface SweepSlot {
  readonly index: number; // in the pool
  workerIndex: number; // control word; a replacement gets a new one, because a dying worker may still count
  opened: boolean;
  deaths: number;
  inFlight: RowRange[]; // handed over, oldest first
  startedMs: number; // when the oldest began, as far as the main thread can tell
  busyMs: number; // reported by the worker
  reportedRows: number; // since this worker was opened
}

export function createSlot(index: number): SweepSlot {
  return { index, workerIndex: index, opened: false, deaths: 0, inFlight: [], startedMs: 0, busyMs: 0, reportedRows: 0 };
}

/** Rows that the worker finished and has not reported yet. */
export function unreportedRows(slot: SweepSlot, control: Int32Array): number {
  const counted = Atomics.load(control, doneWord(slot.workerIndex)) - slot.reportedRows;
  return slot.opened ? Math.max(0, counted) : 0;
}

/** The part of a range whose rows are final, from its start: what is kept of a chunk that nobody will report. */
export function finishedPrefix(range: RowRange, states: Int32Array): RowRange {
  let to = range.from;
  while (to < range.to && Atomics.load(states, to) !== PENDING) to++;
  return { from: range.from, to };
}
