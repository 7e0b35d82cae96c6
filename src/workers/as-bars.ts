import { answerTo, type Answers, type Question } from '../bars/answers.ts';
import type { BarColumns } from '../bars/columns.ts';
import { minuteOf } from '../bars/hours.ts';
import { barSpacing, priceDecimals } from '../bars/measure.ts';
import type { ReadTable } from '../bars/read.ts';
import type { ImportReport } from '../bars/report.ts';
import { barSizeInWords, barSizes, resample, sizeForTicks } from '../bars/resample.ts';
import { ok, type Outcome } from '../core/fault.ts';

export interface SizedBars {
  readonly series: readonly { readonly symbol: string; readonly bars: BarColumns }[];
  readonly report: ImportReport;
}

/** Brings what was read into bars of the size that was asked for; single trades always become bars. */
export function asBars({ series, report }: ReadTable, answers: Answers): Outcome<SizedBars> {
  const told = answerTo(answers, 'resample') ?? 'none';
  const ticks = report.shape === 'ticks';
  if (told === 'none' && !ticks) {
    return ok({ series: series.map(({ symbol, columns }) => ({ symbol, bars: columns })), report });
  }
  const open = told === 'none';
  const size = open ? sizeForTicks(series[0]!.columns) : told;
  const session = sessionStart(report, answers);
  const sized: { symbol: string; bars: BarColumns }[] = [];
  for (const { symbol, columns } of series) {
    const larger = resample(columns, size, session);
    if (!larger.ok) return larger;
    sized.push({ symbol, bars: larger.value });
  }
  const { bars } = sized[0]!;
  return ok({
    series: sized,
    report: {
      ...report,
      bars: bars.count,
      from: bars.time[0] ?? 0,
      to: bars.time[bars.count - 1] ?? 0,
      barMs: barSpacing(bars.time).barMs,
      decimals: priceDecimals(bars),
      questions: open ? [...report.questions, askSize(size)] : report.questions,
    },
  });
}

/** Where larger bars of a day begin: where a person said, or where the market opens. */
export function sessionStart({ session }: ImportReport, answers: Answers): number {
  return minuteOf(answerTo(answers, 'session') ?? '') ?? session?.from ?? 0;
}

function askSize(size: string): Question {
  return {
    key: 'resample',
    text: 'The file holds single trades or quotes, not bars: how long shall the bars be?',
    readings: barSizes(0).map((value) => ({ value, text: barSizeInWords(value) })),
    preselected: size,
    line: 0,
  };
}
