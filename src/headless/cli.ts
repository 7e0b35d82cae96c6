import { availableParallelism } from 'node:os';
import { describeFault } from '../core/fault.ts';
import { countSpace } from '../space/count.ts';
import { marketsFor } from '../workers/part-markets.ts';
import { createPool } from '../workers/pool.ts';
import { profileStudy } from '../workers/profile-study.ts';
import { createSearchClient } from '../workers/search-port.ts';
import { spawnNodeWorker } from '../workers/spawn-node.ts';
import { windowOver } from '../workers/sweep-window.ts';
import { clampWorkers } from '../workers/worker-count.ts';
import { startSweep, type SweepHandle } from '../workers/sweep.ts';
import { formulaOf } from '../metrics/objective.ts';
import { createRows, type Rows } from '../metrics/rows.ts';
import { searchColumns, searchSetup } from '../document/search.ts';
import { readArguments, USAGE, type Arguments } from './arguments.ts';
import { DONE, INTERRUPTED, refuse, RUN_FAULT, stopWriting, tell } from './ending.ts';
import { openTrial, trialPositions } from './open-trial.ts';
import { openOutput, type Output } from './output.ts';
import { allocateBest, allocateRows, prepareStudy, type Allocated, type PreparedStudy } from './prepare.ts';
import { profileText } from './profile-text.ts';
import { readStudy } from './read-study.ts';
import { showProgress } from './show-progress.ts';
import { writeCsv, writeJson, writeTrades, writeTrialJson } from './write-results.ts';

/** Of one worker, where there are few. */
const CACHE_BYTES = 256e6;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

process.exitCode = await main(process.argv.slice(2));

async function main(words: readonly string[]): Promise<number> {
  process.stdout.on('error', stopWriting);
  process.stderr.on('error', stopWriting);
  const read = readArguments(words);
  if (!read.ok) {
    process.stderr.write(`${USAGE}\n`);
    return refuse(read.faults);
  }
  if (read.value.help) {
    process.stdout.write(USAGE);
    return DONE;
  }
  const args = read.value;
  const document = await readStudy(args.study);
  if (!document.ok) return refuse(document.faults);
  const prepared = await prepareStudy(document.value, args.bars, shared);
  if (!prepared.ok) return refuse(prepared.faults);
  if (!args.quiet) for (const note of prepared.value.notes) tell(`Note: ${note}`);
  if (args.profile) return runProfile(prepared.value, args);
  return args.trial === null ? runStudy(prepared.value, args) : runTrial(prepared.value, args, args.trial);
}

async function runStudy(study: PreparedStudy, args: Arguments): Promise<number> {
  const allocated = args.best === null ? allocateRows(study, shared) : allocateBest(study, args.best, shared);
  if (!allocated.ok) return refuse(allocated.faults);
  const output = await openOutput(args.out, stopWriting);
  if (!output.ok) return refuse(output.faults);
  const { handle, close } = start(study, allocated.value.rows, args, allocated.value);
  showProgress(handle, args.progress);
  const interrupt = (): void => void handle.cancel();
  process.once('SIGINT', interrupt);
  process.once('SIGTERM', interrupt);
  const end = await handle.done;
  close();
  const [failure] = end.failures;
  if (failure !== undefined) tell(`Trials failed with an error, the first one said: ${failure.message}.`);
  await writeRows(study, allocated.value, end.asked, args, output.value);
  for (const one of end.faults) tell(describeFault(one));
  return end.reason === 'finished' ? DONE : end.reason === 'cancelled' ? INTERRUPTED : RUN_FAULT;
}

async function writeRows(
  study: PreparedStudy,
  { rows, condensed = null }: Allocated,
  asked: number,
  args: Arguments,
  output: Output,
): Promise<void> {
  const { document, space, imported } = study;
  condensed?.sort();
  const kept = condensed === null ? { rows, count: asked } : { rows: condensed.rows, count: condensed.count };
  const results = { document, barsHash: imported.hash, axes: space.axes, ...kept };
  await (wantsJson(args) ? writeJson(results, output) : writeCsv(results, output));
  await output.end();
}

async function runTrial(study: PreparedStudy, args: Arguments, trial: string): Promise<number> {
  const positions = trialPositions(study, trial);
  if (!positions.ok) return refuse(positions.faults);
  const output = await openOutput(args.out, stopWriting);
  if (!output.ok) return refuse(output.faults);
  const rows = createRows(
    { rowCount: 1, axisCount: study.space.axes.length, metrics: searchColumns(study.document, study.objective) },
    shared,
  );
  const { handle, close } = start(study, rows, { ...args, workers: 1 });
  const detail = await openTrial(handle, positions.value);
  close();
  if (!detail.ok) {
    for (const one of detail.faults) tell(describeFault(one));
    return RUN_FAULT;
  }
  await (wantsJson(args)
    ? writeTrialJson(study.document, trial, detail.value, output.value)
    : writeTrades(detail.value, output.value));
  await output.value.end();
  return DONE;
}

async function runProfile(study: PreparedStudy, args: Arguments): Promise<number> {
  const output = await openOutput(args.out, stopWriting);
  if (!output.ok) return refuse(output.faults);
  const script = new URL('./sweep-node.worker.js', import.meta.url); // built beside this file
  const metrics = searchColumns(study.document, study.objective);
  const profile = await profileStudy(() => spawnNodeWorker(script), study, metrics, CACHE_BYTES);
  if (!profile.ok) {
    for (const one of profile.faults) tell(describeFault(one));
    return RUN_FAULT;
  }
  const trials = countSpace(study.space).feasible;
  await output.value.write(
    wantsJson(args) ? `${JSON.stringify(profile.value, null, 2)}\n` : profileText(profile.value, trials),
  );
  await output.value.end();
  return DONE;
}

function start(
  study: PreparedStudy,
  rows: Rows,
  { workers, chunk }: Arguments,
  { estimated = false, total = rows.rowCount, condensed = null }: Partial<Allocated> = {},
): { handle: SweepHandle; close: () => void } {
  const { plan, space, execution, document, scoring, bars, objective } = study;
  const script = new URL('./sweep-node.worker.js', import.meta.url); // built beside this file
  const searchScript = new URL('./search-node.worker.js', import.meta.url);
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: clampWorkers(workers ?? availableParallelism()) });
  const search = createSearchClient(() => spawnNodeWorker(searchScript));
  const setup = searchSetup(document, objective, space);
  const handle = startSweep({
    pool,
    plan,
    axes: space.axes,
    execution,
    ...marketsFor(setup, bars, scoring, shared),
    barCount: bars.count - scoring.startBar,
    search: search.open(setup, rows),
    rows,
    total,
    estimated,
    makeBuffer: shared,
    cacheBytes: Math.floor(Math.min(CACHE_BYTES, 1e9 / pool.size)),
    ...formulaOf(objective),
    ...(condensed === null ? {} : { window: windowOver(condensed) }),
    ...(chunk === null ? {} : { chunkRows: chunk }),
  });
  return {
    handle,
    close() {
      pool.terminate();
      search.terminate();
    },
  };
}

function wantsJson({ out }: Arguments): boolean {
  return out !== null && out.toLowerCase().endsWith('.json');
}
