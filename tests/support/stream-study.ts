import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows } from '../../src/metrics/rows.ts';
import { createCondensed, SEGMENT_ROWS, type Condensed } from '../../src/results/condensed.ts';
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
  readonly bytes: number; // on average
  readonly memory: number; // largest distance from that, as a share of it
  readonly pace: number; // of the last tenth, against the first
}

/** Of a study's seconds without the first tenth, in which memory is still being taken. */
export function steadiness(seconds: readonly Second[]): Steadiness {
  const at = (share: number): Second => seconds[Math.min(seconds.length - 1, Math.floor(share * seconds.length))]!;
  const rate = (from: number, to: number): number => (at(to).done - at(from).done) / (at(to).ms - at(from).ms);
  const bytes = seconds.slice(Math.floor(seconds.length / 10)).map((second) => second.bytes);
  const mean = bytes.reduce((sum, one) => sum + one, 0) / bytes.length;
  const memory = Math.max(...bytes.map((one) => Math.abs(one - mean))) / mean;
  return { bytes: mean, memory, pace: rate(0.9, 1) / rate(0, 0.1) };
}
