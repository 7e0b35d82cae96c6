import { axisValue, type Axis } from '../space/axis.ts';

/**
 * An axis as a sampler sees it: ranks 0 … size − 1. Near ranks of an ordered axis are alike: positions of a range, values of a
 * list by size. Ranks of a choice only differ.
 */
export interface Scale {
  readonly size: number;
  readonly ordered: boolean;
  rankOf(position: number): number;
  positionOf(rank: number): number;
}

const SAME = (index: number): number => index;

export function scaleOf(axis: Axis): Scale {
  const { size } = axis;
  if (axis.kind !== 'list') {
    return { size, ordered: axis.kind !== 'choice' || size < 2, rankOf: SAME, positionOf: SAME };
  }
  const byValue = Array.from({ length: size }, (_, position) => position).sort(
    (a, b) => axisValue(axis, a) - axisValue(axis, b),
  );
  const ranks = new Int32Array(size);
  byValue.forEach((position, rank) => (ranks[position] = rank));
  return { size, ordered: true, rankOf: (position) => ranks[position]!, positionOf: (rank) => byValue[rank]! };
}
