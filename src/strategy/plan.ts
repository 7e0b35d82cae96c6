import type { Fault } from '../core/fault.ts';
import type { ScalarExpr, CompareFn, MathFn } from '../language/scalar.ts';
import type { Space } from '../space/space.ts';

export type NodeId = number; // index into Plan.nodes; inputs always have smaller ids
export type SourceName = 'open' | 'high' | 'low' | 'close' | 'volume' | 'hl2' | 'hlc3' | 'ohlc4';

interface NodeBase {
  /** Sorted axis indices that the node's value depends on: it is computed once per distinct tuple of their positions. */
  readonly deps: readonly number[];
}

/** A number per trial: from axis values only. */
export interface NumberNode extends NodeBase {
  readonly type: 'number';
  readonly op: 'number';
  readonly expr: ScalarExpr;
}

/** A Float64 per bar; NaN during its warm-up. */
export type SeriesNode = NodeBase & { readonly type: 'series' } & (
    | { readonly op: 'source'; readonly source: SourceName }
    | { readonly op: 'math'; readonly fn: MathFn; readonly args: readonly NodeId[] } // numbers and series mixed, at least one series
    | { readonly op: 'shift'; readonly arg: NodeId; readonly bars: NodeId } // arg[bars], bars a number node ≥ 0
    | {
        readonly op: 'indicator';
        readonly name: string;
        readonly inputs: readonly NodeId[];
        readonly params: readonly NodeId[];
      }
    | { readonly op: 'pick'; readonly axis: number; readonly options: readonly NodeId[] } // by the choice's position in allNames
  );

/** A bit per bar, packed 32 to a word, bit 0 of word 0 is bar 0. */
export type ConditionNode = NodeBase & { readonly type: 'condition' } & (
    | { readonly op: 'constant'; readonly value: boolean }
    | { readonly op: 'scalar'; readonly expr: ScalarExpr } // the same at every bar: a flag axis, a comparison of numbers
    | { readonly op: 'compare'; readonly fn: CompareFn; readonly left: NodeId; readonly right: NodeId } // false where either is NaN
    | { readonly op: 'cross'; readonly direction: 'over' | 'under'; readonly left: NodeId; readonly right: NodeId } // series or number
    | { readonly op: 'and' | 'or'; readonly left: NodeId; readonly right: NodeId }
    | { readonly op: 'not'; readonly arg: NodeId }
    | { readonly op: 'shiftCondition'; readonly arg: NodeId; readonly bars: NodeId } // cond[n]: false before bar n
  );

export type PlanNode = NumberNode | SeriesNode | ConditionNode;

/** What a strategy text compiles to: a typed graph of vector operations, equal subexpressions merged. Plain data. */
export interface Plan {
  readonly version: 1;
  readonly nodes: readonly PlanNode[]; // in dependency order
  /** Condition nodes; null where the text has no such rule. Several rules of one kind are joined by `or`. */
  readonly rules: {
    readonly enterLong: NodeId | null;
    readonly exitLong: NodeId | null;
    readonly enterShort: NodeId | null;
    readonly exitShort: NodeId | null;
  };
  /** The space as the text writes it; the study may override ranges (see space/override). */
  readonly space: Space;
  /** Series with a name in the text, for drawing on the opened trial's chart; `pane` is price when its unit is the price's. */
  readonly plots: readonly { readonly name: string; readonly node: NodeId; readonly pane: 'price' | 'own' }[];
  /** Things that are no faults: a parameter without influence, an exit for a side that never enters. */
  readonly warnings: readonly Fault[];
  readonly hash: string; // SHA-256 of what the rules compute and of the axis names: equal texts in other words have equal hashes
}
