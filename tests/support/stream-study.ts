import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { SEGMENT_ROWS } from '../../src/results/condensed-shape.ts';
import { createCondensed, type Condensed } from '../../src/results/condensed.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { windowOver } from '../../src/workers/sweep-window.ts';
import type { SweepEnd } from '../../src/workers/sweep.ts';
import { repeatedStudy, shared, sweepStudy } from './crossover-study.ts';

/** What a second of a streamed study was like. */
export interface Second {
  readonly ms: number; // since the start
  readonly done: number;
  readonly bytes: number; // of memory that the process has
}

export interface Streamed {
  readonly end: SweepEnd;
  readonly condensed: Condensed;
  readonly seconds: readonly Second[];
}

const BARS = 200; // 40 of them scored

/** Streams a thousand crossovers, `times` times over, into their best ones and their surfaces, for at most so many ms. */
export async function streamStudy(pool: Pool, times: number, mostMs: number, everyMs = 1000): Promise<Streamed> {
  const study = repeatedStudy(times, BARS);
  const sizes = study.plan.space.axes.map(({ size }) => size);
  const metrics = (['sharpe', 'maxDrawdown'] as const).map((key) => metricIndex(key));
  // The axis that only repeats has too many values for a surface.
  const condensed = createCondensed({ sizes, metrics, objective: 0, best: 1000, surfaces: times > 1000 ? [] : [0] }, shared);
  const rows = createRows({ rowCount: 64 * SEGMENT_ROWS, axisCount: sizes.length, metrics }, shared);
  const handle = sweepStudy(study, pool, rows, { window: windowOver(condensed) });
  const seconds: Second[] = [];
  const timer = setInterval(() => {
    const { done, elapsedMs } = handle.progress();
    seconds.push({ ms: elapsedMs, done, bytes: process.memoryUsage().rss });
    if (elapsedMs >= mostMs) void handle.cancel();
  }, everyMs);
  const end = await handle.done;
  clearInterval(timer);
  return { end, condensed, seconds };
}

export interface Steadiness {
  readonly bytes: number; // in the second tenth, on average
  readonly memory: number; // the most that it was later, above that, as a share of it; systems also take memory back
  readonly pace: number; // of the last tenth, against the first
}

/** The first tenth is left out of the account of memory: it is still being taken then. */
export function steadiness(seconds: readonly Second[]): Steadiness {
  const at = (share: number): Second => seconds[Math.min(seconds.length - 1, Math.floor(share * seconds.length))]!;
  const rate = (from: number, to: number): number => (at(to).done - at(from).done) / (at(to).ms - at(from).ms);
  const bytes = seconds.map((second) => second.bytes);
  const early = bytes.slice(Math.floor(bytes.length / 10), Math.ceil(bytes.length / 5));
  const first = early.reduce((sum, one) => sum + one, 0) / early.length;
  const later = bytes.slice(Math.ceil(bytes.length / 5));
  return { bytes: first, memory: Math.max(...later) / first - 1, pace: rate(0.9, 1) / rate(0, 0.1) };
}
