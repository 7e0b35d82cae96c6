import { Odometer } from '../space/odometer.ts';
import type { Space } from '../space/space.ts';
import type { Sampler } from './sampler.ts';

/** Every feasible trial, in trial order; the first `most` of them. */
export function createGrid(space: Space, most = Infinity): Sampler {
  const odometer = new Odometer(space.axes, space.constraints);
  let asked = 0;
  let end = most;
  return {
    ask(rows, from, to, maxSteps) {
      const started = odometer.steps;
      for (let row = from; row < to; row++) {
        if (asked >= end) return { written: row - from, exhausted: true, waiting: false, ended: 'trials' };
        const next = odometer.next(maxSteps - (odometer.steps - started));
        if (next !== true) return { written: row - from, exhausted: next === false, waiting: false };
        for (let axis = 0; axis < space.axes.length; axis++) rows.positions[axis]![row] = odometer.positions[axis]!;
        asked++;
      }
      return { written: Math.max(0, to - from), exhausted: false, waiting: false };
    },
    tell() {
      // A grid asks the same trials whatever they gave.
    },
    limit: (trials) => void (end = trials),
    get asked() {
      return asked;
    },
  };
}
