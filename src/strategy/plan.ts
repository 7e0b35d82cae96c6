import type { Fault } from '../core/fault.ts';
import type { Column } from '../indicators/indicator.ts';
import type { ScalarExpr, CompareFn, MathFn } from '../language/scalar.ts';
import type { Space } from '../space/space.ts';
import type { Frame } from './frame.ts';
import type { SessionSpan } from './session.ts';

export type NodeId = number; // index into Plan.nodes; inputs always have smaller ids
/** Of the bar's open, by the clock of the bars' zone; `dayofweek` 1 is Sunday, `barindex` 0 the first bar. */
export type CalendarName = 'year' | 'month' | 'dayofmonth' | 'dayofweek' | 'hour' | 'minute' | 'barindex';
export type SourceName = Column | CalendarName; // `date` is read by indicators only

/**
 * What a held position adds to the bars, at the close of bar t: `bars_held` is t − bar of the entry fill; `entry_price` the fill's
 * price, slippage included; `max_since_entry` and `min_since_entry` the highest high and lowest low from the entry bar to t, the
 * entry bar left out where the fill was at its close; `open_profit` side × (close ÷ entry price − 1), a fraction.
 */
export type HeldTerm = 'bars_held' | 'entry_price' | 'max_since_entry' | 'min_since_entry' | 'open_profit';

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
    | { readonly op: 'flags'; readonly arg: NodeId } // a condition as 1 and 0
    | { readonly op: 'pick'; readonly axis: number; readonly options: readonly NodeId[] } // by the choice's position in allNames
    | { readonly op: 'select'; readonly when: NodeId; readonly then: NodeId; readonly otherwise: NodeId } // bar by bar
    | { readonly op: 'random'; readonly seed: NodeId } // uniform in [0, 1), keyed by (seed, the bar's time)
    | { readonly op: 'frame'; readonly frame: number; readonly node: NodeId } // a series of Plan.frames[frame]
    | { readonly op: 'held'; readonly term: HeldTerm } // known only while a position is held; read by `rules.exit…Held` alone
  );

/** A bit per bar, packed 32 to a word, bit 0 of word 0 is bar 0. */
export type ConditionNode = NodeBase & { readonly type: 'condition' } & (
    | { readonly op: 'constant'; readonly value: boolean }
    | { readonly op: 'scalar'; readonly expr: ScalarExpr } // the same at every bar: a flag axis, a comparison of numbers
    | { readonly op: 'compare'; readonly fn: CompareFn; readonly left: NodeId; readonly right: NodeId } // false where either is NaN
    | { readonly op: 'cross'; readonly direction: 'over' | 'under'; readonly left: NodeId; readonly right: NodeId } // series or number
    | { readonly op: 'and' | 'or'; readonly left: NodeId; readonly right: NodeId }
    | { readonly op: 'not'; readonly arg: NodeId }
    | { readonly op: 'session'; readonly spans: readonly SessionSpan[] } // of the bar's open
    | { readonly op: 'frameCondition'; readonly frame: number; readonly node: NodeId }
    | { readonly op: 'shiftCondition'; readonly arg: NodeId; readonly bars: NodeId } // cond[n]: false before bar n
  );

export type PlanNode = NumberNode | SeriesNode | ConditionNode;

/**
 * A protective order's level, from a number or series node that is read on the signal bar. `fraction` (0.02 is 2 %) and `distance`
 * (price units) count from the entry fill, away from it in the order's direction; `level` is a price.
 */
export interface LevelRule {
  readonly kind: 'fraction' | 'distance' | 'level';
  readonly node: NodeId;
}

/** What protects a position of one side. Of several stops the nearest counts, of several targets and trails likewise. */
export interface SideOrders {
  readonly stops: readonly LevelRule[];
  readonly targets: readonly LevelRule[];
  readonly trails: readonly LevelRule[]; // never `level`; from the extremes up to the previous bar
  readonly breakEvens: readonly LevelRule[]; // never `level`: an advance by so much moves the stop to the entry fill
  readonly exitAfter: NodeId | null; // a number node, whole and ≥ 1: leaves at open[entry bar + N]; the smallest of several
}

/** The text's `size` clause; where there is one it replaces the execution's sizing. */
export interface SizeRule {
  /**
   * `equity`: a fraction of the equity · `cash`: account currency · `units` · `risk`: the fraction of the equity that is lost at the
   * initial stop, before costs · `volatility`: the fraction of the equity that one unit of the series (an ATR, say) may move it.
   */
  readonly kind: 'equity' | 'cash' | 'units' | 'risk' | 'volatility';
  readonly node: NodeId; // number or series, read on the signal bar
  /** Of `volatility`: the price movement that one unit makes, a series read on the signal bar. */
  readonly per: NodeId | null;
}

/**
 * What is evaluated over the bars of a higher time frame, each made of the bars in it. On a bar one reads the value at the last
 * frame that was over when the bar's own frame began; NaN, or false, before there is one.
 */
export interface FramePlan {
  readonly frame: Frame;
  readonly nodes: readonly PlanNode[]; // in dependency order; none is `held`, `frame` or `frameCondition`
}

/** What a strategy text compiles to: a typed graph of vector operations, equal subexpressions merged. Plain data. */
export interface Plan {
  readonly version: 1;
  readonly nodes: readonly PlanNode[]; // in dependency order
  readonly frames: readonly FramePlan[];
  /** Condition nodes; null where the text has no such rule. Several rules of one kind are joined by `or`. */
  readonly rules: {
    readonly enterLong: NodeId | null;
    readonly exitLong: NodeId | null;
    readonly enterShort: NodeId | null;
    readonly exitShort: NodeId | null;
    /** The part of the exits that reads `held` nodes; joined to the exit above by `or`, bar by bar in the trade. */
    readonly exitLongHeld: NodeId | null;
    readonly exitShortHeld: NodeId | null;
  };
  readonly orders: { readonly long: SideOrders; readonly short: SideOrders };
  readonly size: SizeRule | null;
  /** The space as the text writes it; the study may override ranges (see space/override). */
  readonly space: Space;
  /** Series with a name in the text, for drawing on the opened trial's chart; `pane` is price when its unit is the price's. */
  readonly plots: readonly { readonly name: string; readonly node: NodeId; readonly pane: 'price' | 'own' }[];
  /** Things that are no faults: a parameter without influence, an exit for a side that never enters. */
  readonly warnings: readonly Fault[];
  readonly hash: string; // SHA-256 of what the rules compute and of the axis names: equal texts in other words have equal hashes
}
