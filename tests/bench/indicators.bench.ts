import { generateBars } from '../../src/bars/generate.ts';
import { createBars } from '../../src/bars/buffer.ts';
import { INDICATORS } from '../../src/indicators/catalogue.ts';
import { computationOf } from '../../src/indicators/computations.ts';
import { isExact, type Indicator } from '../../src/indicators/indicator.ts';
import { sourceDecimals, sourceSeries } from '../../src/kernel/sources.ts';

/** ns per bar of every indicator of the catalogue, with the parameters of a usual call, on prices in whole ticks. */

const BARS = 200_000;
const ROUNDS = 7;

const bars = createBars(generateBars({ kind: 'equity', seed: 7, bars: BARS }), (bytes) => new ArrayBuffer(bytes));
const out = new Float64Array(bars.count);
const flags = Float64Array.from(bars.close, (close, bar) => Number(close > bars.open[bar]!));

function best({ name, inputs, params }: Indicator): number {
  const columns = inputs.map(({ column }) => column ?? 'close');
  const series = inputs.map(({ kind }, k) => (kind === 'condition' ? flags : sourceSeries(bars, columns[k]!)));
  const exact = inputs.flatMap((input, k) => (isExact(input) ? [sourceDecimals(bars, columns[k]!)] : []));
  const context = { decimals: Math.min(16, ...exact) };
  const numbers = params.map(({ kind, value, least }) => value ?? (kind === 'period' ? 20 : least));
  const compute = computationOf(name);
  let fastest = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    compute(series, numbers, out, context);
    fastest = Math.min(fastest, performance.now() - from);
  }
  return (fastest * 1e6) / bars.count;
}

console.log(`indicators, ${bars.count} bars in ticks of 10^-${bars.decimals}, ns per bar, best of ${ROUNDS}`);
for (const indicator of INDICATORS) console.log(`${indicator.name.padEnd(14)} ${best(indicator).toFixed(1).padStart(7)}`);
