/** Rows per second over the last second and overall, from samples of a count that only grows. Times are arguments, in ms. */
export interface Rate {
  /** @param done rows finished at time `ms`; calls less than `SAMPLE_MS` apart are dropped */
  sample(ms: number, done: number): void;
  /** Rows per second over about the last second before `ms`; 0 where nothing is known. */
  recent(ms: number, done: number): number;
}

const SAMPLE_MS = 50;
const WINDOW_MS = 1000;

export function createRate(startMs: number): Rate {
  let samples: { readonly ms: number; readonly done: number }[] = [{ ms: startMs, done: 0 }];

  return {
    sample(ms, done) {
      const last = samples.at(-1);
      if (last !== undefined && ms - last.ms < SAMPLE_MS) return;
      samples.push({ ms, done });
      const old = samples.findLastIndex((one) => ms - one.ms >= WINDOW_MS);
      if (old > 0) samples = samples.slice(old);
    },
    recent(ms, done) {
      const first = samples[0];
      if (first === undefined || ms <= first.ms) return 0;
      return ((done - first.done) / (ms - first.ms)) * 1000;
    },
  };
}
