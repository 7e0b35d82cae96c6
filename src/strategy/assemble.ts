import { fault, type Fault } from '../core/fault.ts';
import { sha256Hex, utf8Bytes } from '../core/hash.ts';
import { placeOf, quoted } from '../language/tokens.ts';
import type { Draft, RuleName } from './draft.ts';
import { reachable } from './graph.ts';
import type { NodeId, Plan, SideOrders } from './plan.ts';

const RULES = ['enterLong', 'exitLong', 'enterShort', 'exitShort'] as const satisfies readonly RuleName[];
const NO_ORDERS: SideOrders = { stops: [], targets: [], trails: [], breakEvens: [], exitAfter: null };
const MAX_PLOTS = 24;

/** Numbers the nodes that rules and plots reach, and adds what only the whole text shows. Null where nothing ever enters. */
export function assemble(draft: Draft): Plan | null {
  const { scope, axes, constraints } = draft;
  const { graph } = scope;
  const ruleIds = RULES.map((name): NodeId | null => {
    const id = draft.rules.get(name);
    const node = id === undefined ? undefined : graph.nodes[id];
    return id === undefined || (node?.op === 'constant' && !node.value) ? null : id;
  });
  if (ruleIds[0] === null && ruleIds[2] === null) {
    const advice = 'Add a line such as `enter long when crossover(a, b)`.';
    scope.faults.push(fault('no_entry', 'The strategy never enters a position.', advice));
    return null;
  }
  const plots = [...scope.names].flatMap(([name, { value }]) =>
    value.type === 'series' ? [{ name, node: value.node, pane: value.level }] : [],
  );
  plots.length = Math.min(plots.length, MAX_PLOTS);
  const { nodes, ids } = reachable(graph.nodes, [...ruleIds.filter((id) => id !== null), ...plots.map(({ node }) => node)]);
  const [enterLong, exitLong, enterShort, exitShort] = ruleIds.map((id) => (id === null ? null : ids.get(id)!));
  const fingerprints = ruleIds.map((id) => (id === null ? null : graph.fingerprint(id)));
  const names = axes.map((axis) => axis.name);
  return {
    version: 1,
    nodes,
    rules: {
      enterLong: enterLong!,
      exitLong: exitLong!,
      enterShort: enterShort!,
      exitShort: exitShort!,
      exitLongHeld: null,
      exitShortHeld: null,
    },
    orders: { long: NO_ORDERS, short: NO_ORDERS },
    size: null,
    space: { axes, constraints },
    plots: plots.map((plot) => ({ ...plot, node: ids.get(plot.node)! })),
    warnings: [...draft.warnings, ...warningsOf(draft, ruleIds)],
    hash: sha256Hex(utf8Bytes(JSON.stringify({ version: 1, rules: fingerprints, axes: names }))),
  };
}

function warningsOf({ scope, axes, axisPlaces, rules, rulePlaces }: Draft, ruleIds: readonly (NodeId | null)[]): Fault[] {
  const warnings: Fault[] = [];
  const used = new Set(ruleIds.flatMap((id) => (id === null ? [] : scope.graph.nodes[id]!.deps)));
  axes.forEach((axis, k) => {
    if (used.has(k)) return;
    const message = `No rule depends on the parameter ${quoted(axis.name)}, so all its values give the same result.`;
    warnings.push(fault('unused_parameter', message, 'Use it in a rule or remove it.', placeOf(axisPlaces[k]!)));
  });
  for (const [enter, exit, side] of [
    ['enterLong', 'exitLong', 'long'],
    ['enterShort', 'exitShort', 'short'],
  ] as const) {
    if (rules.has(enter) || !rules.has(exit)) continue;
    const message = `Nothing enters ${side}, so \`exit ${side}\` has nothing to leave.`;
    warnings.push(
      fault('exit_without_entry', message, `Add \`enter ${side} when …\` or remove the line.`, placeOf(rulePlaces.get(exit)!)),
    );
  }
  return warnings;
}
