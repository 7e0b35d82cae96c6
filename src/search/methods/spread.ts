import type { Method, MethodMaker, NextPoint, Tools } from '../method.ts';
import { latinPoints } from './latin.ts';
import { sobolPoints } from './sobol.ts';

/**
 * Methods that do not learn: points of the unit cube, moved into the feasible trials. They are told all the same, far behind,
 * for the statistics and for a search that stops where nothing gets better.
 */
const LAG = 16;
const REFINE_DRAWS = 4000;

function spread(points: (tools: Tools) => NextPoint): MethodMaker {
  return {
    lag: () => LAG,
    create(tools): Method {
      const { scales, feasible, size } = tools;
      const next = points(tools);
      const unit = tools.draws(1).unit;
      // From here on the tree changes rarely, so that even points stay even.
      feasible.refine(tools.draws(2).unit, REFINE_DRAWS);
      const point = new Float64Array(scales.length);
      const positions = new Int32Array(scales.length);
      return {
        propose(_, candidates) {
          for (let k = 0; k < size; k++) {
            next(point);
            if (feasible.at(point, unit, positions)) candidates.add(positions);
          }
        },
        learn: () => undefined,
      };
    },
  };
}

/** Independent trials, each feasible one equally likely. */
export const RANDOM = spread((tools) => {
  const { unit } = tools.draws(0);
  return (point) => {
    for (let a = 0; a < point.length; a++) point[a] = unit();
  };
});

export const SOBOL = spread((tools) => sobolPoints(tools.scales.length, tools.draws(0)));

export const LATIN = spread((tools) => latinPoints(tools.scales.length, tools.trials, tools.draws(0)));
