import { takenColumns, takenLines, takenObjects, type TakenColumn } from '../../results/take-away.ts';
import type { Study } from '../../study/study.svelte.ts';
import { saveBlob } from '../save.ts';
import { fileName } from './caption.ts';

export const ROW_FORMATS = ['csv', 'json', 'parquet'] as const;
export type RowFormat = (typeof ROW_FORMATS)[number];

const LINES = 4096; // between two breaths of the page

/** Rows in the table's order: all of them, or those that are brushed and filtered. */
function rowsOf({ view }: Study, selection: boolean): ArrayLike<number> {
  if (selection && view.order !== null) return view.order;
  return Uint32Array.from({ length: view.count }, (_, row) => row);
}

/** Saves rows with all their digits. @returns what to tell the person */
export async function saveRows(study: Study, format: RowFormat, selection: boolean): Promise<string> {
  const { rows, axes } = study.view;
  if (rows === null) return 'There are no results yet.';
  const columns = takenColumns(rows, axes);
  const picked = rowsOf(study, selection);
  const name = fileName(study, selection ? 'selection' : 'trials', format);
  if (format === 'parquet') saveBlob(name, await parquet(columns, picked));
  else if (format === 'csv') saveBlob(name, await gathered(takenLines(columns, picked, ','), 'text/csv', '', '\n', '\n'));
  else saveBlob(name, await gathered(jsonLines(columns, picked), 'application/json', '[\n', ',\n', '\n]\n'));
  return `${name} saved.`;
}

/** Puts the rows on the clipboard as a spreadsheet takes them. */
export async function copyRows(study: Study, selection: boolean): Promise<string> {
  const { rows, axes } = study.view;
  if (rows === null) return 'There are no results yet.';
  const picked = rowsOf(study, selection);
  const text = [...takenLines(takenColumns(rows, axes), picked, '\t')].join('\n');
  try {
    await navigator.clipboard.writeText(text);
    return `${picked.length} rows copied.`;
  } catch {
    return 'The browser refused the clipboard. Save the rows as CSV.';
  }
}

function* jsonLines(columns: readonly TakenColumn[], rows: ArrayLike<number>): Generator<string> {
  for (const row of takenObjects(columns, rows)) yield JSON.stringify(row);
}

async function gathered(lines: Generator<string>, type: string, head: string, between: string, tail: string): Promise<Blob> {
  const parts: string[] = [head];
  let piece: string[] = [];
  let first = true;
  const flush = (): void => {
    if (piece.length === 0) return;
    parts.push((first ? '' : between) + piece.join(between));
    first = false;
    piece = [];
  };
  for (const line of lines) {
    piece.push(line);
    if (piece.length < LINES) continue;
    flush();
    await new Promise((resolve) => setTimeout(resolve));
  }
  flush();
  parts.push(tail);
  return new Blob(parts, { type });
}

async function parquet(columns: readonly TakenColumn[], rows: ArrayLike<number>): Promise<Blob> {
  const { parquetWriteBuffer } = await import('hyparquet-writer');
  const picked = Array.from(rows);
  const buffer = parquetWriteBuffer({
    columnData: columns.map(({ name, type, value }) => ({ name, type, nullable: true, data: picked.map((row) => value(row)) })),
  });
  return new Blob([buffer], { type: 'application/vnd.apache.parquet' });
}
