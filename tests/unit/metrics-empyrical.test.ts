import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { quantileOf } from '../../src/kernel/plain-numbers.ts';
import { plainMetrics } from '../../src/kernel/plain-metrics.ts';
import { YEAR_MS } from '../../src/metrics/resolve.ts';

/**
 * Expected values of empyrical's own tests. Where its function takes a risk-free rate or a required return, it is subtracted from the
 * returns: that is its definition. Cases that have another value here are named in `DIFFERENT` with the reason, none is left out.
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

/** What has no value, or another one, here: metric, returns, and why. */
const DIFFERENT: readonly (readonly [metric: string, returns: string, why: string, here: number | null])[] = [
  ['max_drawdown', 'empty_returns', 'a study always scores a bar', null],
  ['sharpe_ratio', 'empty_returns', 'a study always scores a bar', null],
  ['sharpe_ratio', 'flat_line_1', 'a deviation of 0 leaves it undefined, not infinite', NaN],
  ['sortino_ratio', 'positive_returns', 'no negative return leaves it undefined, not infinite', NaN],
  ['cagr', 'one_return', 'years are calendar time: one bar spans none', NaN],
  ['stability_of_timeseries', 'mixed_returns', 'not a metric here', null],
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
  const m = metricsOf(kept, period);
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

  test('are 52, and those with another value here are named', () => {
    expect(vectors.expected).toHaveLength(52);
    for (const [metric, returns] of DIFFERENT)
      expect(vectors.expected.some((one) => one.metric === metric && one.returns === returns)).toBe(true);
  });

  test.each(vectors.expected.map((one) => [one.metric, JSON.stringify(one.returns), JSON.stringify(one.args), one] as const))(
    '%s of %s with %s',
    (_metric, _returns, _args, one) => {
      const different = DIFFERENT.find(([metric, returns]) => metric === one.metric && returns === one.returns);
      if (different !== undefined) {
        const here = different[3];
        if (here !== null) expect(ours(vectors, one)).toEqual(here);
        return;
      }
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
