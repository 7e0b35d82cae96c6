import { fault, type Fault } from '../core/fault.ts';
import { scalarBounds, type ScalarExpr } from '../language/scalar.ts';
import { placeOf, quoted } from '../language/tokens.ts';
import type { Axis } from '../space/axis.ts';
import { Odometer } from '../space/odometer.ts';
import type { Draft, RuleName } from './draft.ts';
import type { Graph } from './graph.ts';
import type { NodeId } from './plan.ts';
import { valuesOfAxis } from './tuples.ts';

/** Steps through combinations that the search for one that is allowed may take. */
const MOST_STEPS = 20_000;

/** Conditions that are the same whatever the parameters, constraints that leave nothing, entries that never come about. */
export function contradictions(draft: Draft): Fault[] {
  const truth = truthOver(draft.axes);
  return [...constantConditions(draft, truth), ...constraintFaults(draft, truth), ...emptyEntries(draft, truth)];
}

/** 1 or 0 where an expression is so for every combination of the ranges, constraints ignored; else null. */
type Truth = (expr: ScalarExpr) => 0 | 1 | null;

function truthOver(axes: readonly Axis[]): Truth {
  const all = axes.map(valuesOfAxis);
  const lows = all.map(({ low }) => low);
  const highs = all.map(({ high }) => high);
  return (expr) => {
    const { low, high } = scalarBounds(expr, lows, highs);
    if (low === 1 && high === 1) return 1;
    return low === 0 && high === 0 ? 0 : null;
  };
}

function constantConditions({ scope }: Draft, truth: Truth): Fault[] {
  return scope.comparisons.flatMap(({ expr, at }) => {
    const value = truth(expr);
    if (value === null) return [];
    const words = quoted(scope.text.slice(at.offset, at.offset + at.length));
    const message = `${words} is ${value === 1 ? 'always' : 'never'} true, whatever the parameters.`;
    return [fault('constant_condition', message, 'Compare other things, or remove it.', placeOf(at))];
  });
}

function constraintFaults({ axes, constraints }: Draft, truth: Truth): Fault[] {
  const alone = constraints.flatMap(({ expr, text, place }) => {
    const value = truth(expr);
    if (value === null) return [];
    if (value === 1)
      return [fault('always_satisfied', `${quoted(text)} is always true in these ranges.`, 'Remove the line.', place)];
    const message = `${quoted(text)} is never true in these ranges, so no combination is left.`;
    return [fault('contradiction', message, 'Change a range or the line.', place)];
  });
  const last = constraints.at(-1);
  if (last === undefined || alone.some(({ code }) => code === 'contradiction')) return alone;
  const odometer = new Odometer(
    axes,
    constraints,
    [...new Set(constraints.flatMap((constraint) => constraint.axes))].sort((a, b) => a - b),
  );
  if (odometer.next(MOST_STEPS) !== false) return alone;
  const message = `No combination satisfies ${constraints.map(({ text }) => quoted(text)).join(' and ')} together.`;
  return [...alone, fault('contradiction', message, 'Change a range or one of the lines.', last.place)];
}

/** Entries that no combination allows, and such that the exit of the same side always forbids. */
function emptyEntries({ scope, rules, rulePlaces }: Draft, truth: Truth): Fault[] {
  const sides = [
    ['enterLong', 'exitLong', 'long'],
    ['enterShort', 'exitShort', 'short'],
  ] as const satisfies readonly (readonly [RuleName, RuleName, string])[];
  return sides.flatMap(([enter, exit, side]) => {
    const entry = rules.get(enter);
    if (entry === undefined) return [];
    const place = placeOf(rulePlaces.get(enter)!);
    if (!possible(scope.graph, truth, entry, false))
      return [
        fault(
          'never_enters',
          `Nothing ever enters ${side}: the condition is never true.`,
          'Change the condition or a range.',
          place,
        ),
      ];
    const leave = rules.get(exit);
    if (leave === undefined || !implies(scope.graph, entry, leave)) return [];
    const message = `\`enter ${side}\` is never followed: \`exit ${side}\` is true whenever it is, and goes before it.`;
    return [fault('vetoed_entry', message, 'Make one of the two conditions narrower.', place)];
  });
}

/** Whether a condition can be true (or, `negated`, false) for some combination, as far as its form tells. */
function possible(graph: Graph, truth: Truth, id: NodeId, negated: boolean): boolean {
  const node = graph.nodes[id]!;
  switch (node.op) {
    case 'constant':
      return node.value !== negated;
    case 'scalar': {
      const value = truth(node.expr);
      return value === null || (value === 1) !== negated;
    }
    case 'not':
      return possible(graph, truth, node.arg, !negated);
    case 'and':
    case 'or': {
      const left = possible(graph, truth, node.left, negated);
      const right = possible(graph, truth, node.right, negated);
      return (node.op === 'and') !== negated ? left && right : left || right;
    }
    default:
      return true;
  }
}

/** Whether one of the parts that `and` joins in `a` is one of those that `or` joins in `b`. */
function implies(graph: Graph, a: NodeId, b: NodeId): boolean {
  const parts = (id: NodeId, op: 'and' | 'or'): NodeId[] => {
    const node = graph.nodes[id]!;
    return node.op === op ? [id, ...parts(node.left, op), ...parts(node.right, op)] : [id];
  };
  const alternatives = new Set(parts(b, 'or'));
  return parts(a, 'and').some((part) => alternatives.has(part));
}
