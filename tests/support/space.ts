import { scalarAxes, type CompareFn, type ScalarExpr } from '../../src/language/scalar.ts';
import type { Axis } from '../../src/space/axis.ts';
import { makeRangeAxis } from '../../src/space/make-axis.ts';
import type { Constraint } from '../../src/space/space.ts';
import { must } from './outcome.ts';

/** `low..high by 1`, for spaces whose values do not matter. */
export function wholeAxis(name: string, low: number, high: number): Axis {
  return must(makeRangeAxis(name, String(low), String(high), '1', String(low)));
}

/** `require …` as the compiler makes it. */
export function constraint(expr: ScalarExpr): Constraint {
  return { expr, text: 'of a test', axes: scalarAxes(expr), place: { kind: 'text', line: 1, column: 1, length: 1 } };
}

/** `require` axis `left` compared with axis `right`. */
export function compareAxes(fn: CompareFn, left: number, right: number): Constraint {
  return constraint({ op: 'compare', fn, left: { op: 'axis', axis: left }, right: { op: 'axis', axis: right } });
}
