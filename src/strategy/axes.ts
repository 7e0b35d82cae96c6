import type { Fault, Outcome, Place } from '../core/fault.ts';
import { MAX_AXES } from '../language/limits.ts';
import { quoted, placeOf } from '../language/tokens.ts';
import type { Axis } from '../space/axis.ts';
import { makeChoiceAxis, makeFixedAxis, makeFlagAxis, makeListAxis, makeLogAxis, makeRangeAxis } from '../space/make-axis.ts';
import type { Statement } from './statements.ts';
import { BROKEN, report, type Scope, type Value } from './values.ts';

type AxisStatement = Extract<Statement, { kind: 'axis' }>;

/** Adds the axis of a definition to `axes` and says what its name means from there on. */
export function addAxis(scope: Scope, axes: Axis[], statement: AxisStatement): Value {
  if (axes.length >= MAX_AXES) {
    const message = `${quoted(statement.name)} would be parameter ${MAX_AXES + 1}, and a text has at most ${MAX_AXES}.`;
    return report(scope, 'too_many_axes', message, 'Give it a fixed value.', statement.nameAt);
  }
  if (statement.name in Object.prototype || statement.name === 'prototype') {
    const message = `${quoted(statement.name)} cannot name a parameter: the study document could not hold its range.`;
    return report(scope, 'name_reserved', message, 'Choose another name.', statement.nameAt);
  }
  const made = makeAxis(statement, placeOf(statement.at));
  if (!made.ok) {
    scope.faults.push(...made.faults.map((found): Fault => ({ ...found, place: found.place ?? placeOf(statement.at) })));
    return BROKEN;
  }
  const axis = axes.length;
  axes.push(made.value);
  const { axis: text } = statement;
  if (text.form === 'choice') return { type: 'choice', axis, names: text.names };
  return { type: text.form === 'flag' ? 'truth' : 'number', expr: { op: 'axis', axis } };
}

function makeAxis({ name, axis }: AxisStatement, place: Place): Outcome<Axis> {
  switch (axis.form) {
    case 'range':
      return makeRangeAxis(name, axis.low, axis.high, axis.step, axis.fallback, place);
    case 'log':
      return makeLogAxis(name, axis.low, axis.high, axis.steps, axis.fallback, place);
    case 'list':
      return makeListAxis(name, axis.values, axis.fallback, place);
    case 'fixed':
      return makeFixedAxis(name, axis.value, place);
    case 'flag':
      return makeFlagAxis(name, axis.fallback, place);
    case 'choice': {
      const names = axis.names.map((option) => option.name);
      return makeChoiceAxis(name, names, place);
    }
  }
}
