import type { Bars } from '../bars/buffer.ts';
import { dayNumber } from '../bars/calendar.ts';
import { YEAR_MS } from '../metrics/resolve.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { Execution } from '../strategy/execution.ts';
import { createBlocks, type Blocks } from './block-moments.ts';
import { createCosts, type Costs } from './costs.ts';
import { paysNights } from './path.ts';
import { tickOf } from './tick.ts';

/** What every trial of a study shares: prices, the scored bars with their samples, and how fills are made. */
export interface Course {
  readonly count: number;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  readonly startBar: number;
  /**
   * Null where every scored bar is a sample; otherwise, per bar from `startBar` on, the first bar at or after it at whose close
   * a return is sampled: the last bar of its date.
   */
  readonly nextSample: Int32Array | null;
  readonly samples: number; // count over the scored bars
  readonly blocks: Blocks | null; // null where block moments are not wanted
  readonly years: number; // between the first scored bar and the last bar
  readonly periodsPerYear: number;
  readonly buyHold: number; // return of holding from the first scored close to the last
  readonly execution: Execution;
  readonly costs: Costs; // the execution's numbers, of the trial under way
  readonly loadCosts: (values: ArrayLike<number>) => void;
  /** Per bar, the calendar days since the bar before; null where nothing is paid for them. */
  readonly nights: Int32Array | null;
}

/** @param blocks whether block moments are wanted */
export function createCourse(bars: Bars, execution: Execution, scoring: ResolvedScoring, blocks: boolean): Course {
  const { count, open, high, low, close, time, localDate } = bars;
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
  const { costs, load } = createCosts(execution, tickOf(bars, execution));
  return {
    count,
    open,
    high,
    low,
    close,
    startBar,
    nextSample,
    samples,
    blocks: blocks ? createBlocks(startBar, count, nextSample, samples) : null,
    years,
    periodsPerYear,
    buyHold,
    execution,
    costs,
    loadCosts: load,
    nights: paysNights(execution) ? nightsOf(localDate) : null,
  };
}

function nightsOf(localDate: Int32Array): Int32Array {
  const nights = new Int32Array(localDate.length);
  for (let i = 1; i < nights.length; i++) {
    const same = localDate[i] === localDate[i - 1];
    nights[i] = same ? 0 : dayOf(localDate[i]!) - dayOf(localDate[i - 1]!);
  }
  return nights;
}

/** Day number of a yyyymmdd. */
function dayOf(date: number): number {
  return dayNumber(Math.floor(date / 10000), Math.floor(date / 100) % 100, date % 100);
}
