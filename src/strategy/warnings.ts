import { fault, type Fault } from '../core/fault.ts';
import { placeOf, quoted, type Span } from '../language/tokens.ts';
import type { Side } from './clauses.ts';
import { contradictions } from './contradictions.ts';
import type { Draft, RuleName } from './draft.ts';
import type { NodeId } from './plan.ts';

const SIDES = [
  ['long', 'enterLong', ['exitLong', 'exitLongHeld']],
  ['short', 'enterShort', ['exitShort', 'exitShortHeld']],
] as const satisfies readonly (readonly [Side, RuleName, readonly RuleName[]])[];

/**
 * What is no fault but hardly meant.
 * @param roots the nodes that decide a trial
 */
export function warningsOf(draft: Draft, roots: readonly NodeId[]): Fault[] {
  return [
    ...unusedParameters(draft, roots),
    ...linesWithoutEntry(draft),
    ...levelsOfBothSides(draft),
    ...contradictions(draft),
  ];
}

function unusedParameters({ scope, axes, axisPlaces }: Draft, roots: readonly NodeId[]): Fault[] {
  const used = new Set(roots.flatMap((id) => scope.graph.nodes[id]!.deps));
  return axes.flatMap((axis, k) => {
    if (used.has(k)) return [];
    const message = `No rule depends on the parameter ${quoted(axis.name)}, so all its values give the same result.`;
    return [fault('unused_parameter', message, 'Use it in a rule or remove it.', placeOf(axisPlaces[k]!))];
  });
}

/** Exits and orders of a side that never enters. */
function linesWithoutEntry({ rules, rulePlaces, orders }: Draft): Fault[] {
  return SIDES.flatMap(([side, enter, exits]) => {
    if (rules.has(enter)) return [];
    const warn = (words: string, at: Span): Fault => {
      const message = `Nothing enters ${side}, so \`${words}\` has nothing to leave.`;
      return fault('exit_without_entry', message, `Add \`enter ${side} when …\` or remove the line.`, placeOf(at));
    };
    const exit = exits.find((name) => rules.has(name));
    const own = orders[side].places.filter(({ bothSides }) => !bothSides);
    return [
      ...(exit === undefined ? [] : [warn(`exit ${side}`, rulePlaces.get(exit)!)]),
      ...own.map(({ word, at }) => warn(word === 'after' ? `exit ${side} after` : `${word} ${side}`, at)),
    ];
  });
}

/** One price cannot be below a long entry and above a short one. */
function levelsOfBothSides({ rules, orders }: Draft): Fault[] {
  if (!rules.has('enterLong') || !rules.has('enterShort')) return [];
  return orders.long.places.flatMap(({ word, at, bothSides, level }) => {
    if (!bothSides || !level) return [];
    const message = `One price is the ${word} of long and short positions, and lies on the wrong side of one of them.`;
    return [fault('level_for_both_sides', message, `Write \`${word} long at …\` and \`${word} short at …\`.`, placeOf(at))];
  });
}
