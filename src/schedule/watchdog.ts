/**
 * Notices a worker that does not come on, by its counter of finished rows and by the watchdog's own beats: not by the time of
 * day. While the machine sleeps or the page is frozen there are no beats, so nobody is found hanging; in a hidden tab beats
 * are rare, so it takes longer.
 */
export interface Watchdog {
  /**
   * One beat.
   * @param count of the worker; any other number than at the beat before is a sign of life
   * @param busy whether it has something to do
   * @param patience beats without a sign of life after which it hangs
   */
  hangs(worker: number, count: number, busy: boolean, patience: number): boolean;
  /** A sign of life that no counter shows: it got work, or answered. */
  alive(worker: number): void;
}

export function createWatchdog(): Watchdog {
  const counts = new Map<number, number>();
  const still = new Map<number, number>(); // beats without a sign of life
  return {
    hangs(worker, count, busy, patience) {
      const quiet = busy && counts.get(worker) === count ? (still.get(worker) ?? 0) + 1 : 0;
      counts.set(worker, count);
      still.set(worker, quiet);
      return quiet >= patience;
    },
    alive: (worker) => void still.delete(worker),
  };
}
