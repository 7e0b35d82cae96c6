import type { Bars } from '../../src/bars/buffer.ts';
import { resolveScoring } from '../../src/metrics/resolve.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../../src/strategy/execution.ts';
import { ENTER_LONG, ENTER_SHORT, EXIT_LONG, EXIT_SHORT, type PlainOrders } from '../bench/plain-loop.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';

/** The kernel's benchmark cases: what each measures is decided by its text, so Node and the browser run the same studies. */
export interface KernelCase {
  readonly name: string;
  readonly text: string;
  readonly returns: 'bar' | 'day';
  readonly execution?: Execution;
  /** Trials at 2 148 bars are all; so many of the first ones are run over longer bars. */
  readonly trialsOfLong: number;
  /** The plain loop does not carry out all of its rules: its time counts, its figures do not. */
  readonly unlike?: true;
  /** Fills the codes of one trial for the plain loop, from series that `series` keeps. */
  readonly codes: (values: readonly number[], series: SeriesOf, close: Float64Array, out: Uint8Array) => PlainOrders;
}

/** A series of the close, computed once. */
export type SeriesOf = (name: string, period: number) => Float64Array;

function crossoverCodes(short: boolean): KernelCase['codes'] {
  const [over, under] = short ? [ENTER_LONG | EXIT_SHORT, ENTER_SHORT | EXIT_LONG] : [ENTER_LONG, EXIT_LONG];
  return ([fast, slow], series, _close, out) => {
    const f = series('sma', fast!);
    const s = series('sma', slow!);
    for (let i = 1; i < out.length; i++) {
      out[i] = f[i]! > s[i]! && f[i - 1]! <= s[i - 1]! ? over : f[i]! < s[i]! && f[i - 1]! >= s[i - 1]! ? under : 0;
    }
    return NO_PLAIN_ORDERS;
  };
}

const NO_PLAIN_ORDERS: PlainOrders = { stop: 0, target: 0 };

const genericCodes: KernelCase['codes'] = ([level, n, k], series, close, out) => {
  const rsi = series('rsi', 14);
  const mean = series('sma', n!);
  const deviation = series('stdev', n!);
  for (let i = 0; i < out.length; i++) {
    const enter = rsi[i]! < level! && close[i]! < mean[i]! - k! * deviation[i]!;
    out[i] = (enter ? ENTER_LONG : 0) | (rsi[i]! > 60 ? EXIT_LONG : 0);
  }
  return NO_PLAIN_ORDERS;
};

const ownCodes: KernelCase['codes'] = ([n, level], series, _close, out) => {
  const low = series('rsi', n!);
  const high = series('rsi', 14);
  for (let i = 0; i < out.length; i++) out[i] = (low[i]! < level! ? ENTER_LONG : 0) | (high[i]! > 55 ? EXIT_LONG : 0);
  return NO_PLAIN_ORDERS;
};

const stopCodes: KernelCase['codes'] = ([fast, slow, stop, target], ...rest) => {
  crossoverCodes(false)([fast!, slow!], ...rest);
  return { stop: stop! / 100, target: target! / 100 };
};

const GENERIC = `level = param(30, 20..39.9 by 0.1)
n = param(20, 10..29 by 1)
k = param(1.5, 1..2.2 by 0.05)
enter long when rsi(close, 14) < level and close < sma(close, n) - k * stdev(close, n)
exit long when rsi(close, 14) > 60`;

const CROSSOVER = `fast = param(5, 5..104 by 1)
slow = param(105, 105..204 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s)`;

export const CASE_EXECUTION: Execution = {
  ...NEUTRAL_EXECUTION,
  commission: { ...NEUTRAL_EXECUTION.commission, relative: 0.001 },
  slippage: 0.0002,
};

export const KERNEL_CASES: readonly KernelCase[] = [
  {
    // 200 × 20 × 25: each condition recurs, their conjunction does not
    name: 'generic',
    text: GENERIC,
    returns: 'bar',
    trialsOfLong: 10_000,
    codes: genericCodes,
  },
  {
    // 17 × 600: no comparison recurs
    name: 'own',
    text: `n = param(14, 5..21 by 1)
level = param(30, 10..39.95 by 0.05)
enter long when rsi(close, n) < level
exit long when rsi(close, 14) > 55`,
    returns: 'bar',
    trialsOfLong: 1000,
    codes: ownCodes,
  },
  {
    name: 'crossover',
    text: CROSSOVER,
    returns: 'bar',
    trialsOfLong: 10_000,
    codes: crossoverCodes(false),
  },
  {
    // 100 pairs, 10 × 10 stops and targets
    name: 'stops',
    text: `fast = param(10, 10..55 by 5)
slow = param(60, 60..150 by 10)
sl = param(2, 1..5.5 by 0.5)
tp = param(4, 2..11 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s)
stop (sl)%
target (tp)%`,
    returns: 'bar',
    trialsOfLong: 4000,
    codes: stopCodes,
  },
  {
    name: 'long-short',
    text: `fast = param(5, 5..104 by 1)
slow = param(105, 105..204 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
enter short when crossunder(f, s)`,
    returns: 'bar',
    trialsOfLong: 1000,
    codes: crossoverCodes(true),
  },
  {
    // a margin call may come at any close
    name: 'per-bar',
    text: CROSSOVER,
    returns: 'bar',
    execution: { ...CASE_EXECUTION, maintenance: 0.01 },
    trialsOfLong: 300,
    codes: crossoverCodes(false),
  },
  {
    // an exit that reads the position cannot be decided ahead
    name: 'held',
    text: `fast = param(5, 5..104 by 1)
slow = param(105, 105..204 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s) or open_profit < -0.05 and bars_held > 5`,
    returns: 'bar',
    trialsOfLong: 300,
    codes: crossoverCodes(false), // compared without the exit that reads the position: the loop's time, not its figures
    unlike: true,
  },
  {
    name: 'generic-day',
    text: GENERIC,
    returns: 'day',
    trialsOfLong: 4000,
    codes: genericCodes,
  },
];

export function openCase({ text, returns }: KernelCase, bars: Bars): { plan: Plan; scoring: ResolvedScoring } {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  const plan = compiled.value;
  const warmup = largestWarmup(plan, plan.space.axes);
  const scoring = resolveScoring({ start: 'commonWarmup', returns, periodsPerYear: 252 }, bars, warmup);
  if (!scoring.ok) throw new Error(scoring.faults[0].message);
  return { plan, scoring: scoring.value };
}
