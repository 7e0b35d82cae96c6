import { METRICS, type Metric } from '../../metrics/columns.ts';
import { isLonely } from '../../results/leaders.ts';
import { axisLabel } from '../../space/axis.ts';
import { extendAndRun, extension } from '../../study/range-edits.ts';
import type { Study } from '../../study/study.svelte.ts';
import type { JudgedSurvey } from '../../study/look.ts';
import { formatCountOf, formatMetric, formatNumber } from '../format.ts';
import { FEW_TRADES, tradesOf } from './few-trades.ts';

/** Something about the leaders that a person should know before believing them. */
export interface Flag {
  readonly kind: 'warn' | 'note';
  readonly text: string;
  readonly action?: { readonly label: string; readonly act: () => void };
}

export function flagsOf(study: Study, survey: JudgedSurvey): Flag[] {
  const metric = METRICS[study.view.rows?.metrics[study.view.column] ?? -1];
  if (metric === undefined) return [];
  return [...fewFlags(study, survey), ...lonelyFlags(survey, metric), ...edgeFlags(study, survey), ...flatFlags(study, metric)];
}

function fewFlags({ view }: Study, { leaders }: JudgedSurvey): Flag[] {
  const few = ([name, row]: readonly [string, number]): string[] => {
    const trades = tradesOf(view.rows, row);
    return trades < FEW_TRADES ? [`the ${name} rests on ${formatCountOf(trades, 'trade')}`] : [];
  };
  const found = [...few(['most robust', leaders.robust]), ...few(['best', leaders.best])];
  if (found.length === 0) return [];
  return [{ kind: 'warn', text: `Few trades: ${found.join(', ')}. That is too little to tell skill from luck.` }];
}

function lonelyFlags(survey: JudgedSurvey, { key }: Metric): Flag[] {
  const { peak } = survey;
  if (peak === null || !isLonely(survey)) return [];
  const far = Number.isFinite(peak.height)
    ? `${formatNumber(peak.height, peak.height < 10 ? 1 : 0)} times their spread`
    : 'far';
  return [
    {
      kind: 'warn',
      text: `Lonely peak: the best lies ${far} above its neighbours’ median, ${formatMetric(key, peak.median)}.`,
    },
  ];
}

function edgeFlags(study: Study, survey: JudgedSurvey): Flag[] {
  return survey.edges.map(({ axis, end }) => {
    const of = study.view.axes[axis]!;
    const value = axisLabel(of, end === 'low' ? 0 : of.size - 1);
    const wider = study.run.state === 'running' ? null : extension(study, axis, end);
    const flag: Flag = { kind: 'warn', text: `The best is at the edge of the range: ${of.name} ${value}.` };
    if (wider === null) return flag;
    return { ...flag, action: { label: 'Extend the range', act: () => extendAndRun(study, axis, end) } };
  });
}

function flatFlags({ view, analysis }: Study, { name }: Metric): Flag[] {
  const { importance } = analysis;
  if (!view.finished || importance === null || importance.variance === 0) return [];
  const flat = view.axes.filter((axis, a) => axis.size > 1 && explained(importance, a) < FLAT);
  return flat.map((axis) => ({ kind: 'note', text: `Flat axis: ${axis.name} hardly changes ${name}.` }));
}

/** Below this share of the variance, interactions included, an axis is flat. */
const FLAT = 0.01;

function explained({ first, total, pairs }: NonNullable<Study['analysis']['importance']>, axis: number): number {
  const exact = total[axis]!;
  if (!Number.isNaN(exact)) return exact;
  return pairs.reduce((sum, { a, b, share }) => (a === axis || b === axis ? sum + share : sum), first[axis]!);
}
