import { METRICS } from '../../metrics/columns.ts';
import type { StudyData } from '../../document/document.ts';
import type { Study } from '../../study/study.svelte.ts';
import { formatCount, formatDate } from '../format.ts';
import { costsInWords, spacingAdjective } from '../words.ts';

/** What a picture says of itself, so that it can be understood without the page. */
export interface Caption {
  readonly title: string;
  readonly lines: readonly string[];
}

export function captionOf(study: Study, what: string): Caption {
  const { subject } = study.run;
  const metric = METRICS[study.view.rows?.metrics[study.view.column] ?? -1];
  const sentence = document.querySelector('h1')?.textContent.replace(/\s+/g, ' ').trim() ?? '';
  if (subject === null) return { title: what, lines: [sentence] };
  const { bars, market, scoring, document: of } = subject;
  const from = formatDate(bars.time[scoring.startBar] ?? 0, bars.barMs);
  const to = formatDate(bars.time[bars.count - 1] ?? 0, bars.barMs);
  const data = `${market.symbol}, ${spacingAdjective(bars.barMs)} bars, scored from ${from} to ${to}${seedOf(of.data)}`;
  return {
    title: sentence,
    lines: [
      `${what}. ${study.nameOf(of)}, ${formatCount(study.run.condensed === null ? study.view.count : study.run.asked)} trials, ${metric?.name ?? ''}. ${data}.`,
      `${costsInWords(subject.execution)}. Made with Barsweep${study.run.digest === null ? '' : `, results ${study.run.digest.slice(0, 8)}`}.`,
    ],
  };
}

function seedOf(data: StudyData): string {
  if ('sample' in data) return ', synthetic sample';
  return 'generate' in data ? `, synthetic, seed ${data.generate.seed}` : '';
}

export function fileName(study: Study, what: string, ending: string): string {
  const symbol = study.run.subject?.market.symbol ?? 'study';
  return `barsweep-${symbol}-${what}`.toLowerCase().replace(/[^\w-]+/g, '-') + `.${ending}`;
}
