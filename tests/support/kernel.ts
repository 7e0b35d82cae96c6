import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { makeColumns, fillLocal } from '../../src/bars/columns.ts';
import type { Outcome } from '../../src/core/fault.ts';
import { createEngine, type Engine, type EngineSetup } from '../../src/kernel/engine.ts';
import { METRIC_KEYS, type ColumnKey } from '../../src/metrics/columns.ts';
import type { TrialDetail, TrialReport } from '../../src/metrics/report.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { TRIAL_STATES, type TrialState } from '../../src/metrics/state.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../../src/strategy/execution.ts';
import { createGraph, type Graph } from '../../src/strategy/graph.ts';
import type { NodeId, Plan } from '../../src/strategy/plan.ts';
import type { TwinMarket } from '../reference/twin.ts';
import { EMPTY_PLAN, NO_RULES } from './empty-plan.ts';

export function valueOf<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.faults));
  return outcome.value;
}

/** No costs, all equity, fractional, 1 000 of capital. */
export const FREE: Execution = { ...NEUTRAL_EXECUTION, capital: 1000 };

/** An execution with other values; parts of its groups may be left out too. */
export type PartialExecution = Partial<Omit<Execution, 'commission' | 'funding' | 'sizing'>> & {
  readonly [K in 'commission' | 'funding' | 'sizing']?: Partial<Execution[K]>;
};

export function executionOf(changes: PartialExecution, base = FREE): Execution {
  return {
    ...base,
    ...changes,
    commission: { ...base.commission, ...changes.commission },
    funding: { ...base.funding, ...changes.funding },
    sizing: { ...base.sizing, ...changes.sizing },
  };
}

export const FROM_FIRST_BAR: ResolvedScoring = { startBar: 0, returns: 'bar', periodsPerYear: 252 };

const DAY_MS = 86_400_000;

export interface BarRow {
  readonly open: number;
  readonly close: number;
  readonly high?: number; // beyond open and close
  readonly low?: number;
  readonly volume?: number;
}

/** Bars whose range is spanned by open and close where none is given; one a day unless told otherwise. */
export function barsOf(rows: readonly BarRow[], spacingMs = DAY_MS): Bars {
  const columns = makeColumns(rows.length);
  rows.forEach(({ open, close, high = open, low = open, volume = 0 }, i) => {
    columns.time[i] = Date.UTC(2020, 0, 1) + i * spacingMs;
    columns.open[i] = open;
    columns.close[i] = close;
    columns.high[i] = Math.max(open, close, high);
    columns.low[i] = Math.min(open, close, low);
    columns.volume[i] = volume;
  });
  fillLocal(columns);
  return createBars(columns, (bytes) => new SharedArrayBuffer(bytes));
}

export type Rules = Partial<Plan['rules']>;

export function planOf(build: (graph: Graph) => Rules, axes: Plan['space']['axes'] = [], plots: Plan['plots'] = []): Plan {
  const graph = createGraph();
  const rules = { ...NO_RULES, ...build(graph) };
  return { ...EMPTY_PLAN, nodes: graph.nodes, rules, space: { axes, constraints: [] }, plots };
}

/** Rules that a test writes into the bars: L enters long, l leaves it, S enters short, s leaves it; kept in the volume's bits. */
const LETTERS = 'LlSs';

export function codeOf(letters: string): number {
  return Array.from(letters).reduce((code, letter) => code | (1 << LETTERS.indexOf(letter)), 0);
}

export const SIGNAL_PLAN: Plan = planOf(lettersOf);

/** The rules of the letters, for plans that have orders as well. */
export function lettersOf(graph: Graph): Rules {
  const volume = graph.source('volume');
  const number = (value: number): NodeId => graph.number({ op: 'const', value });
  const shifted = (bits: number): NodeId => graph.math('floor', [graph.math('div', [volume, number(2 ** bits)])]);
  const bit = (k: number): NodeId => {
    const even = graph.math('mul', [number(2), shifted(k + 1)]);
    return graph.compare('gt', graph.math('sub', [shifted(k), even]), number(0.5));
  };
  return { enterLong: bit(0), exitLong: bit(1), enterShort: bit(2), exitShort: bit(3) };
}

/** The bars as the slow twin reads them. */
export function twinMarket(bars: Bars, execution: Execution): TwinMarket {
  const { open, high, low, close, time, localDate: date, decimals } = bars;
  const tick = execution.tickSize > 0 ? execution.tickSize : decimals < 0 ? 0 : 1 / 10 ** decimals;
  return { open, high, low, close, time, date, tick };
}

export function engineOf(setup: Partial<EngineSetup> & Pick<EngineSetup, 'plan' | 'bars'>): Engine {
  return valueOf(createEngine({ axisSizes: [], execution: FREE, scoring: FROM_FIRST_BAR, cacheBytes: 1 << 20, ...setup }));
}

export type Row = Readonly<Record<ColumnKey, number>> & { readonly state: TrialState };

export function rowOf(detail: Pick<TrialDetail, 'state' | 'row'>): Row {
  const metrics = Object.fromEntries(METRIC_KEYS.map((key, k) => [key, detail.row[k]!])) as Record<ColumnKey, number>;
  return { ...metrics, state: TRIAL_STATES[detail.state]! };
}

export interface Played extends TrialReport {
  readonly row: Row;
}

/**
 * Plays signals over bars and gives the plain report with the sweep's row.
 * @param rows [open, close, letters] per bar
 */
export function play(
  rows: readonly (readonly [open: number, close: number, letters?: string])[],
  execution: PartialExecution = {},
  scoring: Partial<ResolvedScoring> = {},
): Played {
  const bars = barsOf(rows.map(([open, close, letters = '']) => ({ open, close, volume: codeOf(letters) })));
  const engine = engineOf({
    plan: SIGNAL_PLAN,
    bars: bars.buffer,
    execution: executionOf(execution),
    scoring: { ...FROM_FIRST_BAR, ...scoring },
  });
  const detail = valueOf(engine.detail([], []));
  return { ...detail.report, row: rowOf(detail) };
}

/** Equal as numbers of money are: relatively to 1e-9, NaN to NaN, infinities exactly. */
export function isClose(a: number, b: number, scale = 1): boolean {
  if (Object.is(a, b) || a === b) return true;
  return Math.abs(a - b) <= 1e-9 * Math.max(scale, Math.abs(a), Math.abs(b));
}
