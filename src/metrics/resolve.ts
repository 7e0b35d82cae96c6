import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { ResolvedScoring, Scoring } from './scoring.ts';

/** What scoring reads of a market's bars (structurally Bars). */
export interface ScoredBars {
  readonly count: number;
  readonly barMs: number; // usual distance of two bars
  readonly time: ArrayLike<number>; // UTC ms of each bar's open, ascending
  readonly localDate: ArrayLike<number>; // yyyymmdd in the data's zone
}

/** The largest warm-up that the axes' ranges allow. */
export interface LargestWarmup {
  readonly bars: number; // bars before the first at which every series has a value
  readonly axis: string | null; // the axis that makes it so long; null where no axis does
}

const DAY_MS = 86_400_000;
/** A Julian year of 365.25 days, the year of every yearly figure here. */
export const YEAR_MS = 365.25 * DAY_MS;
const USUAL_PERIODS = [252, 260, 365, 52, 12];
const SNAP = 0.03;

/** Decides every "auto" for one market. Faults: a start that no bar reaches, periods per year that are no positive number. */
export function resolveScoring(scoring: Scoring, bars: ScoredBars, warmup: LargestWarmup): Outcome<ResolvedScoring> {
  const start = startBar(scoring.start, bars.count, warmup);
  if (!start.ok) return start;
  const returns = scoring.returns === 'auto' ? (bars.barMs < DAY_MS ? 'day' : 'bar') : scoring.returns;
  const known = { startBar: start.value, returns, longestWarmup: warmup.bars } as const;
  const { periodsPerYear } = scoring;
  if (periodsPerYear === 'auto') {
    return ok({ ...known, periodsPerYear: observedPeriodsPerYear(bars, returns) });
  }
  if (!(periodsPerYear > 0 && periodsPerYear < Infinity)) {
    return failed(
      fault('periods_per_year', `${periodsPerYear} periods per year are not possible.`, 'Write "auto" or a number above 0.', {
        kind: 'key',
        path: 'scoring.periodsPerYear',
      }),
    );
  }
  return ok({ ...known, periodsPerYear });
}

function startBar(start: Scoring['start'], count: number, warmup: LargestWarmup): Outcome<number> {
  if (start === 'firstBar') return ok(0);
  if (start === 'commonWarmup') {
    if (warmup.bars < count) return ok(warmup.bars);
    const needs = `The longest warm-up is ${warmup.bars} bars and the data has ${count}`;
    return warmup.axis === null
      ? failed(fault('warmup_too_long', `${needs}.`, 'Load more bars or shorten the periods in the strategy.'))
      : failed(
          fault(
            'warmup_too_long',
            `${needs}; the range of ${warmup.axis} reaches too far.`,
            `Lower the upper end of ${warmup.axis}, load more bars, or score from the first bar.`,
            { kind: 'axis', axis: warmup.axis },
          ),
        );
  }
  if (Number.isInteger(start) && start >= 0 && start < count) return ok(start);
  return failed(
    fault('start_bar', `Scoring cannot start at bar ${start} of ${count}.`, `Take a whole number from 0 to ${count - 1}.`, {
      kind: 'key',
      path: 'scoring.start',
    }),
  );
}

/**
 * Samples per year as observed over all bars (so that it does not move with the start), snapped to the usual 252, 260, 365, 52
 * or 12 where the nearest of them is within 3 %.
 */
export function observedPeriodsPerYear(bars: ScoredBars, returns: 'bar' | 'day'): number {
  const { count, time, localDate } = bars;
  const byDay = returns === 'day';
  let samples = 0;
  let first = 0;
  let last = 0;
  for (let i = 0; i < count; i++) {
    if (byDay && i + 1 < count && localDate[i] === localDate[i + 1]) continue;
    if (samples === 0) first = time[i]!;
    last = time[i]!;
    samples++;
  }
  const usual = byDay ? Math.max(DAY_MS, bars.barMs) : bars.barMs;
  const spacing = samples > 1 ? (last - first) / (samples - 1) : usual;
  const observed = YEAR_MS / (spacing > 0 ? spacing : DAY_MS);
  const distance = (periods: number): number => Math.abs(observed / periods - 1);
  const nearest = USUAL_PERIODS.reduce((best, periods) => (distance(periods) < distance(best) ? periods : best));
  return distance(nearest) <= SNAP ? nearest : observed;
}
