import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { sha256Hex, utf8Bytes } from '../../../src/core/hash.ts';
import { searchColumns, searchSetup } from '../../../src/document/search.ts';
import type { StudyDocument } from '../../../src/document/document.ts';
import { parseDocument } from '../../../src/document/schema.ts';
import { prepareStudy, type PreparedStudy } from '../../../src/headless/prepare.ts';
import { METRICS } from '../../../src/metrics/columns.ts';
import { formulaOf } from '../../../src/metrics/objective.ts';
import { createRows } from '../../../src/metrics/rows.ts';
import { COMPLETE } from '../../../src/metrics/state.ts';
import { countSpace } from '../../../src/space/count.ts';
import type { Space } from '../../../src/space/space.ts';
import { createPool } from '../../../src/workers/pool.ts';
import { createSearchClient } from '../../../src/workers/search-port.ts';
import { spawnNodeWorker } from '../../../src/workers/spawn-node.ts';
import { startSweep } from '../../../src/workers/sweep.ts';
import { must } from '../../support/outcome.ts';

/** One of the fixed spaces: a strategy over a market. */
export interface Case {
  readonly name: string;
  readonly file: string; // in the reference folder
  readonly sample: 'daily' | 'hourly' | 'minute'; // stands in where that is absent
  readonly text: string;
}

const CROSS = `enter long when crossover(f, s)
enter short when crossunder(f, s)
`;

export const CASES: readonly Case[] = [
  {
    name: 'MA cross with type, GOOG daily',
    file: 'goog-daily.csv',
    sample: 'daily',
    text: `kind = choice(sma, ema, wma)
fast = param(10, 2..150 by 1)
slow = param(40, 5..450 by 1)
require fast < slow
f = ma(kind, close, fast)
s = ma(kind, close, slow)
${CROSS}`,
  },
  {
    name: 'RSI with three axes, EUR/USD hourly',
    file: 'eurusd-hourly.csv',
    sample: 'hourly',
    text: `n = param(14, 2..60 by 1)
cold = param(30, 5..45 by 1)
hot = param(60, 40..90 by 1)
r = rsi(close, n)
enter long when crossover(r, cold)
exit long when crossover(r, hot)
`,
  },
  {
    name: 'Bollinger long/short with stop, ORCL daily',
    file: 'orcl-daily-1995-2014.txt',
    sample: 'daily',
    text: `n = param(20, 5..100 by 1)
k = param(2, 0.5..4 by 0.1)
sl = param(5, 1..20 by 0.5)
m = sma(close, n)
d = k * stdev(close, n)
enter long when close < m - d
exit long when close > m
enter short when close > m + d
exit short when close < m
stop (sl)%
`,
  },
  {
    name: 'Donchian with ATR stop, NVDA daily',
    file: 'nvda-daily-1999-2014.txt',
    sample: 'daily',
    text: `n = param(20, 5..150 by 1)
out = param(10, 2..75 by 1)
k = param(3, 1..8 by 0.5)
enter long when close > highest(high, n)[1]
exit long when close < lowest(low, out)[1]
stop atr(14) * k
`,
  },
  {
    name: 'Keltner with trail, ETH/USDT 15 minutes',
    file: 'ethusdt-15m-first20000.csv',
    sample: 'minute',
    text: `n = param(20, 10..200 by 2)
k = param(2, 0.5..4 by 0.1)
tr = param(3, 0.5..10 by 0.25)
m = ema(close, n)
d = k * atr(n)
enter long when close > m + d
exit long when close < m - d
trail (tr)%
`,
  },
  {
    name: 'Supertrend with session, Euro Stoxx 5 minutes',
    file: 'estx50-5min-2006.txt',
    sample: 'minute',
    text: `n = param(10, 5..60 by 1)
k = param(3, 1..8 by 0.1)
from = param(9, 8..14 by 1)
to = param(17, 14..19 by 1)
require from < to
inside = hour >= from and hour < to
direction = supertrenddir(k, n)
enter long when direction > 0 and inside
exit long when direction < 0 or not inside
enter short when direction < 0 and inside
exit short when direction > 0 or not inside
`,
  },
];

/** Every trial's objective, by trial index; NaN where the constraints leave it out or it has none. */
export interface Table {
  readonly name: string;
  readonly space: Space;
  readonly values: Float64Array;
  readonly sorted: Float64Array; // of the trials that have a value, ascending
  readonly trials: number; // feasible
  at(positions: ArrayLike<number>): number;
}

const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

/** The table of a case, from the cache where it was computed before. */
export async function tableOf({ name, file, sample, text }: Case, cache: string, workers: number): Promise<Table> {
  const folder = process.env['BARSWEEP_REFERENCE'];
  const bars = folder === undefined ? null : path.join(folder, 'data', file);
  const there = bars !== null && existsSync(bars);
  const document = must(
    parseDocument({ strategy: text, data: { sample }, objective: 'sharpe', metrics: ['sharpe', 'trades'] }),
  );
  const study = must(await prepareStudy(document, there ? bars : null, shared));
  const { space } = study;
  const key = sha256Hex(utf8Bytes(JSON.stringify([text, study.imported.hash, 1]))).slice(0, 24);
  const stored = path.join(cache, `${key}.f64`);
  const trials = Number(countSpace(space).feasible);
  const size = space.axes.reduce((product, axis) => product * axis.size, 1);
  let values: Float64Array;
  if (existsSync(stored)) {
    const bytes = readFileSync(stored);
    values = new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  } else {
    values = await sweepAll(study, document, size, trials, workers);
    mkdirSync(cache, { recursive: true });
    writeFileSync(stored, new Uint8Array(values.buffer));
  }
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  const index = (positions: ArrayLike<number>): number =>
    space.axes.reduce((sum, axis, a) => sum * axis.size + positions[a]!, 0);
  return {
    name: there ? name : `${name} (the bundled ${sample} sample stands in)`,
    space,
    values,
    sorted,
    trials,
    at: (positions) => values[index(positions)]!,
  };
}

async function sweepAll(
  study: PreparedStudy,
  document: StudyDocument,
  size: number,
  trials: number,
  workers: number,
): Promise<Float64Array> {
  const { plan, space, execution, scoring, bars, objective } = study;
  const metrics = searchColumns(document, objective);
  const rows = createRows({ rowCount: trials, axisCount: space.axes.length, metrics }, shared);
  const script = new URL('./sweep-node.worker.js', import.meta.url);
  const pool = createPool({ spawn: () => spawnNodeWorker(script), size: workers });
  const search = createSearchClient(() => spawnNodeWorker(new URL('./search-node.worker.js', import.meta.url)));
  const end = await startSweep({
    pool,
    plan,
    axes: space.axes,
    execution,
    scoring: [scoring],
    markets: [bars.buffer],
    barCount: bars.count,
    search: search.open(searchSetup(document, objective, space), rows),
    rows,
    total: trials,
    makeBuffer: shared,
    cacheBytes: 200e6,
    ...formulaOf(objective),
  }).done;
  pool.terminate();
  search.terminate();
  if (end.done !== trials) throw new Error(`${end.done} of ${trials} trials: ${end.faults[0]?.message ?? end.reason}`);
  const values = new Float64Array(size).fill(NaN);
  const column = rows.columns[metrics.indexOf(objective.column)]!;
  const sign = METRICS[objective.column]!.direction === 'min' ? -1 : 1;
  for (let row = 0; row < trials; row++) {
    if (rows.states[row] !== COMPLETE) continue;
    const index = space.axes.reduce((sum, axis, a) => sum * axis.size + rows.positions[a]![row]!, 0);
    values[index] = sign * column[row]!;
  }
  return values;
}
