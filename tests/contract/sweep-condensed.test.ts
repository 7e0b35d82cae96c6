import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.js';
import type { MakeBuffer } from '../../src/core/buffer.ts';
import { sha256Hex } from '../../src/core/hash.ts';
import { metricIndex } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { decodeCondensed, encodeCondensed } from '../../src/results/condensed-file.ts';
import { SEGMENT_ROWS } from '../../src/results/condensed-shape.ts';
import { createCondensed, type Condensed } from '../../src/results/condensed.ts';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import type { SweepEnd, SweepHandle, SweepOptions } from '../../src/workers/sweep.ts';
import { repeatedStudy, shared, sweepStudy } from '../support/crossover-study.ts';

const METRICS = ['sharpe', 'maxDrawdown', 'trades', 'totalReturn'].map((key) => metricIndex(key as 'sharpe'));
const study = repeatedStudy(21); // 21 000 trials: five segments and a part
const sizes = study.plan.space.axes.map(({ size }) => size);
const shape = { sizes, metrics: METRICS, objective: 0, best: 50, surfaces: [0, 2] };
let script: URL;

beforeAll(async () => {
  script = pathToFileURL(path.join(await bundle({}, 'contract-condensed'), 'sweep-node.worker.js'));
});

const pools: { terminate(): void }[] = [];
afterAll(() => {
  for (const pool of pools) pool.terminate();
});

/** @param make memory that threads do not share, where the page is not isolated */
function emptyRows(rowCount: number, make: MakeBuffer = shared): Rows {
  return createRows({ rowCount, axisCount: sizes.length, metrics: METRICS }, make);
}

/** Runs the study through a window of two segments. */
async function stream(
  workers: number,
  chunkRows: number | null,
  into = createCondensed(shape, shared),
  during: (handle: SweepHandle, committed: number) => void = () => undefined,
  make: MakeBuffer = shared,
): Promise<{ condensed: Condensed; end: SweepEnd }> {
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: workers });
  pools.push(pool);
  const options: Partial<SweepOptions> = {
    ...(chunkRows === null ? {} : { chunkRows }),
    window: {
      segmentRows: SEGMENT_ROWS,
      committed: into.committed,
      commit(rows, at, from, count) {
        into.commit(rows, at, from, count);
        during(handle, from + count);
      },
    },
  };
  const handle = sweepStudy(study, pool, emptyRows(2 * SEGMENT_ROWS, make), options);
  return { condensed: into, end: await handle.done };
}

const hashOf = (condensed: Condensed): string => {
  condensed.sort();
  return sha256Hex(new Uint8Array(encodeCondensed(condensed)));
};

test('a stream gives what all rows give, for any count of workers and any chunk', async () => {
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: 2 });
  pools.push(pool);
  const all = emptyRows(study.trials);
  await sweepStudy(study, pool, all).done;
  const twin = createCondensed(shape, shared);
  for (let from = 0; from < study.trials; from += SEGMENT_ROWS) {
    twin.commit(all, from, from, Math.min(SEGMENT_ROWS, study.trials - from));
  }
  const expected = hashOf(twin);
  for (const [workers, chunk] of [
    [1, null],
    [3, null],
    [2, 61],
    [4, 5000],
  ] as const) {
    const { condensed, end } = await stream(workers, chunk);
    expect(end, `${workers} workers`).toMatchObject({
      reason: 'finished',
      done: study.trials,
      asked: study.trials,
      faults: [],
    });
    expect(condensed.committed).toBe(study.trials);
    expect(hashOf(condensed), `${workers} workers, chunks of ${chunk}`).toBe(expected);
  }
});

test('a stream whose rows go to and fro in messages gives the same bytes', async () => {
  const expected = hashOf((await stream(2, null)).condensed);
  const { condensed, end } = await stream(
    3,
    null,
    createCondensed(shape, (bytes) => new ArrayBuffer(bytes)),
    undefined,
    (bytes) => new ArrayBuffer(bytes),
  );
  expect(end).toMatchObject({ reason: 'finished', done: study.trials, faults: [] });
  expect(hashOf(condensed)).toBe(expected);
});

test('a stream that was stopped, kept and opened again ends with the same bytes, and runs nothing twice', async () => {
  const whole = await stream(2, null);
  const stopped = await stream(2, null, undefined, (handle, committed) => {
    if (committed >= SEGMENT_ROWS) void handle.cancel();
  });
  expect(stopped.end.reason).toBe('cancelled');
  const { committed } = stopped.condensed;
  expect(committed % SEGMENT_ROWS).toBe(0);
  expect(committed).toBeLessThan(study.trials);
  const kept = decodeCondensed(encodeCondensed(stopped.condensed), shape, shared);
  if (!kept.ok) throw new Error(kept.faults[0].message);
  const seen: number[] = [];
  const resumed = await stream(3, null, kept.value, (_, at) => seen.push(at));
  expect(resumed.end).toMatchObject({ reason: 'finished', done: study.trials });
  expect(seen[0]).toBeGreaterThan(committed);
  expect(hashOf(resumed.condensed)).toBe(hashOf(whole.condensed));
});
