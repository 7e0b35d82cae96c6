import { metricIndex } from '../metrics/columns.ts';
import type { Course } from './course.ts';
import type { Tape } from './tape.ts';

const AVERAGE_DRAWDOWN = metricIndex('avgDrawdown');
const LONGEST_DRAWDOWN = metricIndex('maxDrawdownBars');
const DRAWDOWN_BARS = metricIndex('avgDrawdownBars');
const ULCER = metricIndex('ulcerIndex');
const TAIL_RATIO = metricIndex('tailRatio');
const VALUE_AT_RISK = metricIndex('var95');
const SHORTFALL = metricIndex('cvar95');
const OMEGA = metricIndex('omega');
const TURNOVER = metricIndex('turnover');
const ALPHA = metricIndex('alpha');
const BETA = metricIndex('beta');

const TAIL = 0.05;
const NOISE = 1e-12;

/** Sampled returns of the close about their mean: what a trial's returns are compared with. The same for every trial. */
export interface Benchmark {
  readonly deviations: Float64Array; // b − mean(b), per sample
  readonly mean: number;
  readonly squares: number; // Σ (b − mean(b))²; 0 where their deviation is noise
}

export function createBenchmark(course: Course): Benchmark {
  const { close, startBar, samples } = course;
  const deviations = new Float64Array(samples);
  sampleInto(course, close.subarray(startBar), close[startBar]!, deviations);
  let mean = 0;
  for (const b of deviations) mean += b / samples;
  let squares = 0;
  for (let k = 0; k < samples; k++) {
    const deviation = deviations[k]! - mean;
    deviations[k] = deviation;
    squares += deviation * deviation;
  }
  if (!(Math.sqrt(squares / (samples - 1)) >= NOISE)) squares = 0;
  return { deviations, mean, squares };
}

/**
 * Writes the metrics of metrics/table-curve.
 * @param returns scratch of one double per sample; it is sorted
 */
export function finishCurve(course: Course, tape: Tape, benchmark: Benchmark, returns: Float64Array, out: Float64Array): void {
  falls(course.execution.capital, tape.equity, out);
  sampleInto(course, tape.equity, course.execution.capital, returns);
  let mean = 0;
  let gains = 0;
  let losses = 0;
  let products = 0;
  const { deviations, squares } = benchmark;
  const { length } = returns;
  for (let k = 0; k < length; k++) {
    const r = returns[k]!;
    mean += r;
    if (r > 0) gains += r;
    else losses -= r;
    products += r * deviations[k]!;
  }
  mean /= length;
  const beta = squares > 0 ? products / squares : NaN;
  out[BETA] = beta;
  out[ALPHA] = (mean - beta * benchmark.mean) * course.periodsPerYear;
  out[OMEGA] = (gains < NOISE ? 0 : gains) / (losses < NOISE ? 0 : losses);
  out[TURNOVER] = turnover(course, tape);
  tails(returns, out);
}

/**
 * Returns at the sampled closes.
 * @param values one per scored bar
 * @param start value before the first of them
 */
function sampleInto({ nextSample, startBar }: Course, values: Float64Array, start: number, out: Float64Array): void {
  let last = start;
  for (let k = 0, i = 0; k < out.length; k++, i++) {
    if (nextSample !== null) i = nextSample[startBar + i]! - startBar;
    const value = values[i]!;
    out[k] = last > 0 ? value / last - 1 : 0; // nothing moves after ruin
    last = value;
  }
}

/** Drawdowns, from the last bar at a peak to the first at which that peak is reached again. */
function falls(capital: number, equity: Float64Array, out: Float64Array): void {
  const { length } = equity;
  let peak = capital;
  let floor = peak * (1 - NOISE);
  let from = -1; // last bar at the peak
  let deepest = 0; // of the fall under way
  let count = 0;
  let depths = 0;
  let bars = 0;
  let longest = 0;
  let squares = 0;
  for (let i = 0; i <= length; i++) {
    const value = i < length ? equity[i]! : Infinity; // the end closes a fall as the peak does
    if (value < floor) {
      const drop = value / peak - 1;
      squares += drop * drop;
      if (drop < deepest) deepest = drop;
      continue;
    }
    if (deepest < 0) {
      const to = i < length ? i : length - 1;
      count++;
      depths += deepest;
      bars += to - from;
      if (to - from > longest) longest = to - from;
      deepest = 0;
    }
    from = i;
    if (value > peak) {
      peak = value;
      floor = peak * (1 - NOISE);
    }
  }
  out[AVERAGE_DRAWDOWN] = depths / count;
  out[LONGEST_DRAWDOWN] = longest;
  out[DRAWDOWN_BARS] = bars / count;
  out[ULCER] = Math.sqrt(squares / length);
}

function turnover({ years }: Course, { equity, trades, entryValue, exitValue }: Tape): number {
  if (!(years > 0)) return NaN;
  let traded = 0;
  for (let k = 0; k < trades; k++) traded += entryValue[k]! + exitValue[k]!;
  let sum = 0;
  for (let i = 0; i < equity.length; i++) sum += equity[i]!;
  return traded / (sum / equity.length) / years;
}

/** Quantiles of the returns, which are sorted for it. */
function tails(returns: Float64Array, out: Float64Array): void {
  returns.sort();
  const low = quantile(returns, TAIL);
  out[VALUE_AT_RISK] = low;
  out[TAIL_RATIO] = Math.abs(low) < NOISE ? NaN : Math.abs(quantile(returns, 1 - TAIL)) / Math.abs(low);
  const worst = Math.floor(TAIL * (returns.length - 1)) + 1;
  let sum = 0;
  for (let k = 0; k < worst; k++) sum += returns[k]!;
  out[SHORTFALL] = sum / worst;
}

function quantile(ascending: Float64Array, q: number): number {
  const at = q * (ascending.length - 1);
  const below = Math.floor(at);
  const low = ascending[below]!;
  return low + (at - below) * (ascending[Math.min(below + 1, ascending.length - 1)]! - low);
}
