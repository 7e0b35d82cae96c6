import { transfer } from 'comlink';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { TrialDetail } from '../metrics/report.ts';
import { BLOCK_NUMBERS } from '../metrics/blocks.ts';
import { METRICS } from '../metrics/columns.ts';
import { computedColumns } from '../metrics/objective.ts';
import { openRows, type Rows } from '../metrics/rows.ts';
import { COMPLETE, FAILED, PARTIAL } from '../metrics/state.ts';
import { beatWord, doneWord, GO, leaveWord, ORDER } from '../schedule/control.ts';
import type {
  EngineFactory,
  EngineSetup,
  RowSource,
  RunReport,
  StudySetup,
  SweepWorkerApi,
  TrialEngine,
  TrialFailure,
} from '../schedule/messages.ts';
import type { Axis } from '../space/axis.ts';
import { axisValue } from '../space/axis.ts';
import { profileTrials } from './session-profile.ts';
import { warmUp } from './warm-up.ts';
import { errorText } from './error-text.ts';

/** Values of an axis are tabulated up to this size (512 kB); longer axes are computed per trial. */
const TABLE_SIZE = 65_536;
/** More failures of one range than this are counted by their rows' states, and not told one by one. */
const MOST_FAILURES = 100;

interface OpenStudy {
  readonly setup: StudySetup;
  readonly rows: Rows | null; // null where every range carries its own
  readonly control: Int32Array;
  readonly engines: readonly TrialEngine[]; // one per market
  readonly values: readonly (Float64Array | null)[]; // per axis, by position; null where it has too many
  readonly valueOf: RowSource['valueOf'];
  readonly trialPositions: Uint32Array; // scratch, one per axis
  readonly trialValues: Float64Array; // scratch, one per axis
  readonly trialMetrics: Float64Array; // scratch, one per metric of METRICS
  done: number; // rows finished since the study was opened
}

/**
 * What a sweep worker does, without its thread: opens the shared memory of a study and fills ranges of rows. It never
 * looks at another worker's rows, and a row's bytes depend on its trial alone.
 *
 * @param createEngine kernel/'s, injected by the worker's entry
 */
export function createSession(createEngine: EngineFactory): SweepWorkerApi {
  let study: OpenStudy | null = null;

  return {
    warm: () => Promise.resolve(warmUp(createEngine)),
    open(setup) {
      const opened = openStudy(setup, createEngine);
      study = opened.ok ? opened.value : null;
      return Promise.resolve(opened.ok ? ok(null) : opened);
    },
    run(generation, from, to, carried) {
      if (study === null || study.setup.generation !== generation) {
        return Promise.resolve({ generation, from, to: from, ms: 0, failures: [] });
      }
      return Promise.resolve(carried === undefined ? runShared(study, from, to) : runCarried(study, from, to, carried));
    },
    detail(generation, market, positions) {
      if (study === null || study.setup.generation !== generation) return Promise.resolve(closedFault());
      return Promise.resolve(openTrial(study, market, positions));
    },
    profile(generation, trials) {
      if (study === null || study.setup.generation !== generation) return Promise.resolve(closedFault());
      return Promise.resolve(profileTrials(study.setup, createEngine, study.valueOf, trials));
    },
    close() {
      study = null;
      return Promise.resolve();
    },
  };
}

function openStudy(setup: StudySetup, createEngine: EngineFactory): Outcome<OpenStudy> {
  const opened = setup.rows === null ? ok(null) : openRows(setup.rows);
  if (!opened.ok) return opened;
  const rows = opened.value;
  const { axes, plan, execution, cacheBytes, objective } = setup;
  if (rows !== null && rows.positions.length !== axes.length) {
    return setupFault(`the results have ${rows.positions.length} axes and the study ${axes.length}`);
  }
  if (doneWord(setup.workerIndex) * 4 >= setup.control.byteLength) {
    return setupFault(`there is no control word for worker ${setup.workerIndex}`);
  }
  const engines: TrialEngine[] = [];
  for (const [market, bars] of setup.markets.entries()) {
    const scoring = setup.scoring[market];
    if (scoring === undefined) return setupFault(`market ${market} has no scoring`);
    const axisSizes = axes.map((axis) => axis.size);
    const ranked = objective === undefined ? {} : { objective };
    const columns = computedColumns(setup.metrics, objective);
    const shared = sharedOf(setup, market);
    const made = createEngine({ plan, axisSizes, bars, execution, scoring, cacheBytes, columns, ...ranked, ...shared });
    if (!made.ok) return made;
    engines.push(made.value);
  }
  const values = axes.map(tableOf);
  return ok({
    setup,
    rows,
    valueOf: (axis, position) => axisValue(axes[axis]!, position),
    control: new Int32Array(setup.control),
    engines,
    values,
    trialPositions: new Uint32Array(axes.length),
    trialValues: new Float64Array(axes.length),
    trialMetrics: new Float64Array(METRICS.length),
    done: 0,
  });
}

/** Memory that workers fill together is that of the first market. */
function sharedOf({ tables, held }: StudySetup, market: number): Pick<EngineSetup, 'tables' | 'held'> {
  if (market > 0) return {};
  return { ...(tables === undefined ? {} : { tables }), ...(held === undefined ? {} : { held }) };
}

function tableOf(axis: Axis): Float64Array | null {
  if (axis.size > TABLE_SIZE) return null;
  return Float64Array.from({ length: axis.size }, (_, position) => axisValue(axis, position));
}

function runShared(study: OpenStudy, from: number, to: number): RunReport {
  const { rows } = study;
  if (rows === null) return { generation: study.setup.generation, from, to: from, ms: 0, failures: [] };
  return runRange(study, rows, 0, Math.max(0, from), Math.min(to, rows.rowCount));
}

/** The same trials, in rows that came with the call and go back with the report. */
function runCarried(study: OpenStudy, from: number, to: number, carried: ArrayBuffer): RunReport {
  const opened = openRows(carried);
  if (!opened.ok) return { generation: study.setup.generation, from, to: from, ms: 0, failures: [] };
  return transfer({ ...runRange(study, opened.value, from, from, to), rows: carried }, [carried]);
}

/** @param base number of the first row of `rows`: row r lies at r − base */
function runRange(study: OpenStudy, rows: Rows, base: number, from: number, end: number): RunReport {
  const { control, setup, trialMetrics } = study;
  const { columns, metrics, moments, states } = rows;
  const word = doneWord(setup.workerIndex);
  const leave = leaveWord(setup.workerIndex);
  const start = performance.now();
  const failures: TrialFailure[] = [];
  const source: RowSource = { positions: rows.positions, valueOf: study.valueOf };
  const told = (): boolean => Atomics.load(control, ORDER) !== GO || Atomics.load(control, leave) !== 0;
  const beat = (): boolean => {
    Atomics.add(control, beatWord(setup.workerIndex), 1);
    return told();
  };
  let row = from;
  let prepared = from; // rows up to it wait in the engine
  let alone = from; // rows up to it run one by one
  let first = from; // of the prepared rows
  for (; row < end; row++) {
    if (told()) break;
    if (row >= prepared && row >= alone) {
      const together = prepare(study, rows, source, row - base, end - base, beat);
      first = row;
      prepared = Math.max(row, row + together);
      alone = Math.max(row, row - together);
      if (told()) break;
    }
    const at = row - base;
    let state = FAILED;
    try {
      state = runRow(study, rows, at, row < prepared ? row - first : -1);
    } catch (error) {
      trialMetrics.fill(NaN);
      moments.fill(NaN, at * BLOCK_NUMBERS, (at + 1) * BLOCK_NUMBERS);
      if (failures.length < MOST_FAILURES) failures.push({ row, message: errorText(error) });
    }
    for (let c = 0; c < columns.length; c++) {
      columns[c]![at] = trialMetrics[metrics[c]!]!;
    }
    Atomics.store(states, at, state);
    Atomics.store(control, word, ++study.done);
  }
  return { generation: setup.generation, from, to: row, ms: performance.now() - start, failures };
}

/** Rows of one market that the engine evaluates together; as TrialEngine.prepare. A failure of it is left to the rows' own runs. */
function prepare(
  { engines }: OpenStudy,
  { markets }: Rows,
  source: RowSource,
  from: number,
  to: number,
  stopped: () => boolean,
): number {
  const market = markets[from] ?? 0;
  let end = from + 1;
  while (end < to && markets[end] === market) end++;
  try {
    return engines[market]?.prepare(source, from, end, stopped) ?? from - end;
  } catch {
    return from - end;
  }
}

/** @param prepared which of the engine's prepared rows it is, negative where it is none */
function runRow(study: OpenStudy, rows: Rows, row: number, prepared: number): number {
  const { trialPositions, trialValues, trialMetrics, values, setup } = study;
  const { positions } = rows;
  for (let a = 0; a < positions.length; a++) {
    const position = positions[a]![row]!;
    trialPositions[a] = position;
    const table = values[a] ?? null;
    trialValues[a] = table === null ? axisValue(setup.axes[a]!, position) : table[position]!;
  }
  const engine = study.engines[rows.markets[row] ?? 0];
  if (engine === undefined) throw new Error(`row ${row} names a market that the study does not have`);
  const state =
    prepared >= 0
      ? engine.prepared(prepared, trialPositions, trialValues, trialMetrics)
      : engine.run(trialPositions, trialValues, trialMetrics);
  if (rows.moments.length > 0) engine.moments(rows.moments, row * BLOCK_NUMBERS);
  // A market above the first is a part of its bars: good enough to compare with its like, no result of the study.
  return state === COMPLETE && rows.markets[row] !== 0 ? PARTIAL : state;
}

function openTrial(study: OpenStudy, market: number, positions: readonly number[]): Outcome<TrialDetail> {
  const engine = study.engines[market];
  if (engine === undefined || positions.length !== study.setup.axes.length) {
    return setupFault(`market ${market} with ${positions.length} positions is no trial of this study`);
  }
  try {
    const values = positions.map((position, a) => study.valueOf(a, position));
    const detail = engine.detail(positions, values);
    if (!detail.ok) return detail;
    const row = Float64Array.from(study.setup.metrics, (metric) => detail.value.row[metric] ?? NaN);
    return ok({ ...detail.value, row });
  } catch (error) {
    return failed(fault('trial_failed', `The trial stopped with an error: ${errorText(error)}.`, REPORT));
  }
}

const REPORT = 'This is an error of Barsweep: please report it with the link of the study.';

function setupFault(what: string): Outcome<never> {
  return failed(fault('setup_broken', `The study cannot be opened: ${what}.`, REPORT));
}

function closedFault(): Outcome<never> {
  return failed(fault('study_closed', 'The trial belongs to a study that is not open any more.', 'Run the study again.'));
}
