import { PENDING } from '../metrics/state.ts';
import { doneWord } from '../schedule/control.ts';
import type { Lease } from '../schedule/ledger.ts';

/** opening: gets the study; open: runs ranges; leaving: finishes its trial; left: not wanted; lost: could not be started. */
export type SlotPhase = 'opening' | 'open' | 'leaving' | 'left' | 'lost';

/** One worker as a running sweep sees it. */
export interface SweepSlot {
  readonly index: number; // in the pool
  workerIndex: number; // control word; a replacement gets a new one, because a dying worker may still count
  phase: SlotPhase;
  hung: boolean; // the watchdog ended it
  barren: number; // times it was lost in a row without having finished a trial
  inFlight: Held[]; // handed over, oldest first
  startedMs: number; // when the oldest began, as far as the main thread can tell
  busyMs: number; // reported by the worker
  reportedRows: number; // since this worker was opened
  chunks: number;
  rows: number; // finished in all
  retries: number;
}

export interface Held {
  readonly lease: Lease;
  readonly orders: number; // how many orders had been given when it was handed over
}

export function createSlot(index: number, workerIndex: number): SweepSlot {
  return {
    index,
    workerIndex,
    phase: 'opening',
    hung: false,
    barren: 0,
    inFlight: [],
    startedMs: 0,
    busyMs: 0,
    reportedRows: 0,
    chunks: 0,
    rows: 0,
    retries: 0,
  };
}

/** Rows that the worker finished and has not reported yet. */
export function unreportedRows(slot: SweepSlot, control: Int32Array): number {
  if (slot.phase !== 'open' && slot.phase !== 'leaving') return 0;
  // The word begins again after 2^31 rows; the difference does not.
  return Math.max(0, (Atomics.load(control, doneWord(slot.workerIndex)) - slot.reportedRows) | 0);
}

/** The first row of [from, to) without a final state: what lies before it is kept of a chunk that nobody will report. */
export function firstPending(from: number, to: number, states: Int32Array): number {
  let row = from;
  while (row < to && Atomics.load(states, row) !== PENDING) row++;
  return row;
}

/** Read anew: it changes while a call is waited for. */
export function isOpening({ phase }: SweepSlot): boolean {
  return phase === 'opening';
}
