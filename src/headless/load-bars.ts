import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Question } from '../bars/answers.ts';
import type { MakeBuffer } from '../core/buffer.ts';
import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import type { StudyData } from '../document/document.ts';
import type { BarsSource, Imported } from '../workers/import-messages.ts';
import { loadMarket } from '../workers/load-market.ts';
import { errorText } from '../workers/error-text.ts';

export interface LoadedBars {
  readonly imported: Imported;
  readonly notes: readonly string[]; // what a person should know before trusting the results
}

/**
 * The bars of a study.
 *
 * @param file of the command line; stands in for what the document names
 */
export async function loadBars(data: StudyData, file: string | null, make: MakeBuffer): Promise<Outcome<LoadedBars>> {
  const source = await sourceOf(data, file);
  if (!source.ok) return source;
  const symbol = 'file' in data && data.file.symbol !== '' ? { symbol: data.file.symbol } : {};
  const answers = 'file' in data ? (data.file.answers ?? {}) : {};
  const cut = { from: data.from ?? null, to: data.to ?? null };
  const loaded = await loadMarket({ source: source.value, ...cut, ...symbol, answers }, make);
  if (!loaded.ok) return loaded;
  const imported = loaded.value;
  const [question] = imported.report.questions;
  if (question !== undefined) return failed(openQuestion(question));
  const { refused } = imported.report.counts;
  const notes = refused > 0 ? [`${refused} rows of ${imported.market.name} cannot be read and were left out.`] : [];
  const different = difference(data, imported);
  return ok({ imported, notes: different === null ? notes : [different, ...notes] });
}

async function sourceOf(data: StudyData, file: string | null): Promise<Outcome<BarsSource>> {
  if (file !== null) return openFile(file);
  if ('sample' in data) return ok({ kind: 'sample', sample: data.sample });
  if ('generate' in data) return ok({ kind: 'generate', spec: data.generate });
  return failed(needsFile(data.file.name));
}

async function openFile(name: string): Promise<Outcome<BarsSource>> {
  try {
    return ok({ kind: 'file', file: new Blob([await readFile(name)]), name: basename(name) });
  } catch (error) {
    return failed(
      fault('bars_unreadable', `The bars ${name} cannot be read: ${errorText(error)}.`, 'Name a file of price bars.'),
    );
  }
}

function needsFile(name: string): Fault {
  return fault(
    'bars_missing',
    `The study is about the file ${name}, which does not travel with it.`,
    'Name the file with --bars FILE.',
  );
}

/** A file that can be read in several ways is no basis of a study. */
function openQuestion({ key, text, readings }: Question): Fault {
  const values = readings.slice(0, 12).map(({ value }) => value);
  const advice = `Answer it in the study: "data": {"file": {"answers": {"${key}": "${values[0] ?? ''}"}}}; it may be ${values.join(', ')}.`;
  return fault('bars_undecided', text, advice);
}

/** Says so where the bars are not the ones that the document was made with. */
function difference(data: StudyData, { hash, market, report }: Imported): string | null {
  const wanted = 'file' in data ? data.file.hash : data.hash;
  if (wanted === undefined || wanted === hash) return null;
  const own = `${market.name} (${market.symbol}, ${report.bars} bars, ${day(report.from)} to ${day(report.to)}, hash ${hash.slice(0, 8)})`;
  if (!('file' in data)) return `The bars differ from those of the study: ${own} instead of hash ${wanted.slice(0, 8)}.`;
  const { name, symbol, bars, from, to } = data.file;
  return `The bars differ from those of the study: ${own} instead of ${name} (${symbol}, ${bars} bars, ${from} to ${to}, hash ${wanted.slice(0, 8)}).`;
}

function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
