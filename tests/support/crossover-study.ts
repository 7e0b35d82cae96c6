import { createBars, type Bars } from '../../src/bars/buffer.ts';
import { generateBars } from '../../src/bars/generate.ts';
import { sha256Hex } from '../../src/core/hash.ts';
import { METRICS } from '../../src/metrics/columns.ts';
import { resolveScoring } from '../../src/metrics/resolve.ts';
import { createRows, type Rows } from '../../src/metrics/rows.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { createGrid } from '../../src/search/grid.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../../src/strategy/execution.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';
import type { Pool } from '../../src/workers/pool.ts';
import { startSweep, type SweepHandle, type SweepOptions } from '../../src/workers/sweep.ts';
import { localSearch } from './local-search.ts';

/** A crossover of moving averages on generated daily bars, long and short, with costs: 10 000 trials unless told. */
export interface CrossoverStudy {
  readonly plan: Plan;
  readonly bars: Bars;
  readonly scoring: ResolvedScoring;
  readonly trials: number;
}

const EXECUTION: Execution = {
  ...NEUTRAL_EXECUTION,
  commission: { ...NEUTRAL_EXECUTION.commission, relative: 0.001 },
  slippage: 0.0002,
};

export const shared = (bytes: number): SharedArrayBuffer => new SharedArrayBuffer(bytes);

export interface CrossoverShape {
  readonly bars?: number;
  readonly fast?: number; // values of the fast axis
  readonly slow?: number;
  readonly short?: boolean; // the opposite side as well
}

export function crossoverStudy({
  bars: count = 2500,
  fast = 100,
  slow = 100,
  short = true,
}: CrossoverShape = {}): CrossoverStudy {
  const other = short ? 'enter short when crossunder(f, s)' : 'exit long when crossunder(f, s)';
  const text = `fast = param(5, 5..${fast + 4} by 1)
slow = param(110, 110..${slow + 109} by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
${other}
`;
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  const plan = compiled.value;
  const bars = createBars(generateBars({ kind: 'equity', seed: 7, bars: count }), shared);
  const warmup = largestWarmup(plan, plan.space.axes);
  const scoring = resolveScoring({ start: 'commonWarmup', returns: 'auto', periodsPerYear: 'auto' }, bars, warmup);
  if (!scoring.ok) throw new Error(scoring.faults[0].message);
  return { plan, bars, scoring: scoring.value, trials: fast * slow };
}

/** A thousand crossovers, `times` times over in the slowest axis: every tenth of it is the same work. */
export function repeatedStudy(times: number, barCount = 1000): CrossoverStudy {
  const { bars, scoring } = crossoverStudy({ bars: barCount, fast: 20, slow: 50 });
  const compiled = compileStrategy(`again = param(1, 1..${times} by 1)
fast = param(5, 5..24 by 1)
slow = param(110, 110..159 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s) and close > again / 1000000
exit long when crossunder(f, s)
`);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  return { plan: compiled.value, bars, scoring, trials: 1000 * times };
}

/** @param metrics columns as indices of METRICS; all of them unless told */
export function emptyRows({ plan, trials }: CrossoverStudy, metrics: readonly number[] = METRICS.map((_, k) => k)): Rows {
  return createRows({ rowCount: trials, axisCount: plan.space.axes.length, metrics }, shared);
}

export function sweepStudy(study: CrossoverStudy, pool: Pool, rows: Rows, more: Partial<SweepOptions> = {}): SweepHandle {
  const { plan, bars, scoring, trials } = study;
  return startSweep({
    pool,
    plan,
    axes: plan.space.axes,
    execution: EXECUTION,
    scoring: [scoring],
    markets: [bars.buffer],
    barCount: bars.count,
    search: localSearch(createGrid(plan.space), rows),
    rows,
    total: trials,
    makeBuffer: shared,
    cacheBytes: 64e6,
    ...more,
  });
}

/** One hash over states and every metric column: equal results have equal hashes, on any machine. */
export function hashRows({ states, columns }: Rows): string {
  const parts = [states, ...columns].map(
    ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength),
  );
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return sha256Hex(bytes);
}
