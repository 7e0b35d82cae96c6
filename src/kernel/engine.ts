import { openBars, type Bars } from '../bars/buffer.ts';
import { frameOffsets } from '../bars/frames.ts';
import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { BLOCK_COLUMN } from '../metrics/blocks.ts';
import { metricIndex, METRICS } from '../metrics/columns.ts';
import type { Formula } from '../metrics/objective.ts';
import type { TrialDetail } from '../metrics/report.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import { FAILED, WARMUP } from '../metrics/state.ts';
import type { Execution } from '../strategy/execution.ts';
import { recurringConditions } from '../strategy/memo-layout.ts';
import type { NodeId, Plan } from '../strategy/plan.ts';
import { trialWarmup, warmupScratch } from '../strategy/warmup.ts';
import { createBatch, type Batch } from './batch.ts';
import { ledgerLength, writeMoments } from './block-moments.ts';
import { createFills } from './book-trades.ts';
import { createCourse, type Course } from './course.ts';
import { everAbove } from './costs.ts';
import { createSizer, loadSizer } from './entry.ts';
import { createEvaluator } from './evaluate.ts';
import type { Evaluator } from './evaluator.ts';
import { createWanted, type Wanted } from './wanted.ts';
import { createGuardHits } from './guard-hits.ts';
import { blankRow, finishRow, needsShift, tidyRow } from './finish.ts';
import { createGuard, loadGuard } from './guard.ts';
import { compileHeld, loadHeld } from './held.ts';
import { RETURN_SHIFT, SHIFT, type Ledger } from './ledger.ts';
import { reportTrial } from './report.ts';
import { buildHeldTables } from './held-tables.ts';
import { pathOf, type Path } from './path.ts';
import { findTrades, leftPath, tradeProportional, type Finder } from './proportional.ts';
import { simulate, type Signals, type TradeRules } from './simulate.ts';
import type { Tape } from './tape.ts';
import { createTileRows, type RowSource } from './tile-rows.ts';
import { createTile, type Tile } from './tile.ts';
import { createTimer, TIMED, type Timer } from './timer.ts';

const BREAK_EVEN = metricIndex('breakEvenCost');

/** One market and one Plan, ready to evaluate trials. */
export interface EngineSetup {
  readonly plan: Plan;
  readonly axisSizes: readonly number[];
  readonly bars: ArrayBufferLike; // a Bars buffer
  readonly execution: Execution;
  readonly scoring: ResolvedScoring;
  readonly cacheBytes: number; // budget for memoised values; results do not depend on it
  readonly tables?: ArrayBufferLike; // strategy/shared-tables of the study, where its workers share values
  readonly held?: ArrayBufferLike; // strategy/held-memory of the study, likewise
  readonly columns?: readonly number[]; // as of Rows' shape; absent: every metric
  readonly objective?: Formula; // over indices into METRICS; absent where the study ranks by a metric
  readonly clock?: () => number; // ms; absent: no times are kept
}

/**
 * Evaluates trials one at a time. A trial's row depends on the setup and on the trial alone: not on trials before it, nor on the
 * cache's size.
 */
export interface Engine {
  /** `pairs` where many trials are evaluated at once, otherwise kernel/path's. */
  readonly path: Path | 'pairs';
  readonly pairAxes: readonly [number, number] | null;
  readonly times: Pick<Timer, 'ms' | 'entered'> | null;
  /**
   * @param positions one per axis: which value of the axis, for memoisation
   * @param values one per axis: that value
   * @param out the wanted metric columns in METRICS order, others are left alone; NaN throughout where the state is `warmup` or `failed`
   * @returns the state's code
   */
  run(positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number;
  /**
   * Evaluates the first rows of [from, to) together, where the plan allows it; `prepared` then gives what `run` would.
   * @param stopped asked now and then: whether the study was cancelled
   * @returns count of rows, row `from` first; negative: so many rows are to be run one by one before it is asked again
   */
  prepare(rows: RowSource, from: number, to: number, stopped: () => boolean): number;
  /** @param k of the prepared rows; arguments and result as of `run` */
  prepared(k: number, positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number;
  /** Writes the block moments of the trial that `run` or `prepared` gave last, where the columns have them: 32 numbers from `at` on. */
  moments(into: Float64Array, at: number): void;
  /** The trial by `run` (its row has every column of METRICS) and by the plain path. */
  detail(positions: ArrayLike<number>, values: ArrayLike<number>): Outcome<TrialDetail>;
}

/** Faults: damaged bars, a scored range without a bar, no memory. */
export function createEngine(setup: EngineSetup): Outcome<Engine> {
  const { plan, axisSizes, execution, scoring, cacheBytes } = setup;
  const opened = openBars(setup.bars);
  if (!opened.ok) return opened;
  const bars = opened.value;
  if (scoring.startBar >= bars.count) {
    return failed(
      fault(
        'start_bar',
        `Scoring starts at bar ${scoring.startBar} of ${bars.count}.`,
        'Load more bars or start scoring earlier.',
      ),
    );
  }
  const tickless = tickFault(bars, execution);
  if (tickless !== null) return failed(tickless);
  const timer = setup.clock === undefined ? null : createTimer(plan.nodes.length + TIMED.length, setup.clock);
  const [stopsPlace, tradesPlace, metricsPlace] = TIMED.map((_, k) => plan.nodes.length + k) as [number, number, number];
  const evaluated = createEvaluator(plan, axisSizes, bars, cacheBytes, timer, setup.tables);
  if (!evaluated.ok) return evaluated;
  const evaluator = evaluated.value;
  const objective = setup.objective?.expr ?? null;
  const course = createCourse(bars, execution, scoring, setup.columns?.includes(BLOCK_COLUMN) === true);
  const path = pathOf(plan, execution, bars, scoring.startBar);
  const rules = createTradeRules(plan, execution, path !== 'proportional' && path !== 'scan');
  const tables = path === 'scan' || path === 'walk' ? null : buildHeldTables(course, setup.held);
  const guard = path === 'guarded' ? createGuardHits(course, plan, axisSizes, cacheBytes / 4) : null;
  const held = path === 'positional' ? rules : null;
  const fills = createFills(tables === null ? 0 : bars.count + 1);
  const every = METRICS.map((_, column) => column);
  const wanted = createWanted(course, setup.columns ?? every);
  let all = setup.columns === undefined ? wanted : null; // made when first a trial is opened
  const ledger = new Float64Array(ledgerLength(course.blocks));
  const noLedger = new Float64Array(ledger.length).fill(NaN);
  let latest: Ledger = noLedger; // of the trial that ended last; this one where it could not trade
  const allReady = scoring.longestWarmup !== undefined && scoring.longestWarmup <= scoring.startBar;
  const warmups = warmupScratch(plan);
  const offset = frameOffsets(bars);
  const sided = ofSides(plan, execution);
  const { enterLong, exitLong, enterShort, exitShort } = sided.rules;
  const signals: Signals = { enterLong: 0, alsoLong: 0, exitLong: 0, enterShort: 0, exitShort: 0 };
  const halves = path === 'proportional' && enterShort === null ? halvesOf(plan, axisSizes, enterLong) : null;

  const place = path === 'proportional' ? tradesPlace : stopsPlace;
  const finder: Finder = { course, guard, held, timer, place };

  const together = tables !== null && allReady && wanted.extras === null ? tables : null;
  const tile = together === null || path !== 'proportional' ? null : createTile(sided, bars, course, together);
  const tileRows = tile === null ? null : createTileRows(axisSizes.length, tile);
  const batch = together === null ? null : createBatch(finder, together, axisSizes.length, fills, findOne);
  let holder: Tile | Batch | null = null; // of the prepared rows

  /** Of the batch; its trials begin where scoring does. */
  function findOne(positions: ArrayLike<number>, values: ArrayLike<number>, into: Ledger): number {
    loadTrial(positions, values);
    return findTrades(finder, fills, evaluator.bits, signals, scoring.startBar, into);
  }

  /** Signals, rules and numbers of the trial that is to be run. */
  function loadTrial(positions: ArrayLike<number>, values: ArrayLike<number>): void {
    const { never } = evaluator;
    evaluator.begin(positions, values);
    signals.enterLong = enterLong === null ? never : evaluator.condition(halves?.left ?? enterLong);
    signals.alsoLong = halves === null ? signals.enterLong : evaluator.condition(halves.right);
    signals.exitLong = exitLong === null ? never : evaluator.condition(exitLong);
    signals.enterShort = enterShort === null ? never : evaluator.condition(enterShort);
    signals.exitShort = exitShort === null ? never : evaluator.condition(exitShort);
    loadTradeRules(rules, plan, evaluator);
    course.loadCosts(values);
    guard?.load(plan, evaluator, positions, evaluator.bits, signals.enterLong);
  }

  function run(positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number {
    return runFor(wanted, positions, values, out);
  }

  function runFor(want: Wanted, positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number {
    const warmup = allReady ? 0 : trialWarmup(plan, values, offset, warmups);
    // written so that a warm-up that is NaN, from a period that is no number, is too long as well
    if (!(warmup < bars.count)) {
      latest = noLedger;
      blankRow(out);
      return WARMUP;
    }
    loadTrial(positions, values);
    const from = Math.max(scoring.startBar, warmup);
    ledger[SHIFT] = 0;
    ledger[RETURN_SHIFT] = 0;
    timer?.enter(path === 'walk' ? stopsPlace : tradesPlace);
    let state = tables === null ? -1 : tradeProportional(finder, tables, fills, evaluator.bits, signals, from, ledger);
    if (tables === null || leftPath(ledger)) state = barByBar(course, from, ledger, null);
    if (needsShift(course, ledger)) state = barByBar(course, from, ledger, null);
    timer?.leave();
    timer?.enter(metricsPlace);
    const ended = finish(want, ledger, state, from, out);
    timer?.leave();
    return ended;
  }

  function finish(want: Wanted, account: Ledger, state: number, from: number, out: Float64Array): number {
    latest = account;
    finishRow(course, account, want.growth, out);
    if (want.extras !== null) {
      replayFrom = from;
      want.extras.finish(replay, out);
    }
    tidyRow(objective, want.columns, out);
    if (out[0]! - out[0]! === 0) return state;
    // equity left the range of doubles
    latest = noLedger;
    blankRow(out);
    return FAILED;
  }

  let replayFrom = 0;
  function replay(under: Course, into: Ledger, tape: Tape | null): void {
    barByBar(under, replayFrom, into, tape);
  }

  function barByBar(under: Course, from: number, into: Ledger, tape: Tape | null): number {
    if (halves !== null) signals.enterLong = evaluator.condition(enterLong!);
    return simulate(under, evaluator.bits, signals, rules, from, into, tape);
  }

  function prepared(k: number, positions: ArrayLike<number>, values: ArrayLike<number>, out: Float64Array): number {
    const { ledgers, states } = holder!;
    const account = ledgers[k]!;
    if (leftPath(account) || needsShift(course, account)) return run(positions, values, out);
    return finish(wanted, account, states[k]!, 0, out);
  }

  return ok({
    path: tile === null ? path : 'pairs',
    pairAxes: tile === null ? null : [tile.dense.leftAxis, tile.dense.rightAxis],
    times: timer,
    run,
    prepare(rows, from, to, stopped) {
      holder = tile;
      const count = tileRows?.prepare(rows, from, to, stopped) ?? from - to;
      if (count > 0 || batch === null) return count;
      holder = batch;
      return batch.prepare(rows, from, from - count, stopped);
    },
    prepared,
    moments(into, at) {
      if (course.blocks !== null) writeMoments(latest, into, at);
    },
    detail(positions, values) {
      const row = new Float64Array(METRICS.length);
      all ??= createWanted(course, every);
      const state = runFor(all, positions, values, row);
      return ok({ state, row, ...reportTrial({ plan, bars, execution, scoring, objective }, values, row[BREAK_EVEN]) });
    },
  });
}

/** The halves of an entry that is another in every trial: they are looked up, and their conjunction need not be written down. */
function halvesOf(plan: Plan, axisSizes: readonly number[], entry: NodeId | null): { left: NodeId; right: NodeId } | null {
  const node = entry === null ? null : plan.nodes[entry]!;
  if (node?.op !== 'and' || recurringConditions(plan, axisSizes).has(entry!)) return null;
  return { left: node.left, right: node.right };
}

/** The plan without entries of a side that the execution leaves out. */
function ofSides(plan: Plan, { sides }: Execution): Plan {
  if (sides === 'both') return plan;
  const left = sides === 'long' ? { enterShort: null } : { enterLong: null };
  return { ...plan, rules: { ...plan.rules, ...left } };
}

/** Ticks that nothing says the size of. */
function tickFault({ decimals }: Bars, execution: Execution): Fault | null {
  if (decimals >= 0 || execution.tickSize > 0 || !everAbove(execution, 'slippageTicks', 0)) return null;
  return fault(
    'tick_size',
    'Slippage is in ticks, and the prices of this file are no multiples of one.',
    'Give `execution.tickSize` a value above 0.',
  );
}

function createTradeRules(plan: Plan, execution: Execution, walks: boolean): TradeRules {
  const { exitLongHeld, exitShortHeld } = plan.rules;
  return {
    walks,
    sizer: createSizer(plan, execution),
    long: createGuard(plan.orders.long),
    short: createGuard(plan.orders.short),
    heldLong: exitLongHeld === null ? null : compileHeld(plan, exitLongHeld),
    heldShort: exitShortHeld === null ? null : compileHeld(plan, exitShortHeld),
  };
}

function loadTradeRules({ sizer, long, short, heldLong, heldShort }: TradeRules, plan: Plan, evaluator: Evaluator): void {
  loadSizer(sizer, plan, evaluator);
  loadGuard(long, plan, evaluator);
  loadGuard(short, plan, evaluator);
  if (heldLong !== null) loadHeld(heldLong, plan, evaluator);
  if (heldShort !== null) loadHeld(heldShort, plan, evaluator);
}
