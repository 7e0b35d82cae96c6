import { availableParallelism, cpus } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { createRows } from '../../src/metrics/rows.ts';
import { countSpace } from '../../src/space/count.ts';
import { Odometer } from '../../src/space/odometer.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { createPool } from '../../src/workers/pool.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { crossoverStudy, shared, sweepStudy, type CrossoverStudy } from '../support/crossover-study.ts';
import { compareAxes, wholeAxis } from '../support/space.ts';
import { steadiness, streamStudy } from '../support/stream-study.ts';

/** Counting, time left, cost of progress, efficiency, and a study that streams: the figures of docs/performance.md. */

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const script = new URL('./sweep-node.worker.js', import.meta.url);
const cores = availableParallelism();
console.log(`Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cores} workers at most`);

/** The shorter a position is held, the more trades a trial has: the first trials cost many times what the last ones do. */
function unevenStudy(rising: boolean, count: number): CrossoverStudy {
  const { bars, scoring } = crossoverStudy({ bars: count });
  const hold = rising ? '151 - held' : 'held';
  const compiled = compileStrategy(`held = param(1, 1..150 by 1)
n = param(50, 2..200 by 1)
enter long when close > sma(close, n)
exit after ${hold} bars
`);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  return { plan: compiled.value, bars, scoring, trials: 150 * 199 };
}

const rowsOf = ({ trials, plan }: CrossoverStudy) =>
  createRows({ rowCount: trials, axisCount: plan.space.axes.length, metrics: [4, 8] }, shared);

/** Everything that a page asks of a running study, ten times a second. */
async function judge(name: string, study: CrossoverStudy): Promise<void> {
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: cores });
  await pool.warm();
  collect();
  const heap = process.memoryUsage().heapUsed;
  const handle = sweepStudy(study, pool, rowsOf(study));
  const said: { readonly ms: number; readonly left: number; readonly rate: number }[] = [];
  let spent = 0;
  const timer = setInterval(() => {
    const from = performance.now();
    const { elapsedMs, etaMs, trialsPerSecond } = handle.progress();
    handle.takeCompleted();
    spent += performance.now() - from;
    said.push({ ms: elapsedMs, left: etaMs ?? NaN, rate: trialsPerSecond });
  }, 100);
  const { elapsedMs: total, reason } = await handle.done;
  clearInterval(timer);
  collect(); // what was thrown away is not held
  const held = process.memoryUsage().heapUsed - heap;
  pool.terminate();
  if (reason !== 'finished') throw new Error(reason);
  const judged = said.filter(({ ms }) => ms >= 0.2 * total);
  const worst = Math.max(...judged.map(({ ms, left }) => Math.abs(ms + left - total) / total));
  const rates = judged.map(({ rate }) => rate).filter((rate) => rate > 0);
  console.log(
    `${name}: ${(total / 1000).toFixed(1)} s, trials per second between ${Math.min(...rates).toFixed(0)} and ${Math.max(...rates).toFixed(0)}; ` +
      `from 20 % on the end was foretold within ${(100 * worst).toFixed(1)} %; ` +
      `progress took ${((100 * spent) / total).toFixed(2)} % of one thread and holds ${(held / 1e6).toFixed(1)} MB`,
  );
}

async function efficiency(): Promise<void> {
  const study = crossoverStudy({ bars: 20_000 });
  let one = NaN;
  for (let workers = 1; workers <= cores; workers *= 2) {
    const pool = createPool({ spawn: () => spawnNodeWorker(script), size: workers });
    await pool.warm();
    let least = Infinity;
    for (let round = 0; round < 3; round++) {
      least = Math.min(least, (await sweepStudy(study, pool, rowsOf(study)).done).elapsedMs);
    }
    pool.terminate();
    if (workers === 1) one = least;
    const speedUp = one / least;
    console.log(
      `${workers} workers: ${least.toFixed(0)} ms, speed-up ${speedUp.toFixed(2)}, efficiency ${((100 * speedUp) / workers).toFixed(0)} %`,
    );
  }
}

async function stream(): Promise<void> {
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: cores });
  await pool.warm();
  const { condensed, end, seconds } = await streamStudy(pool, 100_000, 120_000);
  pool.terminate();
  const { bytes, memory, pace } = steadiness(seconds);
  const rate = condensed.committed / end.elapsedMs / 1000;
  console.log(
    `a stream: ${(condensed.committed / 1e6).toFixed(1)} million trials in ${(end.elapsedMs / 1000).toFixed(0)} s, ${rate.toFixed(2)} million per second; ` +
      `memory ${(bytes / 1e6).toFixed(0)} MB, later at most ${(100 * memory).toFixed(1)} % above it, the last tenth at ${pace.toFixed(3)} of the pace of the first`,
  );
}

/** Pairs of two axes of a thousand values, of which one is smaller: in stretches, and one by one. */
function counting(): void {
  const axes = [wholeAxis('a', 1, 1000), wholeAxis('b', 1, 1000)];
  const constraints = [compareAxes('lt', 0, 1)];
  const times = { stretches: Infinity, walk: Infinity };
  for (let round = 0; round < 5; round++) {
    const from = performance.now();
    const { feasible } = countSpace({ axes, constraints });
    const between = performance.now();
    const walk = new Odometer(axes, constraints);
    let found = 0n;
    while (walk.next(Infinity) === true) found++;
    if (found !== feasible) throw new Error(`${found} pairs one by one, ${feasible} in stretches`);
    times.stretches = Math.min(times.stretches, between - from);
    times.walk = Math.min(times.walk, performance.now() - between);
  }
  const { stretches, walk } = times;
  console.log(
    `counting a million pairs: ${stretches.toFixed(1)} ms in stretches, ${walk.toFixed(0)} ms one by one, ${(walk / stretches).toFixed(0)} times as long`,
  );
}

counting();
for (const bars of [20_000, 100_000]) {
  await judge(`${bars} bars, costly trials first`, unevenStudy(false, bars));
  await judge(`${bars} bars, costly trials last`, unevenStudy(true, bars));
}
await efficiency();
await stream();
