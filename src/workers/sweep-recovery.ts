import { BLOCK_NUMBERS } from '../metrics/blocks.ts';
import type { Rows } from '../metrics/rows.ts';
import { FAILED, PENDING } from '../metrics/state.ts';
import type { Lease, Ledger } from '../schedule/ledger.ts';
import { firstPending, type SweepSlot } from './sweep-slot.ts';

/** What becomes of the ranges of a worker that is gone. */
export interface Recovery {
  /** The range that the worker ran is suspect; what it had not begun is simply handed out again. */
  blame(slot: SweepSlot, reason: string): void;
  /** Nobody is blamed: what is finished is kept, the rest is handed out again. */
  giveBack(slot: SweepSlot): void;
}

export interface RecoveryOptions {
  readonly rows: Rows;
  readonly ledger: Ledger;
  readonly graceMs: number;
  /** Rows [from, to) have their final state. */
  readonly done: (slot: SweepSlot | null, from: number, to: number) => void;
  /** A trial took every worker that ran it along, and its row is failed. */
  readonly convicted: (row: number, reason: string) => void;
  /** A trial failed, and its worker was lost before it told why. */
  readonly untold: (row: number, reason: string) => void;
  /** Whether the sweep has ended. */
  readonly over: () => boolean;
}

export function createRecovery({ rows, ledger, graceMs, done, convicted, untold, over }: RecoveryOptions): Recovery {
  function keptOf(lease: Lease): number {
    const from = lease.from % rows.rowCount;
    return lease.from + firstPending(from, from + lease.to - lease.from, rows.states) - from;
  }

  function keep(slot: SweepSlot, lease: Lease, kept: number): void {
    for (let row = lease.from; row < kept; row++) {
      if (rows.states[row % rows.rowCount] === FAILED) untold(row, 'its worker ended before it told why');
    }
    done(slot, lease.from, kept);
  }

  /** A worker that was ended while busy may still finish the trial: that is waited for. */
  function convict(row: number, reason: string, wait: boolean): void {
    const mark = (): void => {
      if (over()) return;
      const at = row % rows.rowCount;
      const finished = rows.states[at] !== PENDING;
      if (!finished) {
        for (const column of rows.columns) column[at] = NaN;
        rows.moments.fill(NaN, at * BLOCK_NUMBERS, (at + 1) * BLOCK_NUMBERS);
        Atomics.store(rows.states, at, FAILED);
      }
      ledger.settle(row);
      done(null, row, row + 1);
      if (!finished) convicted(row, reason);
    };
    if (wait) setTimeout(mark, graceMs);
    else mark();
  }

  return {
    blame(slot, reason) {
      const held = slot.inFlight;
      slot.inFlight = [];
      let suspect = true;
      for (const { lease } of held) {
        const kept = keptOf(lease);
        const runs = suspect && kept < lease.to;
        if (runs) suspect = false;
        const guilty = runs ? ledger.lose(lease, kept) : null;
        if (!runs) ledger.finish(lease, kept);
        keep(slot, lease, kept);
        if (runs) slot.barren = 0; // it may be the trial, which the ledger looks into, and not the worker
        if (guilty !== null) convict(guilty, reason, slot.hung);
      }
    },
    giveBack(slot) {
      const held = slot.inFlight;
      slot.inFlight = [];
      for (const { lease } of held) {
        const kept = keptOf(lease);
        ledger.finish(lease, kept);
        keep(slot, lease, kept);
      }
    },
  };
}
