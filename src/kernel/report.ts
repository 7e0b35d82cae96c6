import type { Bars } from '../bars/buffer.ts';
import { frameOffsets } from '../bars/frames.ts';
import type { ScalarExpr } from '../language/scalar.ts';
import { METRIC_KEYS } from '../metrics/columns.ts';
import type { TrialDetail, TrialReport } from '../metrics/report.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { TrialState } from '../metrics/state.ts';
import type { Execution } from '../strategy/execution.ts';
import type { LevelRule, NodeId, Plan, SideOrders } from '../strategy/plan.ts';
import { executionAt } from '../strategy/settings.ts';
import { trialWarmup } from '../strategy/warmup.ts';
import { plainMetrics } from './plain-metrics.ts';
import { holdsPlainly } from './plain-held.ts';
import type { PlainOrders } from './plain-orders.ts';
import { evaluatePlain, type PlainPlan } from './plain-plan.ts';
import { tradePlainly, type PlainRun, type PlainStrategy } from './plain-trades.ts';

export interface ReportSetup {
  readonly plan: Plan;
  readonly bars: Bars;
  readonly execution: Execution;
  readonly scoring: ResolvedScoring;
  readonly objective: ScalarExpr | null; // over indices into METRICS
  readonly reruns?: boolean; // false: metrics that need the trial under other costs are NaN
}

/**
 * The full report of one trial. It shares the catalogue of indicators with the sweep and nothing else: no packed bits, no
 * running sums, so that agreement of the two means something.
 *
 * @param proposedBreakEven the sweep's, which the report checks instead of searching for it
 */
export function reportTrial(
  setup: ReportSetup,
  values: ArrayLike<number>,
  proposedBreakEven = NaN,
): Pick<TrialDetail, 'report' | 'plots'> {
  const { plan, bars, scoring, objective } = setup;
  const execution = executionAt(setup.execution, values);
  const { startBar } = scoring;
  const { capital } = execution;
  const { count, close } = bars;
  const plain = evaluatePlain(plan, bars, values);
  const warmup = trialWarmup(plan, values, frameOffsets(bars));
  const ready = warmup < count;
  const strategy = ready ? strategyOf(plan, plain, execution) : null;
  const traded = (under: Execution, recorded = true): PlainRun =>
    strategy === null
      ? idle(count - startBar, capital)
      : tradePlainly(bars, under, strategy, startBar, Math.max(startBar, warmup), recorded);
  // forty runs more: a test of thousands of trials leaves them out
  const returnAt = (relative: number): number =>
    setup.reruns === false
      ? NaN
      : traded({ ...execution, commission: { ...execution.commission, relative } }, false).equity.at(-1)! / capital - 1;
  const run = traded(execution);
  const buyHold = close[count - 1]! / close[startBar]! - 1;
  const drawdown = drawdownOf(run.equity, capital);
  const time = bars.time.subarray(startBar);
  const localDate = bars.localDate.subarray(startBar);
  const finite = Number.isFinite(run.equity.at(-1));
  const state: TrialState = !ready
    ? 'warmup'
    : run.ruined
      ? 'ruined'
      : !finite
        ? 'failed'
        : run.trades.length === 0
          ? 'noTrades'
          : 'complete';
  const report: TrialReport = {
    state,
    startBar,
    capital,
    equity: run.equity,
    drawdown,
    position: run.position,
    stops: run.stops,
    targets: run.targets,
    trades: run.trades,
    metrics:
      ready && finite
        ? plainMetrics(
            { ...run, capital, drawdown, time, localDate, close: close.subarray(startBar), returnAt, proposedBreakEven },
            scoring,
            objective,
          )
        : Object.fromEntries(METRIC_KEYS.map((key) => [key, NaN])),
    buyHold,
  };
  const plots = plan.plots.map(({ name, pane, node }) => ({ name, pane, values: Float64Array.from(plain.series(node)) }));
  return { report, plots };
}

function strategyOf(plan: Plan, plain: PlainPlan, { sizing }: Execution): PlainStrategy {
  const { rules, orders, size } = plan;
  const signal = (rule: NodeId | null): Uint8Array | null => (rule === null ? null : plain.condition(rule));
  const levels = (list: readonly LevelRule[]): PlainOrders['stops'] =>
    list.map(({ kind, node }) => ({ kind, at: plain.series(node) }));
  const ordersOf = ({ stops, targets, trails, breakEvens, exitAfter }: SideOrders): PlainOrders => ({
    stops: levels(stops),
    targets: levels(targets),
    trails: levels(trails),
    breakEvens: levels(breakEvens),
    exitAfter: exitAfter === null ? null : plain.number(exitAfter),
  });
  return {
    enterLong: signal(rules.enterLong),
    exitLong: signal(rules.exitLong),
    enterShort: signal(rules.enterShort),
    exitShort: signal(rules.exitShort),
    exitHeld(side, bar, terms) {
      const rule = side > 0 ? rules.exitLongHeld : rules.exitShortHeld;
      return rule !== null && holdsPlainly(plan, plain, rule, bar, terms);
    },
    orders: { long: ordersOf(orders.long), short: ordersOf(orders.short) },
    sizeAt(bar) {
      if (size === null)
        return { kind: sizing.kind, amount: sizing[sizing.kind === 'equity' ? 'fraction' : sizing.kind], per: NaN };
      const per = size.per === null ? NaN : plain.series(size.per)[bar]!;
      return { kind: size.kind, amount: plain.series(size.node)[bar]!, per };
    },
  };
}

function idle(bars: number, capital: number): PlainRun {
  const none = new Float64Array(bars).fill(NaN);
  const equity = new Float64Array(bars).fill(capital);
  return { equity, position: new Int8Array(bars), stops: none, targets: none, trades: [], ruined: false };
}

function drawdownOf(equity: Float64Array, capital: number): Float64Array {
  let peak = capital;
  return equity.map((value) => {
    peak = Math.max(peak, value);
    return value / peak - 1;
  });
}
