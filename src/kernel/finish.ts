import { powerInPlace } from '../core/maths.ts';
import { evaluateScalar, type ScalarExpr } from '../language/scalar.ts';
import { metricIndex, METRICS, OBJECTIVE_COLUMN } from '../metrics/columns.ts';
import type { Course } from './course.ts';
import {
  AMBIGUOUS as AMBIGUOUS_BARS,
  BEST,
  CASH,
  DOWN,
  GAIN,
  HELD,
  LOSS,
  MOVED,
  PNL,
  RETURN_SHIFT,
  RETURN_SQUARES,
  RETURNS,
  SHIFT,
  SQUARES,
  SUM,
  TRADES,
  WINS,
  WORST,
  WORST_TRADE,
  type Ledger,
} from './ledger.ts';

const FINAL_EQUITY = metricIndex('finalEquity');
const TOTAL_RETURN = metricIndex('totalReturn');
const CAGR = metricIndex('cagr');
const VOLATILITY = metricIndex('volatility');
const SHARPE = metricIndex('sharpe');
const SORTINO = metricIndex('sortino');
const CALMAR = metricIndex('calmar');
const MAX_DRAWDOWN = metricIndex('maxDrawdown');
const TRADE_COUNT = metricIndex('trades');
const WIN_RATE = metricIndex('winRate');
const PROFIT_FACTOR = metricIndex('profitFactor');
const EXPECTANCY = metricIndex('expectancy');
const AVERAGE = metricIndex('avgTrade');
const BEST_RETURN = metricIndex('bestTrade');
const WORST_RETURN = metricIndex('worstTrade');
const SQN = metricIndex('sqn');
const EXPOSURE = metricIndex('exposure');
const AMBIGUOUS = metricIndex('ambiguousBars');
const RECOVERY = metricIndex('recoveryFactor');
const BUY_HOLD = metricIndex('buyHold');

/** Base and exponent. */
const POWER = new Float64Array(2);

/** A deviation of returns or a drawdown below it is rounding noise and counts as 0. */
const NOISE = 1e-12;
/** Where the variance is a smaller part of the mean square, too many digits cancel in Σr² − (Σr)² ÷ N. */
const CANCELS = 1e-6;

/**
 * Whether the sums must be taken again around the means: then the shifts are set. Sums around 0 are exact enough while returns
 * vary more than about a thousandth of their mean, as all but a few trials' do.
 */
export function needsShift(course: Course, ledger: Ledger): boolean {
  const trades = ledger[TRADES]!;
  const bars = cancels(ledger, SUM, SQUARES, course.samples);
  const returns = cancels(ledger, RETURNS, RETURN_SQUARES, trades);
  if (bars) ledger[SHIFT] = ledger[SUM]! / course.samples;
  if (returns) ledger[RETURN_SHIFT] = ledger[RETURNS]! / trades;
  return bars || returns;
}

function cancels(ledger: Ledger, sumAt: number, squaresAt: number, count: number): boolean {
  const sum = ledger[sumAt]!;
  const squares = ledger[squaresAt]!;
  return count > 1 && squares > 0 && squares - (sum * sum) / count < CANCELS * squares;
}

/**
 * Writes the metrics that come from a trial's sums; formulas as in metrics/columns.
 * @param growth whether CAGR and Calmar are wanted, whose power takes longer than most others
 */
export function finishRow(course: Course, ledger: Ledger, growth: boolean, out: Float64Array): void {
  const { samples, years, periodsPerYear, execution } = course;
  const ratio = ledger[CASH]! / execution.capital;
  let cagr = NaN;
  if (growth && years > 0) {
    POWER[0] = ratio;
    POWER[1] = 1 / years;
    if (ratio > 0 && ratio < Infinity) powerInPlace(POWER);
    cagr = POWER[0] - 1;
  }
  const drawdown = ledger[WORST]! > 1 - NOISE ? 0 : ledger[WORST]! - 1;

  const shift = ledger[SHIFT]!;
  const still = samples - ledger[MOVED]!; // samples with r = 0, each −shift from the shift
  const sum = ledger[SUM]! - still * shift;
  const squares = ledger[SQUARES]! + still * shift * shift;
  const mean = shift + sum / samples;
  const scale = Math.sqrt(periodsPerYear);
  // The two deviations are worked out in place: a double that crosses a call is put on the heap.
  const spread = Math.sqrt(Math.max(0, squares - (sum * sum) / samples) / (samples - 1));
  const deviation = samples < 2 ? NaN : spread < NOISE ? 0 : spread;
  const downside = Math.sqrt(ledger[DOWN]! / samples);
  out[FINAL_EQUITY] = ledger[CASH]!;
  out[TOTAL_RETURN] = ratio - 1;
  out[CAGR] = cagr;
  out[VOLATILITY] = deviation * scale;
  out[SHARPE] = deviation > 0 ? (mean / deviation) * scale : NaN;
  out[SORTINO] = downside >= NOISE ? (mean / downside) * scale : NaN;
  out[CALMAR] = drawdown < 0 ? cagr / -drawdown : NaN;
  out[MAX_DRAWDOWN] = drawdown;

  const trades = ledger[TRADES]!;
  const average = ledger[RETURN_SHIFT]! + ledger[RETURNS]! / trades;
  const returns = ledger[RETURNS]!;
  const tradeSpread = Math.sqrt(Math.max(0, ledger[RETURN_SQUARES]! - (returns * returns) / trades) / (trades - 1));
  const tradeDeviation = trades < 2 ? NaN : tradeSpread < NOISE ? 0 : tradeSpread;
  out[TRADE_COUNT] = trades;
  out[WIN_RATE] = ledger[WINS]! / trades;
  out[PROFIT_FACTOR] = ledger[GAIN]! / ledger[LOSS]!;
  out[EXPECTANCY] = ledger[PNL]! / trades;
  out[AVERAGE] = average;
  out[BEST_RETURN] = trades > 0 ? ledger[BEST]! : NaN;
  out[WORST_RETURN] = trades > 0 ? ledger[WORST_TRADE]! : NaN;
  out[SQN] = tradeDeviation > 0 ? (Math.sqrt(trades) * average) / tradeDeviation : NaN;
  out[EXPOSURE] = ledger[HELD]! / (course.count - course.startBar);
  out[AMBIGUOUS] = ledger[AMBIGUOUS_BARS]!;
  out[RECOVERY] = drawdown < 0 ? (ratio - 1) / -drawdown : NaN;
  out[BUY_HOLD] = course.buyHold;
}

/**
 * Ends a row: the objective, and one kind of NaN.
 * @param objective over metric columns; null where the study ranks by a metric
 * @param columns that are wanted
 */
export function tidyRow(objective: ScalarExpr | null, columns: Int32Array, out: Float64Array): void {
  out[OBJECTIVE_COLUMN] = objective === null ? NaN : evaluateScalar(objective, out);
  // 0 ÷ 0 gives a NaN whose sign depends on the machine and the compiler; rows are compared by their bytes
  for (let k = 0; k < columns.length; k++) {
    const column = columns[k]!;
    if (Number.isNaN(out[column])) out[column] = NaN;
  }
}

/** Every metric of a trial that could not trade. */
export function blankRow(out: Float64Array): void {
  out.fill(NaN, 0, METRICS.length);
}
