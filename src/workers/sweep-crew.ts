import { leaveWord } from '../schedule/control.ts';
import type { Pool } from './pool.ts';
import { createSlot, type SweepSlot } from './sweep-slot.ts';

/** The workers of a sweep: as many as are wanted, while it runs. */
export interface Crew {
  readonly wanted: number;
  /** So many workers are wanted from now on. */
  want(count: number): void;
  /** A leaving worker has nothing left to report, or is not waited for any longer. */
  gone(slot: SweepSlot): void;
}

export interface CrewOptions {
  readonly pool: Pool;
  readonly control: Int32Array;
  readonly slots: SweepSlot[];
  readonly open: (slot: SweepSlot) => void;
  /** What a worker that left was holding is handed out again. @param busy it was inside a trial */
  readonly left: (slot: SweepSlot, busy: boolean) => void;
}

/** A worker that is inside one long trial is not waited for longer than this. */
const LEAVE_MS = 80;

export function createCrew({ pool, control, slots, open, left }: CrewOptions): Crew {
  let wanted = pool.size;

  /** Brings the count of workers to what is wanted; the last ones leave, and are waited for first. */
  function adjust(): void {
    while (slots.length > wanted && /left|lost/.test(slots.at(-1)?.phase ?? '')) slots.pop();
    if (slots.some(({ phase }) => phase === 'leaving')) return;
    const surplus = slots.slice(wanted).filter(({ phase }) => phase !== 'left');
    for (const slot of surplus) slot.phase = 'leaving';
    for (const slot of surplus) leave(slot);
    if (slots.length > wanted) return;
    pool.resize(wanted);
    for (const slot of slots) if (slot.phase === 'left') open(slot);
    while (slots.length < wanted) {
      const slot = createSlot(slots.length, 0);
      slots.push(slot);
      open(slot);
    }
  }

  function leave(slot: SweepSlot): void {
    Atomics.store(control, leaveWord(slot.workerIndex), 1);
    if (slot.inFlight.length === 0) return gone(slot);
    setTimeout(() => {
      if (slot.phase === 'leaving') gone(slot);
    }, LEAVE_MS);
  }

  function gone(slot: SweepSlot): void {
    const busy = slot.inFlight.length > 0;
    if (busy) pool.replace(slot.index, 'it left'); // inside a long trial, which another worker runs
    slot.phase = 'left';
    left(slot, busy);
    adjust();
  }

  return {
    get wanted() {
      return wanted;
    },
    want(count) {
      wanted = count;
      adjust();
    },
    gone,
  };
}
