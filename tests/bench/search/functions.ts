import { exp, sin } from '../../../src/core/maths.ts';
import type { Axis } from '../../../src/space/axis.ts';
import { makeChoiceAxis, makeRangeAxis } from '../../../src/space/make-axis.ts';
import type { Space } from '../../../src/space/space.ts';
import { must } from '../../support/outcome.ts';

/** A function to be made small, over axes that hold it nearly as finely as numbers do. Its least value is 0. */
export interface TestFunction {
  readonly name: string;
  readonly unimodal: boolean;
  readonly space: Space;
  at(positions: ArrayLike<number>): number;
}

const FINE = 5e-9; // step of an axis
const NAMES = ['a', 'b', 'c', 'd'];
/** The optimum lies off the middle and off the grid of coarse samplers. */
const SHIFT = 0.77;

type Body = (x: readonly number[]) => number;

const cos = (x: number): number => sin(x + Math.PI / 2);
const sphere: Body = (x) => x.reduce((sum, v) => sum + v * v, 0);
const ellipsoid: Body = (x) => x.reduce((sum, v, i) => sum + exp((Math.LN10 * 6 * i) / Math.max(1, x.length - 1)) * v * v, 0);
const rosenbrock: Body = (x) => {
  let sum = 0;
  for (let i = 0; i + 1 < x.length; i++) {
    const a = x[i]! + 1;
    const b = x[i + 1]! + 1;
    sum += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a);
  }
  return sum;
};
const rastrigin: Body = (x) => x.reduce((sum, v) => sum + v * v + 10 - 10 * cos(2 * Math.PI * v), 0);
const ackley: Body = (x) => {
  const square = sphere(x) / x.length;
  const wave = x.reduce((sum, v) => sum + cos(2 * Math.PI * v), 0) / x.length;
  return Math.max(0, 20 - 20 * exp(-0.2 * Math.sqrt(square)) + Math.E - exp(wave));
};

const BODIES = { sphere, ellipsoid, rosenbrock, rastrigin, ackley } as const;
export type FunctionName = keyof typeof BODIES;
const UNIMODAL: readonly FunctionName[] = ['sphere', 'ellipsoid', 'rosenbrock'];

/** @param axes how many */
export function continuous(name: FunctionName, axes: number): TestFunction {
  const space = { axes: Array.from({ length: axes }, (_, a) => fineAxis(`x${a}`)), constraints: [] };
  const body = BODIES[name];
  return {
    name: `${name} ${axes}`,
    unimodal: UNIMODAL.includes(name),
    space,
    at: (positions) => body(Array.from({ length: axes }, (_, a) => -5 + positions[a]! * FINE - SHIFT)),
  };
}

/** Half of the axes are whole numbers, one is a choice: the right name costs nothing, another one 1. */
export function mixed(name: FunctionName, axes: number): TestFunction {
  const kinds: Axis[] = [must(makeChoiceAxis('kind', NAMES))];
  for (let a = 1; a < axes; a++) {
    kinds.push(a % 2 === 0 ? fineAxis(`x${a}`) : must(makeRangeAxis(`n${a}`, '-10', '10', '1', '0')));
  }
  const body = BODIES[name];
  return {
    name: `${name} mixed ${axes}`,
    unimodal: UNIMODAL.includes(name),
    space: { axes: kinds, constraints: [] },
    at: (positions) => {
      const x = kinds
        .slice(1)
        .map((axis, k) => (axis.size === 21 ? positions[k + 1]! - 13 : -5 + positions[k + 1]! * FINE - SHIFT));
      return body(x) + Number(positions[0] !== 2);
    },
  };
}

function fineAxis(name: string): Axis {
  return must(makeRangeAxis(name, '-5', '5', FINE.toFixed(9), '0'));
}
