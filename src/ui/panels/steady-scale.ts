import type { Distribution } from '../../results/distribution.ts';
import { colorScale, type ColorScale } from '../colors.ts';

/**
 * A colour scale for each step of a run: its ends only move outwards while `widen` is set, and the same object comes back where
 * nothing changed, so that what is drawn from it is not drawn again.
 */
export function createSteadyScale(): (of: {
  key: unknown;
  distribution: Distribution;
  signed: boolean;
  widen: boolean;
}) => ColorScale {
  let key: unknown;
  let last: ColorScale | null = null;
  return (of) => {
    const before = key === of.key ? last : null;
    const next = colorScale(of.distribution, of.signed, of.widen ? before : null);
    key = of.key;
    if (before === null || !sameScale(before, next)) last = next;
    return last ?? next;
  };
}

function sameScale(a: ColorScale, b: ColorScale): boolean {
  return (
    a.low === b.low &&
    a.high === b.high &&
    a.step === b.step &&
    a.clampedLow === b.clampedLow &&
    a.clampedHigh === b.clampedHigh
  );
}
