/** Ways to choose trials; what each is for stands in `search/words`. */
export const METHODS = [
  'grid',
  'zoom',
  'random',
  'sobol',
  'latin',
  'genetic',
  'differential',
  'cma',
  'tpe',
  'nsga',
  'halving',
  'around',
] as const;
export type MethodName = (typeof METHODS)[number];

/** Trials of a generation where the study does not say: about this many generations fit into the budget. */
const GENERATIONS = 30;
const LEAST = 16;

const USUAL_MOST = 256;
const MOST: Partial<Readonly<Record<MethodName, number>>> = {
  cma: 16,
  tpe: 16,
  genetic: 128,
  differential: 64,
  nsga: 128,
  halving: 243,
};

/**
 * A power of two, so that a budget changed a little changes nothing.
 * @param trials budget, Infinity where there is none
 */
export function generationSize(method: MethodName, trials: number): number {
  const most = MOST[method] ?? USUAL_MOST;
  let size = LEAST;
  while (size * 2 <= most && size * GENERATIONS * 1.5 <= trials) size *= 2;
  return size * 2 > most ? most : size;
}
