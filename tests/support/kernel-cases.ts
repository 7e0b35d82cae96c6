import type { Bars } from '../../src/bars/buffer.ts';
import { resolveScoring } from '../../src/metrics/resolve.ts';
import type { ResolvedScoring } from '../../src/metrics/scoring.ts';
import { compileStrategy } from '../../src/strategy/compile.ts';
import { NEUTRAL_EXECUTION, type Execution } from '../../src/strategy/execution.ts';
import type { Plan } from '../../src/strategy/plan.ts';
import { largestWarmup } from '../../src/strategy/warmup.ts';

/** The kernel's benchmark cases: what each measures is decided by its text, so Node and the browser run the same studies. */
export interface KernelCase {
  readonly name: string;
  readonly text: string;
  readonly returns: 'bar' | 'day';
}

const OWN_LOW = 'level = param(30, 10..39.95 by 0.05)';

export const KERNEL_CASES: readonly KernelCase[] = [
  {
    // 20 × 20 × 25: each condition recurs, their conjunction does not
    name: 'generic',
    text: `level = param(45, 35..54 by 1)
n = param(20, 10..29 by 1)
k = param(0.5, 0..1.2 by 0.05)
enter long when rsi(close, 14) < level and close < sma(close, n) - k * stdev(close, n)
exit long when rsi(close, 14) > 60`,
    returns: 'bar',
  },
  {
    // 17 × 600: no comparison recurs
    name: 'own',
    text: `n = param(14, 5..21 by 1)
${OWN_LOW}
enter long when rsi(close, n) < level
exit long when rsi(close, 14) > 55`,
    returns: 'bar',
  },
  {
    name: 'crossover',
    text: `fast = param(5, 5..104 by 1)
slow = param(105, 105..204 by 1)
f = sma(close, fast)
s = sma(close, slow)
enter long when crossover(f, s)
exit long when crossunder(f, s)`,
    returns: 'bar',
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
  },
];

export const CASE_EXECUTION: Execution = {
  ...NEUTRAL_EXECUTION,
  commission: { ...NEUTRAL_EXECUTION.commission, relative: 0.001 },
  slippage: 0.0002,
};

export function openCase({ text, returns }: KernelCase, bars: Bars): { plan: Plan; scoring: ResolvedScoring } {
  const compiled = compileStrategy(text);
  if (!compiled.ok) throw new Error(compiled.faults[0].message);
  const plan = compiled.value;
  const warmup = largestWarmup(plan, plan.space.axes);
  const scoring = resolveScoring({ start: 'commonWarmup', returns, periodsPerYear: 252 }, bars, warmup);
  if (!scoring.ok) throw new Error(scoring.faults[0].message);
  return { plan, scoring: scoring.value };
}
