import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import { bundle } from '../../scripts/bundle.js';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { steadiness, streamStudy } from '../support/stream-study.ts';

/** `LONG=1` streams for two minutes and looks at memory and clock; otherwise a short study shows that it works at all. */
const LONG = process.env['LONG'] === '1';

test('a study of a hundred million trials streams in the same memory at the same pace', async () => {
  const script = pathToFileURL(path.join(await bundle({}, 'contract-stream'), 'sweep-node.worker.js'));
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: 2 });
  await pool.warm();
  const { end, condensed, seconds } = await streamStudy(pool, LONG ? 100_000 : 50, LONG ? 120_000 : 60_000, LONG ? 1000 : 20);
  pool.terminate();
  expect(end.failures).toEqual([]);
  expect(end.faults).toEqual([]);
  expect(condensed.committed).toBeGreaterThan(LONG ? 10_000_000 : 0);
  if (!LONG) return expect(end).toMatchObject({ reason: 'finished', done: 50_000 });
  const { bytes, memory, pace } = steadiness(seconds);
  console.log(
    `${condensed.committed} trials in ${(end.elapsedMs / 1000).toFixed(0)} s: memory ${(bytes / 1e6).toFixed(0)} MB, later at most ${(100 * memory).toFixed(1)} % above it, ` +
      `the last tenth at ${pace.toFixed(3)} of the pace of the first`,
  );
  expect(memory).toBeLessThanOrEqual(0.05);
  expect(pace).toBeGreaterThanOrEqual(0.95);
}, 300_000);
