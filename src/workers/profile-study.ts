import { failed, type Outcome } from '../core/fault.ts';
import { createControl } from '../schedule/control.ts';
import type { StudySetup } from '../schedule/messages.ts';
import type { StudyProfile } from '../schedule/profile.ts';
import type { Space } from '../space/space.ts';
import { isFeasible, positionsOf, totalTrials } from '../space/trial.ts';
import { createPool } from './pool.ts';
import type { PoolWorker } from './worker-port.ts';

/** Trials of a sample: enough that what is remembered between trials shows, and done in a second or two. */
const MOST_TRIALS = 400;
const MOST_BARS = 40_000_000; // of all trials together

export type ProfiledStudy = Pick<
  StudySetup,
  'plan' | 'axes' | 'execution' | 'scoring' | 'markets' | 'cacheBytes' | 'metrics' | 'objective'
> & { readonly space: Space; readonly barCount: number };

/** Times a sample of a study's trials in a worker of its own, which ends afterwards: no study on the page is disturbed. */
export async function profileStudy(
  spawn: () => PoolWorker,
  { space, barCount, ...study }: ProfiledStudy,
): Promise<Outcome<StudyProfile>> {
  const pool = createPool({ spawn, size: 1 });
  try {
    const generation = pool.nextGeneration();
    const control = createControl(1, (bytes) => new ArrayBuffer(bytes)).buffer;
    const setup: StudySetup = { ...study, generation, workerIndex: 0, rows: null, control };
    const opened = await pool.call(0, (api) => api.open(setup));
    if (!opened.ok) return opened;
    if (!opened.value.ok) return failed(...opened.value.faults);
    const trials = Math.max(1, Math.min(MOST_TRIALS, Math.floor(MOST_BARS / Math.max(1, barCount))));
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
