import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { computationOf } from '../../src/indicators/computations.ts';
import { meanOf, quantileOf } from '../../src/kernel/plain-numbers.ts';
import { plainMetrics } from '../../src/kernel/plain-metrics.ts';
import { YEAR_MS } from '../../src/metrics/resolve.ts';

/**
 * Expected values of empyrical's own tests. Where its function takes a risk-free rate or a required return, it is subtracted from the
 * returns: that is its definition. Where a study's metric follows another convention, `CONVENTIONS` names it, and the value is reached from ours by theirs: none is left out.
 */
const FOLDER = process.env['BARSWEEP_REFERENCE'] ?? '';
const FILE = join(FOLDER, 'indicators/metrics/empyrical.json');

interface Case {
  readonly metric: string;
  readonly returns: string | readonly number[];
  readonly args: Readonly<Record<string, number | string>>;
  readonly value: number | string | null | readonly (number | null)[];
  readonly decimals: number;
}
interface Vectors {
  readonly returns: Readonly<Record<string, readonly (number | null)[]>>;
  readonly expected: readonly Case[];
}

/** Metrics of a curve with these returns, P samples a year and years of N ÷ P, as empyrical counts them. */
function metricsOf(returns: readonly number[], periodsPerYear: number) {
  let value = 1;
  const equity = Float64Array.from(returns, (r) => (value *= 1 + r));
  let peak = 1;
  const drawdown = equity.map((at) => at / (peak = Math.max(peak, at)) - 1);
  const n = equity.length;
  const spacing = n > 1 ? ((n / periodsPerYear) * YEAR_MS) / (n - 1) : 0;
  return plainMetrics(
    {
      capital: 1,
      equity,
      drawdown,
      position: new Int8Array(n),
      trades: [],
      time: Float64Array.from(equity, (_, k) => k * spacing),
      localDate: Int32Array.from(equity, (_, k) => k),
      close: new Float64Array(n).fill(1),
      returnAt: () => 0,
      proposedBreakEven: NaN,
    },
    { startBar: 0, returns: 'bar', periodsPerYear },
    null,
  );
}

type Metrics = ReturnType<typeof metricsOf>;

interface Convention {
  readonly metric: string;
  readonly returns: string;
  readonly why: string;
  readonly here: number | null; // the metric's value; null where there is none of that name
  /** The expected value, from ours by the other convention. */
  readonly there: (m: Metrics, returns: readonly number[], periodsPerYear: number) => number;
}

/** Where the metric of a study follows another convention than empyrical, with what it would be by that one. */
const CONVENTIONS: readonly Convention[] = [
  {
    metric: 'sharpe_ratio',
    returns: 'flat_line_1',
    why: 'a deviation of 0 leaves it undefined, not infinite: an infinite ratio would win every ranking',
    here: NaN,
    there: (m, returns) => meanOf(returns) / m.volatility,
  },
  {
    metric: 'sortino_ratio',
    returns: 'positive_returns',
    why: 'no negative return leaves it undefined, not infinite: one trade that wins would win every ranking',
    here: NaN,
    there: (m, returns) => meanOf(returns) / Math.abs(m.maxDrawdown), // 0, as nothing falls
  },
  {
    metric: 'cagr',
    returns: 'one_return',
    why: 'years are calendar time, and one bar spans none; there they are a count of samples',
    here: NaN,
    there: (m, returns, periodsPerYear) => (1 + m.totalReturn) ** (periodsPerYear / returns.length) - 1,
  },
  {
    metric: 'stability_of_timeseries',
    returns: 'mixed_returns',
    why: 'not a metric of a study; it is the r² of the growth’s logarithm, which the indicator rsquared gives',
    here: null,
    there: (_, returns) => {
      let value = 1;
      const logs = Float64Array.from(returns, (r) => Math.log((value *= 1 + r)));
      const out = new Float64Array(logs.length);
      computationOf('rsquared')([logs], [logs.length], out, { decimals: -1 });
      return out.at(-1)!;
    },
  },
];

function ours(vectors: Vectors, { metric, returns, args }: Case): number | readonly number[] {
  const named = typeof returns === 'string' ? vectors.returns[returns]! : returns;
  if (metric === 'value_at_risk') return quantileOf([...named].map(Number), Number(args['cutoff']));
  if (metric.startsWith('cum_returns')) {
    let value = 1;
    const curve = named.map((r) => (value *= 1 + (r ?? 0)) - 1);
    return metric === 'cum_returns' ? curve : curve.at(-1)!;
  }
  const period = Number(args['period'] ?? 252);
  const less = args['risk_free'] ?? args['factor_returns'] ?? 0;
  const required = args['required_return'] ?? 0;
  const perSample = metric === 'omega_ratio' ? (1 + Number(required)) ** (1 / period) - 1 : required;
  const subtract = (k: number): number => amountAt(vectors, less, k) + amountAt(vectors, perSample, k);
  // a sample without a return counts as one of 0 in growth and drawdown, and not at all in means and spreads
  const grows = ['max_drawdown', 'annual_return', 'cagr', 'calmar_ratio'].includes(metric);
  const kept = named.flatMap((r, k) => (r === null ? (grows ? [0] : []) : [r - subtract(k)]));
  if (kept.length === 0) return NaN; // a study always scores a bar; without one there is no value
  const m = metricsOf(kept, period);
  const convention = conventionOf({ metric, returns });
  if (convention !== undefined) {
    if (convention.here !== null) expect(metricOf(m, metric, kept, period)).toEqual(convention.here);
    return convention.there(m, kept, period);
  }
  return metricOf(m, metric, kept, period);
}

function conventionOf({ metric, returns }: Pick<Case, 'metric' | 'returns'>): Convention | undefined {
  return CONVENTIONS.find((one) => one.metric === metric && one.returns === returns);
}

function metricOf(m: Metrics, metric: string, kept: readonly number[], period: number): number {
  switch (metric) {
    case 'max_drawdown':
      return m.maxDrawdown;
    case 'annual_return':
    case 'cagr':
      return m.cagr;
    case 'annual_volatility':
      return m.volatility;
    case 'calmar_ratio':
      return m.calmar;
    case 'omega_ratio':
      return m.omega;
    case 'sharpe_ratio':
      return m.sharpe;
    case 'excess_sharpe':
      return m.sharpe / Math.sqrt(period);
    case 'sortino_ratio':
      return m.sortino;
    case 'downside_risk':
      return ((kept.reduce((sum, r) => sum + r, 0) / kept.length) * period) / m.sortino;
    case 'tail_ratio':
      return m.tailRatio;
    default:
      throw new Error(`no metric for ${metric}`);
  }
}

function amountAt(vectors: Vectors, of: number | string, k: number): number {
  return typeof of === 'number' ? of : (vectors.returns[of]![k] ?? 0);
}

describe.skipIf(!existsSync(FILE))('the expected values of empyrical', () => {
  const vectors = existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Vectors) : { returns: {}, expected: [] };

  test('are 52, and those that follow another convention are named', () => {
    expect(vectors.expected).toHaveLength(52);
    for (const { metric, returns, why } of CONVENTIONS) {
      expect(vectors.expected.filter((one) => one.metric === metric && one.returns === returns)).toHaveLength(1);
      console.log(`empyrical's ${metric} of ${returns}, by its convention: ${why}`);
    }
  });

  test.each(vectors.expected.map((one) => [one.metric, JSON.stringify(one.returns), JSON.stringify(one.args), one] as const))(
    '%s of %s with %s',
    (_metric, _returns, _args, one) => {
      const value = ours(vectors, one);
      if (Array.isArray(one.value)) {
        one.value.forEach((expected, k) => expect((value as number[])[k]).toBeCloseTo(Number(expected), one.decimals));
        return;
      }
      const expected = one.value === '= cum_returns_final' ? ours(vectors, { ...one, metric: 'cum_returns_final' }) : one.value;
      if (expected === null) expect(value).toBeNaN();
      else expect(value).toBeCloseTo(Number(expected), one.decimals);
    },
  );
});

test.skipIf(existsSync(FILE))('empyrical’s values: not compared', () => {
  console.log('skipped: 52 expected values of empyrical (BARSWEEP_REFERENCE names no folder with them)');
});
