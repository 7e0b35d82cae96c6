import { rowCsvChunks } from '../../results/csv.ts';
import type { Study } from '../../study/study.svelte.ts';
import { saveText } from '../save.ts';

/** Every trial of the last run as one CSV file, with full precision. */
export function downloadResults(study: Study): void {
  const { rows, axes, count } = study.view;
  const symbol = study.run.subject?.market.symbol ?? 'study';
  if (rows === null) return;
  const text = [...rowCsvChunks(rows, axes, count)].join('');
  saveText(`barsweep-${symbol.replace(/[^\w-]+/g, '-')}.csv`, 'text/csv', text);
}
