import { failed, ok, type Fault, type Outcome } from '../core/fault.ts';
import { applyAdjusted, applyDecimals, applyOhlcRepair, scaleQuestion, scaleSeries } from './alter.ts';
import type { Answers, Question } from './answers.ts';
import { orderOfFile } from './arrange.ts';
import { decideDates } from './dates.ts';
import { listDecisions } from './decisions.ts';
import { sessionOf } from './hours.ts';
import { inspectBars } from './inspect.ts';
import type { Intake } from './intake.ts';
import { judgeBars, judgeFile, noteFile, noteZone, tooFewBars } from './judge.ts';
import type { Layout } from './layout.ts';
import { makeReport } from './make-report.ts';
import { barSpacing, priceDecimals } from './measure.ts';
import type { ReadOptions, ReadTable } from './read-options.ts';
import { addIssue, makeIssues, mergeIssues } from './report.ts';
import { makeSeries, type Series } from './series.ts';
import { chooseSymbols, countRows, type Picked } from './symbols.ts';
import { settleZone } from './zone-of.ts';
import { applyZone, zoneQuestion } from './zones.ts';

export interface FinishOptions extends ReadOptions {
  readonly preview: readonly (readonly string[])[];
  readonly markQuestion: Question | null;
}

/** From rows as numbers to bars in order: dates, zone, markets, duplicates, and everything worth saying about them. */
export function finishTable(intake: Intake, layout: Layout, options: FinishOptions): Outcome<ReadTable> {
  const verdict = judgeFile(intake);
  if (verdict !== null) return failed(verdict);
  const { answers, offsetOf } = options;
  const { store } = intake;
  const header = layout.header?.[layout.roles.time] ?? '';
  const dates = decideDates(store, header, answers, intake.dotted > 0, options.dayFirst, intake.refused);
  if (dates.fault !== null) return failed(dates.fault);
  const fileOrder = orderOfFile(store);
  const settled = settleZone(intake, answers, options.zone, offsetOf);
  if (!settled.ok) return settled;
  const chosen = chooseSymbols(intake, layout, answers, options.symbol);
  if (!chosen.ok) return chosen;
  const { picked, symbols } = chosen.value;
  const made = makeAll(intake, layout, picked, settled.value, options);
  const altered = alterAll(made.series, intake, layout, answers);
  const first = altered.series[0]!;
  const { barMs, share } = barSpacing(first.columns.time);
  noteFile(intake, layout);
  if (options.brokenQuotes)
    addIssue(intake.warnings, 'unbalanced_quote', 0, 'Quotes open that nothing closes; all quotes were taken out.');
  noteZone(intake, made.zone);
  const doubt = inspectSeries(intake, layout, first, barMs, share);
  if (doubt !== null) return failed(doubt);
  const decimals = priceDecimals(first.columns);
  const session = first.ticks ? null : sessionOf(first.columns, barMs, answers);
  const decisions = listDecisions({
    layout,
    answers,
    dateOrder: dates.order,
    marks: intake.marks,
    zone: made.zone,
    naive: intake.naiveClock > 0,
    symbols,
    symbol: first.symbol,
    scale: altered.scale,
    ticks: first.ticks,
    barMs,
    session,
    decimals,
    broken: intake.warnings.codes.has('ohlc_violation'),
  });
  const asked = [options.markQuestion, dates.question, made.question, chosen.value.question, altered.question];
  const report = makeReport(intake, layout, first, {
    delimiter: options.delimiter,
    format: options.format,
    preview: options.preview,
    barMs,
    decimals,
    session,
    fileOrder,
    rows: countRows(intake.rows, chosen.value),
    timeZone: made.zone,
    symbols,
    questions: asked.filter((question) => question !== null),
    decisions,
  });
  return ok({ columns: first.columns, series: altered.series, report });
}

interface Made {
  readonly series: readonly Series[];
  readonly zone: string;
  readonly question: Question | null;
}

/** Arranges every market; where a wall clock shows an hour twice, by the zone that is asked about. */
function makeAll(intake: Intake, layout: Layout, picked: readonly Picked[], zone: string, options: FinishOptions): Made {
  const repaired = makeIssues();
  const warnings = makeIssues();
  const series = picked.map(({ symbol, rows }) => makeSeries(intake.store, rows, layout, symbol, repaired, warnings));
  const { twice } = series[0]!;
  const question = zone === 'unknown' ? zoneQuestion(twice, options.answers) : null;
  if (question === null) {
    mergeIssues(intake.repaired, repaired);
    mergeIssues(intake.warnings, warnings);
    return { series, zone, question };
  }
  // The reading shown first is used, so that nobody loses a bar while the question is open.
  applyZone(intake.store, question.preselected, options.offsetOf);
  const message = 'A time stands twice; both rows were kept as bars an hour apart.';
  addIssue(intake.warnings, 'duplicate_times', twice[0]!.line, message);
  const again = picked.map(({ symbol, rows }) =>
    makeSeries(intake.store, rows, layout, symbol, intake.repaired, intake.warnings),
  );
  return { series: again, zone: question.preselected, question };
}

interface Altered {
  readonly series: readonly Series[];
  readonly scale: number;
  readonly question: Question | null;
}

/** Changes prices: only as a person chose, or by a scale that is asked about. */
function alterAll(series: readonly Series[], intake: Intake, layout: Layout, answers: Answers): Altered {
  const { divisor, question } = scaleQuestion(layout, series, answers);
  const altered = series
    .map((one) => (divisor === 1 ? one : scaleSeries(one, divisor)))
    .map((one) => applyAdjusted(one, answers, intake.warnings))
    .map((one) => applyOhlcRepair(one, answers, intake.repaired))
    .map((one) => applyDecimals(one, answers, intake.repaired));
  return { series: altered, scale: divisor, question };
}

function inspectSeries(intake: Intake, layout: Layout, series: Series, barMs: number, share: number): Fault | null {
  const { columns, lines, ticks, conflicts } = series;
  const { warnings, store } = intake;
  const few = tooFewBars(columns.count);
  if (few !== null) addIssue(warnings, few.code, 0, `${few.message} ${few.advice}`);
  if (ticks) {
    addIssue(warnings, 'ticks', 0, 'These are single trades or quotes, not bars: bring them into bars of one length.');
    return null;
  }
  const about = { barMs, share, closeOnly: layout.shape === 'line', hasVolume: layout.roles.volume >= 0 };
  const broken = inspectBars(columns, lines, about, warnings);
  return judgeBars(columns.count, store.count, conflicts, broken);
}
