import type { Expr } from '../language/expression.ts';
import { nearest } from '../language/suggest.ts';
import { quoted, type Span } from '../language/tokens.ts';
import type { SourceName } from './plan.ts';
import { report, type OwnName, type Scope, type SeriesValue, type Value } from './values.ts';
import { CALENDAR, CALLABLE, HELD_TERMS, SOURCES } from './vocabulary.ts';

type Elaborate = (scope: Scope, expr: Expr) => Value;

/** What the text has defined under a name. Inside `tf(…)` series and conditions are worked out anew, over the frame's bars. */
export function ownName(scope: Scope, name: string, elaborate: Elaborate): OwnName | undefined {
  const found = scope.names.get(name);
  if (found !== undefined || scope.outer === null) return found;
  const outer = ownName(scope.outer, name, elaborate);
  if (outer === undefined) return undefined;
  const again = outer.value.type === 'series' || outer.value.type === 'condition';
  const value = again && outer.expr !== null ? elaborate(scope, outer.expr) : outer.value;
  const own = { ...outer, value };
  scope.names.set(name, own);
  return own;
}

/** A built-in series, or what is known only in a position. */
export function builtIn(scope: Scope, name: string): SeriesValue | null {
  const source = SOURCES.get(name) ?? (CALENDAR.has(name) ? 'own' : undefined);
  if (source !== undefined) return { type: 'series', node: scope.graph.source(name as SourceName), level: source };
  const held = HELD_TERMS.get(name);
  return held === undefined ? null : { type: 'series', node: scope.graph.held(held.term), level: held.level };
}

/** The meaning of a name; a choice stays one. */
export function nameValue(scope: Scope, name: string, at: Span, elaborate: Elaborate): Value {
  const own = ownName(scope, name, elaborate);
  if (own !== undefined) return own.value;
  const later = scope.later.get(name);
  const series = builtIn(scope, name);
  if (series !== null && later === undefined) return series;
  if (name === 'tr') return elaborate(scope, { kind: 'call', at, name, nameAt: at, args: [] });
  if (later !== undefined)
    return report(
      scope,
      'used_early',
      `\`${name}\` is used before its definition in line ${later.line}.`,
      'Move the definition up.',
      at,
    );
  const callable = CALLABLE.get(name);
  if (callable !== undefined)
    return report(scope, 'not_called', `\`${name}\` is a function.`, `Call it, as in \`${callable}\`.`, at);
  const known = [...knownNames(scope), ...SOURCES.keys(), ...CALENDAR, ...HELD_TERMS.keys(), 'tr', 'true', 'false'];
  const close = nearest(name, known);
  const advice =
    close === null ? 'Define it in a line above, as in `n = param(10, 5..50 by 1)`.' : `Did you mean \`${close}\`?`;
  return report(scope, 'unknown_name', `${quoted(name)} is not defined.`, advice, at);
}

function knownNames(scope: Scope): string[] {
  return [...scope.names.keys(), ...(scope.outer === null ? [] : knownNames(scope.outer))];
}
