import type { Bars } from '../bars/buffer.ts';
import { YEAR_MS } from '../metrics/resolve.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { Execution } from '../strategy/execution.ts';

/** What every trial of a study shares: prices, the scored bars with their samples, and how fills are made. */
export interface Course {
  readonly count: number;
  readonly open: Float64Array;
  readonly close: Float64Array;
  readonly startBar: number;
  /**
   * Null where every scored bar is a sample; otherwise, per bar from `startBar` on, the first bar at or after it at whose close
   * a return is sampled: the last bar of its date.
   */
  readonly nextSample: Int32Array | null;
  readonly samples: number; // count over the scored bars
  readonly years: number; // between the first scored bar and the last bar
  readonly periodsPerYear: number;
  readonly buyHold: number; // return of holding from the first scored close to the last
  readonly execution: Execution;
}

export function createCourse(bars: Bars, execution: Execution, scoring: ResolvedScoring): Course {
  const { count, open, close, time, localDate } = bars;
  const { startBar, returns, periodsPerYear } = scoring;
  let nextSample: Int32Array | null = null;
  let samples = count - startBar;
  if (returns === 'day') {
    nextSample = new Int32Array(count);
    samples = 0;
    for (let i = count - 1; i >= startBar; i--) {
      const last = i === count - 1 || localDate[i] !== localDate[i + 1];
      nextSample[i] = last ? i : nextSample[i + 1]!;
      samples += Number(last);
    }
  }
  const years = (time[count - 1]! - time[startBar]!) / YEAR_MS;
  const buyHold = close[count - 1]! / close[startBar]! - 1;
  return { count, open, close, startBar, nextSample, samples, years, periodsPerYear, buyHold, execution };
}
