import type { Draws } from '../draws.ts';
import type { NextPoint } from '../method.ts';

const LARGEST_BLOCK = 65_536;
const USUAL_BLOCK = 1024;

/**
 * Latin hypercube sampling: of n points, each of the n equal slices of every axis holds exactly one. M. D. McKay, R. J. Beckman,
 * W. J. Conover, "A comparison of three methods for selecting values of input variables in the analysis of output from a
 * computer code", Technometrics 21 (1979).
 *
 * @param trials size of the hypercube; beyond its points, or where there is no budget, further ones follow
 */
export function latinPoints(axes: number, trials: number, draws: Draws): NextPoint {
  const count = Number.isFinite(trials) ? Math.max(1, Math.min(LARGEST_BLOCK, trials)) : USUAL_BLOCK;
  const slices = Array.from({ length: axes }, () => Uint32Array.from({ length: count }, (_, k) => k));
  let at = 0;
  return (point) => {
    if (at % count === 0) for (const order of slices) shuffle(order, draws);
    for (let a = 0; a < axes; a++) point[a] = (slices[a]![at % count]! + draws.next()) / count;
    at++;
  };
}

/** R. Durstenfeld, "Algorithm 235: random permutation" (1964). */
function shuffle(order: Uint32Array, draws: Draws): void {
  for (let k = order.length - 1; k > 0; k--) {
    const other = draws.below(k + 1);
    const kept = order[k]!;
    order[k] = order[other]!;
    order[other] = kept;
  }
}
