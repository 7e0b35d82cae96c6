export const MOST_WORKERS = 64;

/** `navigator.hardwareConcurrency` is a guess (WebKit says 4 or 8, privacy modes lie): 1 … 64, 2 where it says nothing. */
export function clampWorkers(count: number | undefined): number {
  if (count === undefined || !Number.isFinite(count)) return 2;
  return Math.min(MOST_WORKERS, Math.max(1, Math.floor(count)));
}
