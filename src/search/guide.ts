import type { MethodName } from './spec.ts';

/** What a person reads of a method: its name, and one sentence that says when to take it. */
export interface MethodWords {
  readonly title: string;
  readonly when: string;
}

export const METHOD_WORDS: Readonly<Record<MethodName, MethodWords>> = {
  grid: { title: 'Full grid', when: 'Take it whenever you can wait for it: nothing is left unseen.' },
  zoom: {
    title: 'Coarse to fine',
    when: 'Take it for two to four ordered parameters whose results change smoothly: it refines the best plateau.',
  },
  random: { title: 'Random', when: 'Take it for an unbiased impression of the whole space, and to measure other methods by.' },
  sobol: { title: 'Sobol', when: 'Take it to cover a space evenly, for maps and for a first look at many parameters.' },
  latin: {
    title: 'Latin hypercube',
    when: 'Take it to see every parameter at every level with a small, fixed number of trials.',
  },
  genetic: { title: 'Genetic', when: 'Take it where the grid is too long: it is the best of these on our six test spaces.' },
  differential: { title: 'Differential evolution', when: 'Take it for five or more numeric parameters that act together.' },
  cma: {
    title: 'CMA-ES',
    when: 'Take it for fine numeric parameters with few jumps; it needs the fewest trials near a smooth optimum.',
  },
  tpe: { title: 'TPE', when: 'Take it where a trial costs 10 ms or more, so that only some hundred can run.' },
  nsga: {
    title: 'NSGA-II',
    when: 'Take it to weigh two or three metrics against each other: it keeps the whole Pareto front.',
  },
  halving: {
    title: 'Successive halving',
    when: 'Take it for long data: most trials see a ninth of the bars, the best third of them a third, the best of those all.',
  },
  around: { title: 'Grid around the best', when: 'Take it as the last step: every trial within three steps of the best one.' },
};

export interface Situation {
  readonly trials: number; // feasible ones; may be beyond 2^53
  readonly gridMs: number; // time of the full grid
  readonly patienceMs: number; // that a person is ready to wait
}

export interface Recommendation {
  readonly method: MethodName;
  readonly trials: number | null; // null: all
  readonly ms: number; // that it takes
}

const LEAST_TRIALS = 300;
const MOST_TRIALS = 200_000;
/** Below this share of the space, further trials hardly pay on the test spaces: docs/search.md. */
const ENOUGH = 0.02;
const TPE_MS = 10;
const TPE_TRIALS = 1500;

/** Grid where it can be waited for; otherwise what the measurements in docs/search.md favour. */
export function recommend({ trials, gridMs, patienceMs }: Situation): Recommendation {
  if (gridMs <= patienceMs || trials <= LEAST_TRIALS) return { method: 'grid', trials: null, ms: gridMs };
  const msPerTrial = gridMs / trials;
  const inTime = Math.floor(patienceMs / msPerTrial);
  const wanted = Math.min(MOST_TRIALS, Math.max(LEAST_TRIALS, Math.ceil(trials * ENOUGH)));
  const count = roundTo2(Math.max(LEAST_TRIALS, Math.min(inTime, wanted)));
  const method = msPerTrial >= TPE_MS && count <= TPE_TRIALS ? 'tpe' : 'genetic';
  return { method, trials: count, ms: count * msPerTrial };
}

/** A round number: two digits and zeros. */
function roundTo2(count: number): number {
  let unit = 1;
  while (count / unit >= 100) unit *= 10;
  return Math.round(count / unit) * unit;
}
