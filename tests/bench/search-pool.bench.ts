import { availableParallelism } from 'node:os';
import { searchColumns, searchSetup } from '../../src/document/search.ts';
import type { StudyDocument } from '../../src/document/document.ts';
import { parseDocument } from '../../src/document/schema.ts';
import { prepareStudy, type PreparedStudy } from '../../src/headless/prepare.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import type { MethodName } from '../../src/search/spec.ts';
import { POSITIONS_ARE_THERE } from '../../src/workers/local-search.ts';
import { createPool } from '../../src/workers/pool.ts';
import { createSearchClient, type SearchPort } from '../../src/workers/search-port.ts';
import { spawnNodeWorker } from '../../src/workers/spawn-node.ts';
import { startSweep, type SweepEnd } from '../../src/workers/sweep.ts';
import { must } from '../support/outcome.ts';
import { CASES as SPACES } from './search/tables.ts';

// What a search costs beyond its trials: the time of a search against the time of the same trials whose positions stand in the
// rows already, and the share of the workers' time in which they wait. The bars of a case set what a trial costs.

const ROUNDS = 3;
const CASES: readonly (readonly [method: MethodName, trials: number, bars: number])[] = [
  ['grid', 4000, 25_000],
  ['random', 4000, 25_000],
  ['sobol', 4000, 25_000],
  ['genetic', 1000, 25_000],
  ['genetic', 4000, 25_000],
  ['differential', 4000, 25_000],
  ['differential', 4000, 100_000],
  ['cma', 1000, 250_000],
  ['tpe', 300, 1_000_000],
];
const { text: TEXT } = SPACES.find(({ name }) => name.startsWith('Bollinger'))!;

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);
const wanted = process.argv[2];
const pool = createPool({
  spawn: () => spawnNodeWorker(new URL('./sweep-node.worker.js', import.meta.url)),
  size: availableParallelism(),
});
const client = createSearchClient(() => spawnNodeWorker(new URL('./search-node.worker.js', import.meta.url)));
client.warm();
must(await pool.warm());
for (const [method, trials, bars] of CASES) {
  if (wanted === undefined || wanted === method) await measure(method, trials, bars);
}
pool.terminate();
client.terminate();

async function measure(method: MethodName, trials: number, bars: number): Promise<void> {
  const search = { method, trials };
  const generate = { kind: 'fx', seed: 3, bars };
  const document = must(
    parseDocument({ strategy: TEXT, data: { generate }, objective: 'sharpe', metrics: ['sharpe', 'trades'], search }),
  );
  const study = must(await prepareStudy(document, null, shared));
  const searched: SweepEnd[] = [];
  const listed: SweepEnd[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const rows = rowsFor(study, document, trials);
    searched.push(await sweep(study, rows, client.open(searchSetup(document, study.objective, study.space), rows)));
    const again = rowsFor(study, document, trials);
    rows.positions.forEach((column, a) => again.positions[a]!.set(column));
    listed.push(await sweep(study, again, POSITIONS_ARE_THERE));
  }
  const best = shortest(searched);
  const plain = shortest(listed);
  const cost = plain.busyMs / trials;
  const idle = 1 - best.busyMs / (best.elapsedMs * pool.size);
  const idleListed = 1 - plain.busyMs / (plain.elapsedMs * pool.size);
  console.log(
    `${method.padEnd(13)}${trials} trials of ${cost.toFixed(2)} ms: ${best.elapsedMs.toFixed(0)} ms, the same trials without a search ` +
      `${plain.elapsedMs.toFixed(0)} ms, ${percent(best.elapsedMs / plain.elapsedMs - 1)} more; workers wait ${percent(idle)}, without a search ${percent(idleListed)}`,
  );
}

function rowsFor({ space, objective }: PreparedStudy, document: StudyDocument, trials: number): Rows {
  return createRows({ rowCount: trials, axisCount: space.axes.length, metrics: searchColumns(document, objective) }, shared);
}

async function sweep(study: PreparedStudy, rows: Rows, search: SearchPort): Promise<SweepEnd> {
  const { plan, space, execution, scoring, bars } = study;
  const end = await startSweep({
    pool,
    plan,
    axes: space.axes,
    execution,
    scoring: [scoring],
    markets: [bars.buffer],
    barCount: bars.count,
    search,
    rows,
    total: rows.rowCount,
    makeBuffer: shared,
    cacheBytes: 400e6,
  }).done;
  if (end.done !== rows.rowCount) throw new Error(`${end.done} of ${rows.rowCount} trials: ${end.reason}`);
  return end;
}

function shortest(ends: readonly SweepEnd[]): SweepEnd {
  return ends.reduce((least, end) => (end.elapsedMs < least.elapsedMs ? end : least));
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
