import type { Bars } from '../bars/buffer.ts';
import { failed, type Outcome } from '../core/fault.ts';
import { formulaOf, type Objective } from '../metrics/objective.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import { createControl } from '../schedule/control.ts';
import type { StudySetup } from '../schedule/messages.ts';
import type { StudyProfile } from '../schedule/profile.ts';
import type { Execution } from '../strategy/execution.ts';
import type { Plan } from '../strategy/plan.ts';
import type { Space } from '../space/space.ts';
import { isFeasible, positionsOf, totalTrials } from '../space/trial.ts';
import { createPool } from './pool.ts';
import type { PoolWorker } from './worker-port.ts';

/** Trials of a sample: enough that what is remembered between trials shows, and done in a second or two. */
const MOST_TRIALS = 400;
const MOST_BARS = 40_000_000; // of all trials together

export interface ProfiledStudy {
  readonly plan: Plan;
  readonly space: Space;
  readonly execution: Execution;
  readonly scoring: ResolvedScoring;
  readonly bars: Bars;
  readonly objective: Objective;
}

/**
 * Times a sample of a study's trials in a worker of its own, which ends afterwards: no study on the page is disturbed.
 * @param metrics columns that the study stores, as indices of METRICS
 */
export async function profileStudy(
  spawn: () => PoolWorker,
  { plan, space, execution, scoring, bars, objective }: ProfiledStudy,
  metrics: readonly number[],
  cacheBytes: number,
): Promise<Outcome<StudyProfile>> {
  const pool = createPool({ spawn, size: 1 });
  try {
    const generation = pool.nextGeneration();
    const control = createControl(1, (bytes) => new ArrayBuffer(bytes)).buffer;
    const setup: StudySetup = {
      generation,
      workerIndex: 0,
      plan,
      axes: space.axes,
      execution,
      scoring: [scoring],
      markets: [bars.buffer],
      rows: null,
      metrics,
      control,
      cacheBytes,
      ...formulaOf(objective),
    };
    const opened = await pool.call(0, (api) => api.open(setup));
    if (!opened.ok) return opened;
    if (!opened.value.ok) return failed(...opened.value.faults);
    const trials = Math.max(1, Math.min(MOST_TRIALS, Math.floor(MOST_BARS / (bars.count - scoring.startBar))));
    const asked = await pool.call(0, (api) => api.profile(generation, sampleOf(space, trials)));
    return asked.ok ? asked.value : asked;
  } finally {
    pool.terminate();
  }
}

/**
 * Trials spread over the whole space, in the order in which the study would run them: multiples of the golden ratio, so that every
 * axis moves. Those that the constraints leave out are only taken where nothing else was met; they cost the same.
 */
function sampleOf(space: Space, count: number): number[][] {
  const total = totalTrials(space.axes);
  const most = total < BigInt(count) ? Number(total) : count;
  const indices = new Set<bigint>();
  for (let k = 0; k < 8 * most; k++) {
    const share = total <= BigInt(most) ? k / most : (k * GOLDEN) % 1;
    indices.add((total * BigInt(Math.floor(share * 2 ** 53))) >> 53n);
  }
  const all = [...indices]
    .filter((index) => index < total)
    .map((index) => {
      const positions = space.axes.map(() => 0);
      positionsOf(space.axes, index, positions);
      return { index, positions };
    });
  const allowed = all.filter(({ positions }) => isFeasible(space, positions));
  const taken = (allowed.length > 0 ? allowed : all).slice(0, most);
  return taken.sort((a, b) => (a.index < b.index ? -1 : 1)).map(({ positions }) => positions);
}

const GOLDEN = (Math.sqrt(5) - 1) / 2;
