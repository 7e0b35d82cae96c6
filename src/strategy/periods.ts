import { fault, type Fault, type Faults } from '../core/fault.ts';
import { evaluateScalar, scalarAxes, scalarBounds, type ScalarExpr } from '../language/scalar.ts';
import type { Axis } from '../space/axis.ts';
import type { Constraint } from '../space/space.ts';
import type { NodeId, Plan } from './plan.ts';
import { eachTuple, MOST_TUPLES, tupleCount, valuesOfAxis, type Values } from './tuples.ts';

const MOST_CHECKS = 300_000; // of one plan

/**
 * Checks that every period of an indicator is a whole number from 1 up and every `[n]` one from 0 up, at every trial that the
 * constraints leave. For ranges that a person changed: the compiler has checked the text's own.
 * @returns faults placed on an axis, or null
 */
export function checkPeriods(plan: Plan, axes: readonly Axis[]): Faults | null {
  const faults: Fault[] = [];
  const checker = createWholeCheck(axes, plan.space.constraints);
  const seen = new Set<NodeId>();
  const check = (id: NodeId, least: 0 | 1, of: string): void => {
    const node = plan.nodes[id]!;
    if (node.op !== 'number' || seen.has(id * 2 + least)) return;
    seen.add(id * 2 + least);
    const found = checker(node.expr, least, of);
    const name = axes[scalarAxes(node.expr)[0] ?? -1]?.name;
    if (found !== null) faults.push(name === undefined ? found : { ...found, place: { kind: 'axis', axis: name } });
  };
  for (const node of plan.nodes) {
    if (node.op === 'indicator') for (const id of node.params) check(id, 1, node.name);
    if (node.op === 'shift' || node.op === 'shiftCondition') check(node.bars, 0, '');
  }
  for (const { exitAfter } of [plan.orders.long, plan.orders.short]) if (exitAfter !== null) check(exitAfter, 1, 'exit after');
  const [first, ...more] = faults;
  return first === undefined ? null : [first, ...more];
}

/** A function that checks one number; all calls share a budget. Its faults have no place yet. */
export function createWholeCheck(
  axes: readonly Axis[],
  constraints: readonly Constraint[],
): (expr: ScalarExpr, least: 0 | 1, of: string) => Fault | null {
  const all = axes.map(valuesOfAxis);
  const lows = all.map((axis) => axis.low);
  const highs = all.map((axis) => axis.high);
  const values = new Float64Array(all.length);
  let budget = MOST_CHECKS;

  return (expr, least, of) => {
    const deps = scalarAxes(expr);
    const bounds = scalarBounds(expr, lows, highs);
    const whole = isWhole(expr, all);
    if (whole && bounds.low >= least && bounds.high < Infinity) return null;

    const binding = constraints.filter((constraint) => constraint.axes.every((axis) => deps.includes(axis)));
    const most = Math.min(MOST_TUPLES, budget);
    const complete = tupleCount(all, deps) <= most;
    const found = eachTuple(all, deps, values, most, () => {
      budget -= 1;
      const value = evaluateScalar(expr, values);
      if (Number.isInteger(value) && value >= least) return false;
      return binding.every((constraint) => evaluateScalar(constraint.expr, values) !== 0);
    });
    if (!found && complete) return null;
    const guess = whole ? `can be as low as ${bounds.low}` : 'may not be a whole number everywhere';
    const bad = found ? `takes the value ${evaluateScalar(expr, values)}${witness(expr, deps, all, values)}` : guess;
    return misuse(bad, least, of, deps.length > 0);
  };
}

function misuse(what: string, least: 0 | 1, of: string, swept: boolean): Fault {
  const rule =
    least === 0
      ? 'It takes whole numbers from 0 up'
      : of === 'exit after'
        ? 'It is a whole number from 1 up'
        : 'A period is a whole number from 1 up';
  const advice = swept ? `${rule}; change the range, or add a \`require\` line or \`round(…)\`.` : `${rule}.`;
  if (least === 0) return fault('bad_shift', `The number of bars in \`[…]\` ${what}.`, advice);
  if (of === 'exit after') return fault('bad_after', `The number of bars in \`exit after\` ${what}.`, advice);
  return fault('bad_period', `The period of \`${of}\` ${what}.`, advice);
}

function witness(expr: ScalarExpr, deps: readonly number[], axes: readonly Values[], values: Float64Array): string {
  if (deps.length === 0) return '';
  if (expr.op === 'axis') return ` from \`${axes[expr.axis]!.name}\``;
  return ` where ${deps.map((k) => `${axes[k]!.name} is ${values[k]}`).join(' and ')}`;
}

/** Whether the form alone guarantees a whole number. */
function isWhole(expr: ScalarExpr, axes: readonly Values[]): boolean {
  switch (expr.op) {
    case 'const':
      return Number.isInteger(expr.value);
    case 'axis':
      return axes[expr.axis]!.whole;
    case 'math':
      if (expr.fn === 'round' || expr.fn === 'floor' || expr.fn === 'ceil') return true;
      return expr.fn !== 'div' && expr.fn !== 'sqrt' && expr.args.every((arg) => isWhole(arg, axes));
    default:
      return true; // conditions are 0 or 1
  }
}
