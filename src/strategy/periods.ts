import { fault, type Fault, type Faults } from '../core/fault.ts';
import { findIndicator } from '../indicators/catalogue.ts';
import { allows, period, type Param } from '../indicators/indicator.ts';
import {
  evaluateScalar,
  scalarAxes,
  scalarBounds,
  scalarSteps,
  type Bounds,
  type MathFn,
  type ScalarExpr,
} from '../language/scalar.ts';
import type { Axis } from '../space/axis.ts';
import type { Constraint } from '../space/space.ts';
import type { Plan, PlanNode } from './plan.ts';
import { eachTuple, MOST_TUPLES, tupleCount, valuesOfAxis, type Values } from './tuples.ts';

/** Plain operations that the checks of one plan may take: some 20 ms, so that no text freezes the page. */
const MOST_STEPS = 800_000;
const STEPS_PER_TUPLE = 3; // to get to it

/** What `x[n]` allows. */
export const BARS_BACK: Param = period('', null, 0);
/** What the seed of `random` allows. */
export const SEED: Param = period('seed', null, 0);
/** What `exit after N bars` allows. */
export const BARS_AFTER: Param = period('', null, 1);
export const AFTER = 'exit after';

/**
 * Checks that every number of an indicator is within its bounds and every `[n]` a whole number from 0 up, at every trial that the
 * constraints leave. For ranges that a person changed: the compiler has checked the text's own.
 * @returns faults placed on an axis, or null
 */
export function checkPeriods(plan: Plan, axes: readonly Axis[]): Faults | null {
  const faults: Fault[] = [];
  const checker = createNumberCheck(axes, plan.space.constraints);
  const seen = new Map<Param, Set<PlanNode>>();
  const check = (node: PlanNode, rule: Param, of: string): void => {
    const checked = seen.get(rule) ?? new Set();
    if (node.op !== 'number' || checked.has(node)) return;
    seen.set(rule, checked.add(node));
    const found = checker(node.expr, rule, of);
    const name = axes[scalarAxes(node.expr)[0] ?? -1]?.name;
    if (found !== null) faults.push(name === undefined ? found : { ...found, place: { kind: 'axis', axis: name } });
  };
  for (const { nodes } of [plan, ...plan.frames]) {
    for (const node of nodes) {
      if (node.op === 'indicator') {
        const rules = findIndicator(node.name)!.params;
        node.params.forEach((id, k) => check(nodes[id]!, rules[k]!, node.name));
      }
      if (node.op === 'shift' || node.op === 'shiftCondition') check(nodes[node.bars]!, BARS_BACK, '');
      if (node.op === 'random') check(nodes[node.seed]!, SEED, 'random');
    }
  }
  for (const { exitAfter } of [plan.orders.long, plan.orders.short])
    if (exitAfter !== null) check(plan.nodes[exitAfter]!, BARS_AFTER, AFTER);
  const [first, ...more] = faults;
  return first === undefined ? null : [first, ...more];
}

/** A function that checks one number; all calls share a budget. Its faults have no place yet. */
export function createNumberCheck(
  axes: readonly Axis[],
  constraints: readonly Constraint[],
): (expr: ScalarExpr, rule: Param, of: string) => Fault | null {
  const all = axes.map(valuesOfAxis);
  const lows = all.map((axis) => axis.low);
  const highs = all.map((axis) => axis.high);
  const values = new Float64Array(all.length);
  let budget = MOST_STEPS;
  const passed = new Set<string>(); // what was found right by trying every tuple

  /** Tries tuples until one that the constraints leave breaks the rule, which then stands in `values`, or the steps are used up. */
  function tryTuples(expr: ScalarExpr, rule: Param, deps: readonly number[]): 'right' | 'wrong' | 'unknown' {
    const binding = constraints.filter((constraint) => constraint.axes.every((axis) => deps.includes(axis)));
    const steps = STEPS_PER_TUPLE + scalarSteps(expr);
    const bindingSteps = binding.reduce((sum, constraint) => sum + scalarSteps(constraint.expr), 0);
    let found: 'right' | 'wrong' | 'unknown' = tupleCount(all, deps) <= MOST_TUPLES ? 'right' : 'unknown';
    eachTuple(all, deps, values, MOST_TUPLES, () => {
      budget -= steps;
      if (budget < 0) found = 'unknown';
      if (budget < 0 || allows(rule, evaluateScalar(expr, values))) return budget < 0;
      budget -= bindingSteps;
      const wrong = binding.every((constraint) => evaluateScalar(constraint.expr, values) !== 0);
      if (wrong) found = 'wrong';
      return wrong;
    });
    return found;
  }

  return (expr, rule, of) => {
    const deps = scalarAxes(expr);
    const bounds = scalarBounds(expr, lows, highs);
    const whole = rule.kind === 'number' || isWhole(expr, all);
    if (whole && bounds.low >= rule.least && bounds.high <= rule.most && bounds.high < Infinity) return null;

    const key = JSON.stringify([rule.kind, rule.least, rule.most, expr]);
    const found = passed.has(key) ? 'right' : tryTuples(expr, rule, deps);
    if (found === 'right') {
      passed.add(key);
      return null;
    }
    if (found === 'wrong') {
      const bad = `takes the value ${evaluateScalar(expr, values)}${witness(expr, deps, all, values)}`;
      const cure = `change the range, or add a \`require\` line${rule.kind === 'period' ? ' or `round(…)`' : ''}`;
      return misuse(bad, rule, of, deps.length === 0 ? null : cure);
    }
    const [guess, cure] = guessed(whole, bounds, rule);
    const advice = `there are too many combinations to try them all: make the ranges smaller, or write \`${cure}\``;
    return misuse(guess, rule, of, advice);
  };
}

/** What may be wrong, as far as bounds tell, and what would make bounds suffice. */
function guessed(whole: boolean, { low, high }: Bounds, { least, most }: Param): readonly [string, string] {
  if (!whole) return ['may not be a whole number everywhere', 'round(…)'];
  return low < least
    ? [`can be as low as ${low}`, `max(${least}, …)`]
    : [`can be as high as ${high}`, `min(${most < Infinity ? most : 500}, …)`];
}

function misuse(what: string, rule: Param, of: string, cure: string | null): Fault {
  const { kind, name, least, most } = rule;
  const range = most === Infinity ? `from ${least} up` : `from ${least} to ${most}`;
  const whole = kind === 'period';
  const it =
    whole && least > 0 && of !== AFTER
      ? `A period is a whole number ${range}`
      : `It ${of === AFTER ? 'is a whole number' : whole ? 'takes whole numbers' : 'takes numbers'} ${range}`;
  const advice = cure === null ? `${it}.` : `${it}; ${cure}.`;
  if (of === '') return fault('bad_shift', `The number of bars in \`[…]\` ${what}.`, advice);
  if (of === AFTER) return fault('bad_after', `The number of bars in \`exit after\` ${what}.`, advice);
  if (whole && least === 1) return fault('bad_period', `The period of \`${of}\` ${what}.`, advice);
  return fault('bad_number', `The \`${name}\` of \`${of}\` ${what}.`, advice);
}

function witness(expr: ScalarExpr, deps: readonly number[], axes: readonly Values[], values: Float64Array): string {
  if (deps.length === 0) return '';
  if (expr.op === 'axis') return ` from \`${axes[expr.axis]!.name}\``;
  return ` where ${deps.map((k) => `${axes[k]!.name} is ${values[k]}`).join(' and ')}`;
}

/** Functions that give whole numbers whatever they get, and such that make fractions of whole numbers. */
const ROUNDS: ReadonlySet<MathFn> = new Set(['round', 'floor', 'ceil', 'sign']);
const BREAKS: ReadonlySet<MathFn> = new Set(['div', 'sqrt', 'log', 'exp', 'pow']);

/** Whether the form alone guarantees a whole number. */
function isWhole(expr: ScalarExpr, axes: readonly Values[]): boolean {
  switch (expr.op) {
    case 'const':
      return Number.isInteger(expr.value);
    case 'axis':
      return axes[expr.axis]!.whole;
    case 'math':
      if (ROUNDS.has(expr.fn)) return true;
      return !BREAKS.has(expr.fn) && expr.args.every((arg) => isWhole(arg, axes));
    case 'select':
      return isWhole(expr.then, axes) && isWhole(expr.otherwise, axes);
    default:
      return true; // conditions are 0 or 1
  }
}
