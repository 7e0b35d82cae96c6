import type { Rows } from '../../metrics/rows.ts';
import { COMPLETE } from '../../metrics/state.ts';
import type { Generation } from '../../search/generation.ts';

/** Scores below it stand for trials that broke a limit. */
const BROKEN = -1e200;

/**
 * The best value after each of the first `count` rows, NaN before the first.
 *
 * @param sign 1 where larger is better, −1 where smaller is
 */
export function bestCurve(rows: Rows, column: number, count: number, sign: number): Float64Array {
  const out = new Float64Array(count);
  const values = rows.columns[column]!;
  let best = NaN;
  for (let row = 0; row < count; row++) {
    const value = values[row]!;
    if (rows.states[row] === COMPLETE && !Number.isNaN(value) && !(sign * value <= sign * best)) best = value;
    out[row] = best;
  }
  return out;
}

/** One figure of each generation, as the metric's value; NaN where no trial has one. */
export function generationCurve(
  generations: readonly Generation[],
  figure: (generation: Generation) => number,
  sign: number,
): Float64Array {
  return Float64Array.from(generations, (generation) => {
    const score = figure(generation);
    return score > BROKEN ? sign * score : NaN;
  });
}

/** Pairs of axes that have something to show, at most `most`: those of ordered axes first. */
export function axisPairs(
  axes: readonly { readonly kind: string; readonly size: number }[],
  most: number,
): (readonly [number, number])[] {
  const shown = axes.flatMap(({ size }, a) => (size > 1 ? [a] : []));
  const isOrdered = (a: number): number => Number(axes[a]!.kind !== 'choice' && axes[a]!.kind !== 'flag');
  const pairs = shown.flatMap((a, k) => shown.slice(k + 1).map((b) => [a, b] as const));
  return pairs.sort(([a, b], [c, d]) => isOrdered(c) + isOrdered(d) - isOrdered(a) - isOrdered(b)).slice(0, most);
}
