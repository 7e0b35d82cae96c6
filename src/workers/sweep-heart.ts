import { beatWord, doneWord } from '../schedule/control.ts';
import { createWatchdog } from '../schedule/watchdog.ts';
import type { WatchdogTimes } from './sweep-options.ts';
import type { SweepSlot } from './sweep-slot.ts';

/** Looks at the workers' counters at regular beats, and ends whoever hangs. */
export interface Heart {
  /** A sign of life that no counter shows: the worker got work, or answered. */
  alive(slot: SweepSlot): void;
  /** Rows took a worker so long on average, in ms: the patience follows the slowest. */
  took(msPerRow: number): void;
  stop(): void;
}

/** A worker may take this many times as long for a trial as the slowest trials so far, if that is longer than the patience. */
const PATIENCE = 100;
/** Opening a study prepares its tables, which no counter shows. */
const OPENING = 4;

export interface HeartOptions {
  readonly times: WatchdogTimes;
  readonly control: Int32Array;
  readonly slots: readonly SweepSlot[];
  readonly paused: () => boolean;
  /** Ends a worker that hangs. */
  readonly end: (slot: SweepSlot, reason: string) => void;
}

export function startHeart({ times, control, slots, paused, end }: HeartOptions): Heart {
  const watchdog = createWatchdog();
  let slowestMs = 0;
  let timer = setTimeout(beat, times.beatMs);

  function beat(): void {
    timer = setTimeout(beat, times.beatMs);
    const patience = Math.ceil(Math.max(times.patienceMs, slowestMs * PATIENCE) / times.beatMs);
    for (const slot of slots) {
      const opening = slot.phase === 'opening';
      const busy = opening || (slot.inFlight.length > 0 && slot.phase === 'open' && !paused());
      const { workerIndex } = slot;
      const count = Atomics.load(control, doneWord(workerIndex)) + Atomics.load(control, beatWord(workerIndex));
      if (!watchdog.hangs(slot.index, count, busy, opening ? patience * OPENING : patience)) continue;
      watchdog.alive(slot.index);
      slot.hung = true;
      end(slot, `it was busy for ${Math.round((patience * times.beatMs) / 1000)} s without finishing a trial`);
    }
  }

  return {
    alive: ({ index }) => watchdog.alive(index),
    took: (msPerRow) => void (slowestMs = Math.max(slowestMs, msPerRow)),
    stop: () => clearTimeout(timer),
  };
}
