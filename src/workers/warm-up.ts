import { createBars } from '../bars/buffer.ts';
import { generateBars } from '../bars/generate.ts';
import { METRICS, SUM_COLUMNS } from '../metrics/columns.ts';
import type { EngineFactory, EngineSetup } from '../schedule/messages.ts';
import { axisValue } from '../space/axis.ts';
import { compileStrategy } from '../strategy/compile.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../strategy/execution.ts';

const BARS = 1200;
/** Sixty trials. */
const CROSSOVER = `kind = choice(sma, ema)
fast = param(5, 5..10 by 1)
slow = param(20, 20..60 by 10)
f = ma(kind, close, fast)
s = ma(kind, close, slow)
enter long when crossover(f, s)
`;
/** Long only and both sides are different work in the kernel. */
const TEXTS = [`${CROSSOVER}exit long when crossunder(f, s)\n`, `${CROSSOVER}enter short when crossunder(f, s)\n`];
const EXECUTION: Execution = {
  ...NEUTRAL_EXECUTION,
  commission: { ...NEUTRAL_EXECUTION.commission, relative: 0.001 },
  slippage: 0.0001,
};
/** JavaScript engines compile hot functions in steps; by then the steps are over, and a first study is as fast as the next. */
const WARM_MS = 40;
const LEAST_ROUNDS = 6;
const MOST_ROUNDS = 100;
/** The first pass computes the averages, the second finds them: most trials of a grid do. */
const PASSES = 2;

/**
 * Runs tiny studies until the kernel is compiled.
 * @returns nanoseconds per bar and trial, of the fastest pass of the slowest study; 0 where it cannot run
 */
export function warmUp(createEngine: EngineFactory): number {
  const bars = createBars(generateBars({ kind: 'equity', seed: 1, bars: BARS }), (bytes) => new ArrayBuffer(bytes));
  const fastest = TEXTS.map(() => Infinity);
  const start = performance.now();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round >= LEAST_ROUNDS && performance.now() - start >= WARM_MS) break;
    for (const [k, text] of TEXTS.entries()) fastest[k] = Math.min(fastest[k]!, studyNs(text, bars.buffer, createEngine));
  }
  return Math.max(...fastest);
}

/** A fresh engine each time, so that indicators are computed as in a study. */
function studyNs(text: string, bars: ArrayBufferLike, createEngine: EngineFactory): number {
  const compiled = compileStrategy(text);
  if (!compiled.ok) return 0;
  const plan = compiled.value;
  const { axes } = plan.space;
  const axisSizes = axes.map((axis) => axis.size);
  const scoring = { startBar: 60, returns: 'bar', periodsPerYear: 252 } as const;
  const setup: EngineSetup = { plan, axisSizes, bars, execution: EXECUTION, scoring, cacheBytes: 4e6, columns: SUM_COLUMNS };
  const made = createEngine(setup);
  if (!made.ok) return 0;
  const trials = trialsOf(axisSizes);
  const values = trials.map((trial) => trial.map((position, a) => axisValue(axes[a]!, position)));
  const out = new Float64Array(METRICS.length);
  let fastest = Infinity;
  for (let pass = 0; pass < PASSES; pass++) {
    const from = performance.now();
    for (let k = 0; k < trials.length; k++) made.value.run(trials[k]!, values[k]!, out);
    fastest = Math.min(fastest, performance.now() - from);
  }
  return (fastest * 1e6) / (BARS * trials.length);
}

/** All combinations of positions, the first axis slowest. */
function trialsOf(sizes: readonly number[]): number[][] {
  return sizes.reduce<number[][]>(
    (trials, size) => trials.flatMap((trial) => Array.from({ length: size }, (_, position) => [...trial, position])),
    [[]],
  );
}
