import { POWERS_OF_TEN } from '../core/decimal.ts';
import { answerTo, type Answers, type Question } from './answers.ts';
import type { BarColumns } from './columns.ts';
import type { Layout } from './layout.ts';
import { addIssue, type IssueList } from './report.ts';
import type { Series } from './series.ts';

const LEAN = 10_000; // some vendors store prices as whole numbers of a hundredth of a cent

/** Whether prices look like whole numbers of 1/10 000, which a person has to say. */
export function scaleQuestion(
  { header, roles, profiles }: Layout,
  series: readonly Series[],
  answers: Answers,
): { question: Question | null; divisor: number } {
  const told = Number(answerTo(answers, 'price_scale') ?? '0');
  if (told > 0 && Number.isFinite(told)) return { question: null, divisor: told };
  const time = profiles[roles.time];
  const compact = time !== undefined && time.compact === time.times && time.clocked === time.times; // yyyymmdd hh:mm
  if (header !== null || !compact || !series.every(({ columns }) => isWhole(columns))) return { question: null, divisor: 1 };
  const sample = series[0]!.columns.close[0]!;
  return {
    divisor: LEAN,
    question: {
      key: 'price_scale',
      text: 'All prices are whole numbers from 10 000 up: some vendors store prices times 10 000.',
      readings: [
        { value: String(LEAN), text: `prices times 10 000: the first close is ${sample / LEAN}` },
        { value: '1', text: `prices as they stand: the first close is ${sample}` },
      ],
      preselected: String(LEAN),
      line: 0,
    },
  };
}

function isWhole({ count, open, high, low, close }: BarColumns): boolean {
  for (let i = 0; i < count; i++) {
    if (!(low[i]! >= LEAN) || open[i]! % 1 !== 0 || high[i]! % 1 !== 0 || low[i]! % 1 !== 0 || close[i]! % 1 !== 0)
      return false;
  }
  return count > 0;
}

function withPrices(series: Series, change: (price: number, bar: number) => number): Series {
  const { columns } = series;
  const changed = { ...columns };
  for (const key of ['open', 'high', 'low', 'close'] as const) changed[key] = columns[key].map(change);
  return { ...series, columns: changed };
}

export function scaleSeries(series: Series, divisor: number): Series {
  return withPrices(series, (price) => price / divisor);
}

/** Scales each whole bar to its adjusted close, where a person has chosen that. */
export function applyAdjusted(series: Series, answers: Answers, warnings: IssueList): Series {
  const { adjusted, columns, lines } = series;
  if (answerTo(answers, 'adjusted') !== 'adjusted' || adjusted === null) return series;
  const factor = new Float64Array(columns.count);
  for (let i = 0; i < columns.count; i++) {
    const own = adjusted[i]! / columns.close[i]!;
    factor[i] = own > 0 && Number.isFinite(own) ? own : 1;
    if (factor[i] !== own)
      addIssue(warnings, 'not_adjusted', lines[i]!, 'There is no adjusted close; the bar was kept as given.');
  }
  return withPrices(series, (price, bar) => price * factor[bar]!);
}

/** Widens bars whose open or close lies outside, where a person has chosen that. */
export function applyOhlcRepair(series: Series, answers: Answers, repaired: IssueList): Series {
  if (answerTo(answers, 'repair_ohlc') !== 'widen') return series;
  const { columns, lines } = series;
  const high = columns.high.slice();
  const low = columns.low.slice();
  for (let i = 0; i < columns.count; i++) {
    const prices = [columns.open[i]!, columns.high[i]!, columns.low[i]!, columns.close[i]!];
    high[i] = Math.max(...prices);
    low[i] = Math.min(...prices);
    if (high[i] !== columns.high[i] || low[i] !== columns.low[i])
      addIssue(
        repaired,
        'ohlc_widened',
        lines[i]!,
        `High and low were widened to ${high[i]} and ${low[i]}, so that open and close lie between.`,
      );
  }
  return { ...series, columns: { ...columns, high, low } };
}

/** Answers that round prices. */
export const DECIMALS = ['0', '1', '2', '3', '4', '5', '6', '7', '8'] as const;

/** Rounds prices to the decimals that a person chose: for files whose prices went through numbers of 32 bits. */
export function applyDecimals(series: Series, answers: Answers, repaired: IssueList): Series {
  const told = DECIMALS.find((one) => one === answerTo(answers, 'decimals'));
  if (told === undefined) return series;
  const units = POWERS_OF_TEN[Number(told)]!;
  let changed = 0;
  const rounded = withPrices(series, (price) => {
    const near = Math.round(price * units) / units;
    if (near === price || !Number.isFinite(near)) return price;
    changed++;
    return near;
  });
  if (changed > 0) addIssue(repaired, 'rounded', 0, `${changed} prices were rounded to ${told} decimals.`);
  return rounded;
}
