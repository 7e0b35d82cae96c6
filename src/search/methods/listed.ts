import { Odometer } from '../../space/odometer.ts';
import { axisValue } from '../../space/axis.ts';
import type { Candidates, Method, MethodMaker, Tools } from '../method.ts';

const LAG = 16;
const STEPS = 1_000_000; // tuples looked at for one generation

/** Every feasible trial in trial order, as a step after other searches: those that ran are left out. */
export const LISTED: MethodMaker = {
  lag: () => LAG,
  create({ space, size, archive }): Method {
    const odometer = new Odometer(space.axes, space.constraints);
    return {
      propose(_, candidates) {
        for (let found = 0; found < size && odometer.next(STEPS) === true;) {
          if (archive.find(odometer.positions) >= 0) continue;
          candidates.add(odometer.positions);
          found++;
        }
      },
      learn: () => undefined,
    };
  },
};

const REACH = 3; // steps to either side of the best trial

/** The full grid around the best trial of the searches before: every feasible trial within a few steps of it on every axis. */
export const AROUND: MethodMaker = {
  lag: () => LAG,
  create(tools): Method {
    const box = boxAround(tools);
    const walk = box === null ? null : new Odometer(box.axes, tools.space.constraints);
    const positions = new Int32Array(tools.scales.length);
    return {
      over: walk !== null, // once it proposes nothing more
      propose(_, candidates: Candidates) {
        if (walk === null || box === null) return;
        for (let found = 0; found < tools.size && walk.next(STEPS) === true;) {
          for (let a = 0; a < positions.length; a++) positions[a] = box.positions[a]![walk.positions[a]!]!;
          if (tools.archive.find(positions) >= 0) continue;
          candidates.add(positions);
          found++;
        }
      },
      learn: () => undefined,
    };
  },
};

/** The axes cut to the surroundings of the best trial, and the positions that they keep; null where no trial has a score. */
function boxAround({ archive, scales, space }: Tools) {
  let best = -1;
  for (let entry = 0; entry < archive.count; entry++) {
    if (archive.market(entry) !== 0 || !(archive.score(entry) > -Infinity)) continue;
    if (best < 0 || archive.score(entry) > archive.score(best)) best = entry;
  }
  if (best < 0) return null;
  const positions = scales.map((scale, a) => {
    const rank = scale.rankOf(archive.position(best, a));
    if (!scale.ordered) return [archive.position(best, a)];
    const from = Math.max(0, rank - REACH);
    const to = Math.min(scale.size - 1, rank + REACH);
    return Array.from({ length: to - from + 1 }, (_, k) => scale.positionOf(from + k));
  });
  const axes = space.axes.map((axis, a) => ({
    kind: 'list' as const,
    name: axis.name,
    size: positions[a]!.length,
    values: positions[a]!.map((position) => axisValue(axis, position)),
    fallback: 0,
  }));
  return { axes, positions };
}
