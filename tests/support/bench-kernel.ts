import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import { BLOCK_COLUMN } from '../../src/metrics/blocks.ts';
import { metricIndex, USUAL_KEYS } from '../../src/metrics/columns.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import { PENDING } from '../../src/metrics/state.ts';
import { axisValue } from '../../src/space/axis.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { plainLoop } from '../bench/plain-loop.ts';
import { shared, sweepStudy } from './crossover-study.ts';
import { CASE_EXECUTION, KERNEL_CASES, openCase, type KernelCase } from './kernel-cases.ts';

/** One measured line, as `--json FILE` writes it. */
export interface BenchRow {
  readonly case: string;
  readonly bars: number;
  readonly trials: number;
  readonly workers: number;
  readonly nsPerBarTrial: number; // of one worker, while it is busy
  readonly trialsPerSecond: number; // of all workers, from the call to the end
  readonly slowTwinRatio: number; // how many times faster per bar and trial than the plain loop
}

export interface BenchOptions {
  readonly bars: readonly number[];
  readonly cases: readonly string[]; // empty: all
  readonly rounds: number;
}

type Kind = keyof ReturnType<typeof plainLoop>;
const COMPARED: readonly Kind[] = ['sharpe', 'sortino', 'maxDrawdown', 'trades', 'winRate', 'exposure'];
/** What a new study stores. */
const METRICS = USUAL_KEYS.map(metricIndex).sort((a, b) => a - b);
const WITH_BLOCKS = [...METRICS, BLOCK_COLUMN];
const CHECKED = 5;
const PLAIN_TRIALS = 12;
const LEAST_MS = 1500;

/**
 * Every case over every count of bars, with each of the pools: whole sweeps, of which the time that the workers are busy counts per
 * bar and trial, and the time from the call to the end for the rate. Before the time is taken, trials are compared with the plain
 * loop, whose time is taken as well.
 */
export async function benchKernel(
  pools: readonly Pool[],
  { bars: counts, cases, rounds }: BenchOptions,
  print: (line: string) => void,
  row: (row: BenchRow) => void,
): Promise<void> {
  print('case            bars   trials  trades  workers  ns per bar and trial  median   trials/s  × plain loop (its ns)');
  for (const count of counts) {
    const bars = createBars(generateBars({ kind: 'equity', seed: 7, bars: count }), shared);
    for (const one of KERNEL_CASES) {
      if (cases.length > 0 && !cases.includes(one.name)) continue;
      const least = count > 50_000 ? Math.min(2, rounds) : rounds;
      for (const pool of pools) {
        const [{ busy, elapsed, rows }] = await measure(one, bars, pool, least, [METRICS]);
        const plain = check(one, bars, rows);
        const trials = rows.rowCount;
        const per = 1e6 / (count * trials);
        const ns = Math.min(...busy) * per;
        const perSecond = (trials / Math.min(...elapsed)) * 1000;
        print(
          `${one.name.padEnd(11)} ${String(count).padStart(8)} ${String(trials).padStart(8)} ${meanTrades(rows).toFixed(1).padStart(7)} ` +
            `${String(pool.size).padStart(8)} ${ns.toFixed(3).padStart(21)} ${(median(busy) * per).toFixed(3).padStart(7)} ` +
            `${perSecond.toFixed(0).padStart(10)} ${(plain / ns).toFixed(1).padStart(7)} (${plain.toFixed(2)})`,
        );
        row({
          case: one.name,
          bars: count,
          trials,
          workers: pool.size,
          nsPerBarTrial: ns,
          trialsPerSecond: perSecond,
          slowTwinRatio: plain / ns,
        });
      }
      // One after the other in every round, so that what else the machine does falls on both.
      const [without, blocks] = await measure(one, bars, pools[0]!, 4 * least, [METRICS, WITH_BLOCKS]);
      const extra = (of: (busy: readonly number[]) => number): string =>
        (100 * (of(blocks.busy) / of(without.busy) - 1)).toFixed(1);
      print(`  block moments: ${extra((busy) => Math.min(...busy))} % more time, median ${extra(median)} %`);
    }
  }
}

function meanTrades({ columns, metrics, rowCount }: Rows): number {
  return columns[metrics.indexOf(metricIndex('trades'))]!.reduce((sum, trades) => sum + trades, 0) / rowCount;
}

interface Measured {
  readonly busy: readonly number[]; // ms per round, of all workers together
  readonly elapsed: readonly number[]; // ms per round
  readonly rows: Rows;
}

/** @param stored lists of columns: a study for each of them in every round */
async function measure<Stored extends readonly (readonly number[])[]>(
  one: KernelCase,
  bars: Bars,
  pool: Pool,
  rounds: number,
  stored: readonly [...Stored],
): Promise<{ [K in keyof Stored]: Measured }> {
  const { plan, scoring } = openCase(one, bars);
  const { axes } = plan.space;
  const all = axes.reduce((product, { size }) => product * size, 1);
  const trials = bars.count > 50_000 ? Math.min(all, one.trialsOfLong) : all;
  // Rows are used again: in a virtual machine the first touch of a page may take 25 µs, more than all trials whose numbers it holds.
  const measured = stored.map((metrics): { busy: number[]; elapsed: number[]; rows: Rows } => {
    const rows = createRows({ rowCount: trials, axisCount: axes.length, metrics }, shared);
    return { busy: [], elapsed: [], rows };
  });
  // Short studies are repeated until their code has been compiled for good.
  for (let round = 0, spent = 0; round < rounds || spent < LEAST_MS; round++) {
    for (const { busy, elapsed, rows } of measured) {
      rows.states.fill(PENDING);
      const more = { execution: one.execution ?? CASE_EXECUTION, cacheBytes: 256e6 };
      const end = await sweepStudy({ plan, bars, scoring, trials }, pool, rows, more).done;
      if (end.reason !== 'finished' || end.done !== trials)
        throw new Error(`${one.name}: ${end.reason} after ${end.done} rows`);
      spent += end.elapsedMs;
      busy.push(end.busyMs);
      elapsed.push(end.elapsedMs);
    }
  }
  return measured as { [K in keyof Stored]: Measured };
}

/**
 * Compares some trials with the plain loop.
 * @returns ns that the plain loop takes per bar and trial, its series being there already
 */
function check(one: KernelCase, bars: Bars, rows: Rows): number {
  const { plan, scoring } = openCase(one, bars);
  const kept = new Map<string, Float64Array>();
  const series = (name: string, period: number): Float64Array => {
    const key = `${name} ${period}`;
    const found = kept.get(key) ?? new Float64Array(bars.count);
    if (!kept.has(key)) computationOf(name)([bars.close], [period], found, { decimals: bars.decimals });
    kept.set(key, found);
    return found;
  };
  const codes = new Uint8Array(bars.count);
  const run = (k: number): ReturnType<typeof plainLoop> => {
    const values = plan.space.axes.map((axis, a) => axisValue(axis, rows.positions[a]![k]!));
    const orders = one.codes(values, series, bars.close, codes);
    return plainLoop(bars, one.execution ?? CASE_EXECUTION, scoring, codes, orders);
  };
  for (let n = 0; n < CHECKED && one.unlike === undefined; n++) {
    const k = Math.floor(((n + 0.5) * rows.rowCount) / CHECKED);
    const figures = run(k);
    for (const key of COMPARED) {
      const is = rows.columns[rows.metrics.indexOf(metricIndex(key))]![k]!;
      if (!(Object.is(is, figures[key]) || Math.abs(is - figures[key]) <= 1e-9 * Math.max(1, Math.abs(is)))) {
        throw new Error(`${one.name}, row ${k}: ${key} is ${is}, the plain loop says ${figures[key]}`);
      }
    }
  }
  const trials = bars.count > 50_000 ? 3 : PLAIN_TRIALS;
  let least = Infinity;
  for (let round = 0, spent = 0; round < 5 || spent < LEAST_MS; round++) {
    let sink = 0;
    const from = performance.now();
    for (let k = 0; k < trials; k++) sink += run(k).finalEquity;
    const took = performance.now() - from;
    spent += took;
    if (!Number.isFinite(sink)) throw new Error(`${one.name}: the plain loop overflowed`);
    if (round > 0) least = Math.min(least, took); // the first computes the series
  }
  return (least * 1e6) / (bars.count * trials);
}

function median(of: readonly number[]): number {
  const sorted = of.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}
