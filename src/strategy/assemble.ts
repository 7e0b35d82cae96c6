import { fault } from '../core/fault.ts';
import { sha256Hex, utf8Bytes } from '../core/hash.ts';
import type { Side } from './clauses.ts';
import type { Draft, RuleName } from './draft.ts';
import { reachable } from './graph.ts';
import type { FramePlan, LevelRule, NodeId, Plan, PlanNode, SideOrders, SizeRule } from './plan.ts';
import { orderRoots } from './roots.ts';
import type { FrameScope } from './values.ts';
import { warningsOf } from './warnings.ts';

const RULES = [
  'enterLong',
  'exitLong',
  'enterShort',
  'exitShort',
  'exitLongHeld',
  'exitShortHeld',
] as const satisfies readonly RuleName[];
const MAX_PLOTS = 24;

/** Numbers the nodes that rules and plots reach, and adds what only the whole text shows. Null where nothing ever enters. */
export function assemble(draft: Draft): Plan | null {
  const { scope } = draft;
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
    value.type === 'series' && graph.heldTerm(value.node) === null ? [{ name, node: value.node, pane: value.level }] : [],
  );
  plots.length = Math.min(plots.length, MAX_PLOTS);
  return planOf(draft, ruleIds, plots);
}

/** @param ruleIds one per rule in the order of RULES; none where only the plots are wanted */
export function planOf(draft: Draft, ruleIds: readonly (NodeId | null)[], plots: Plan['plots']): Plan {
  const { scope, axes, constraints } = draft;
  const { graph } = scope;
  const orders = { long: finished(draft, 'long'), short: finished(draft, 'short') };
  const size: SizeRule | null =
    draft.size === null ? null : { kind: draft.size.kind, node: draft.size.node, per: draft.size.per };
  const roots = [
    ...ruleIds,
    ...orderRoots(orders.long),
    ...orderRoots(orders.short),
    size?.node ?? null,
    size?.per ?? null,
  ].filter((id) => id !== null);
  const { nodes: kept, ids } = reachable(graph.nodes, [...roots, ...plots.map(({ node }) => node)]);
  const { nodes, frames } = keepFrames(kept, [...scope.frames.values()]);
  const renumbered = (id: NodeId): NodeId => ids.get(id)!;
  return {
    version: 1,
    nodes,
    frames,
    rules: rulesOf(ruleIds.map((id) => (id === null ? null : renumbered(id)))),
    orders: { long: mapOrders(orders.long, renumbered), short: mapOrders(orders.short, renumbered) },
    size: size === null ? null : { ...size, node: renumbered(size.node), per: size.per === null ? null : renumbered(size.per) },
    space: { axes, constraints },
    plots: plots.map((plot) => ({ ...plot, node: renumbered(plot.node) })),
    warnings: [...draft.warnings, ...warningsOf(draft, roots)],
    hash: hashOf(draft, ruleIds, orders, size),
  };
}

/** @param ids in the order of RULES */
function rulesOf(ids: readonly (NodeId | null)[]): Plan['rules'] {
  const at = (name: RuleName): NodeId | null => ids[RULES.indexOf(name)] ?? null;
  return {
    enterLong: at('enterLong'),
    exitLong: at('exitLong'),
    enterShort: at('enterShort'),
    exitShort: at('exitShort'),
    exitLongHeld: at('exitLongHeld'),
    exitShortHeld: at('exitShortHeld'),
  };
}

/** Of each frame that a kept node reads, the nodes that it reaches; frames and their nodes numbered anew. */
function keepFrames(kept: readonly PlanNode[], frames: readonly FrameScope[]): { nodes: PlanNode[]; frames: FramePlan[] } {
  const reads = (k: number): PlanNode[] =>
    kept.filter((node) => (node.op === 'frame' || node.op === 'frameCondition') && node.frame === k);
  const used = frames.filter(({ index }) => reads(index).length > 0);
  const parts = new Map(
    used.map(({ frame, graph, index }) => {
      const ids = reads(index).flatMap((node) => (node.op === 'frame' || node.op === 'frameCondition' ? [node.node] : []));
      return [index, { frame, ...reachable(graph.nodes, ids) }];
    }),
  );
  const order = [...parts.keys()];
  const nodes = kept.map((node): PlanNode => {
    if (node.op !== 'frame' && node.op !== 'frameCondition') return node;
    return { ...node, frame: order.indexOf(node.frame), node: parts.get(node.frame)!.ids.get(node.node)! };
  });
  return { nodes, frames: [...parts.values()].map(({ frame, nodes: inner }) => ({ frame, nodes: inner })) };
}

/** Orders in the order of their fingerprints: which stands first in the text changes nothing. */
function finished({ scope: { graph }, orders }: Draft, side: Side): SideOrders {
  const { exitAfter, ...lists } = orders[side];
  const key = ({ kind, node }: LevelRule): string => `${kind} ${graph.fingerprint(node)}`;
  const sorted = (rules: readonly LevelRule[]): LevelRule[] => rules.toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  return {
    stops: sorted(lists.stops),
    targets: sorted(lists.targets),
    trails: sorted(lists.trails),
    breakEvens: sorted(lists.breakEvens),
    exitAfter: exitAfter === null ? null : graph.number(exitAfter.expr),
  };
}

function mapOrders({ exitAfter, ...lists }: SideOrders, map: (id: NodeId) => NodeId): SideOrders {
  const mapped = (rules: readonly LevelRule[]): LevelRule[] => rules.map(({ kind, node }) => ({ kind, node: map(node) }));
  return {
    stops: mapped(lists.stops),
    targets: mapped(lists.targets),
    trails: mapped(lists.trails),
    breakEvens: mapped(lists.breakEvens),
    exitAfter: exitAfter === null ? null : map(exitAfter),
  };
}

/** Parts that a text lacks are left out, so that texts of the first version keep their hash. */
function hashOf(
  { scope: { graph }, axes }: Draft,
  ruleIds: readonly (NodeId | null)[],
  orders: Plan['orders'],
  size: SizeRule | null,
): string {
  const fingerprint = (id: NodeId | null): string | null => (id === null ? null : graph.fingerprint(id));
  const heldIds = ruleIds.slice(4);
  const used = [...orderRoots(orders.long), ...orderRoots(orders.short)];
  const parts = {
    version: 1,
    rules: ruleIds.slice(0, 4).map(fingerprint),
    axes: axes.map((axis) => axis.name),
    ...(heldIds.some((id) => id !== null) && { held: heldIds.map(fingerprint) }),
    ...(used.length > 0 && {
      orders: [orders.long, orders.short].map(({ exitAfter, ...lists }) => [
        ...Object.values(lists).map((rules) => rules.map(({ kind, node }) => [kind, fingerprint(node)])),
        fingerprint(exitAfter),
      ]),
    }),
    ...(size !== null && { size: [size.kind, fingerprint(size.node), fingerprint(size.per)] }),
  };
  return sha256Hex(utf8Bytes(JSON.stringify(parts)));
}
