import { deviationOf, meanOf, quantileOf, square, sumOf } from './plain-numbers.ts';

/** Below it a return, or a distance from the peak, is rounding. */
const NOISE = 1e-12;

/** Bars [from, to] of a fall from a peak, and how deep it went; `from` is −1 where the peak is the capital. */
export interface Fall {
  readonly from: number;
  readonly to: number;
  readonly depth: number; // smallest equity ÷ peak − 1
}

/** Every drawdown of a curve, in order: from the last bar at the peak to the first at which the peak is reached again, or the end. */
export function fallsOf(capital: number, equity: ArrayLike<number>): Fall[] {
  const falls: Fall[] = [];
  let peak = capital;
  let from = -1;
  let depth = 0;
  for (let bar = 0; bar < equity.length; bar++) {
    const value = equity[bar]!;
    if (value < peak * (1 - NOISE)) {
      depth = Math.min(depth, value / peak - 1);
      continue;
    }
    if (depth < 0) falls.push({ from, to: bar, depth });
    depth = 0;
    from = bar;
    peak = Math.max(peak, value);
  }
  if (depth < 0) falls.push({ from, to: equity.length - 1, depth });
  return falls;
}

export interface PlainCurve {
  readonly capital: number;
  readonly equity: Float64Array; // at the close of each scored bar
  readonly drawdown: Float64Array;
  readonly returns: readonly number[]; // sampled
  readonly benchmark: readonly number[]; // sampled returns of the close
  readonly periodsPerYear: number;
}

/** The metrics of the equity curve, apart from the turnover. Formulas: metrics/table-curve. */
export function plainCurveMetrics({ capital, equity, drawdown, returns, benchmark, periodsPerYear }: PlainCurve) {
  const falls = fallsOf(capital, equity);
  const lengths = falls.map(({ from, to }) => to - from);
  const ascending = Float64Array.from(returns).sort();
  const low = quantileOf(ascending, 0.05);
  const worst = Array.from(ascending.subarray(0, Math.floor(0.05 * (returns.length - 1)) + 1));
  const gains = sumOf(returns.map((r) => Math.max(r, 0)));
  const losses = sumOf(returns.map((r) => Math.max(-r, 0)));
  const beta = betaOf(returns, benchmark);
  return {
    avgDrawdown: meanOf(falls.map(({ depth }) => depth)),
    maxDrawdownBars: lengths.reduce((most, length) => Math.max(most, length), 0),
    avgDrawdownBars: meanOf(lengths),
    ulcerIndex: Math.sqrt(drawdown.reduce((sum, value) => sum + square(value), 0) / equity.length),
    tailRatio: Math.abs(low) < NOISE ? NaN : Math.abs(quantileOf(ascending, 1 - 0.05)) / Math.abs(low),
    var95: low,
    cvar95: meanOf(worst),
    omega: (gains < NOISE ? 0 : gains) / (losses < NOISE ? 0 : losses),
    beta,
    alpha: (meanOf(returns) - beta * meanOf(benchmark)) * periodsPerYear,
  };
}

function betaOf(returns: readonly number[], benchmark: readonly number[]): number {
  const deviation = deviationOf(benchmark);
  if (!(deviation > 0)) return NaN;
  const [mean, other] = [meanOf(returns), meanOf(benchmark)];
  const covariance = sumOf(returns.map((r, k) => (r - mean) * (benchmark[k]! - other))) / (returns.length - 1);
  return covariance / square(deviation);
}
