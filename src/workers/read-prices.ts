import { answerTo, type Answers, type Question } from '../bars/answers.ts';
import type { ReadOptions, ReadTable } from '../bars/read.ts';
import { kindOfBytes, recogniseStart, refuseKind } from '../bars/sniff.ts';
import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { looksLikeJson, parseJson } from './parse-json.ts';
import { parsePlain } from './parse-plain.ts';
import { parseTable } from './parse-table.ts';
import { headOf, readText, unpackGzip } from './read-file.ts';
import { largestEntry, listZip, openZipEntry, type ZipEntry } from './zip.ts';
import { createZoneOffset } from './zone-offset.ts';

export interface ReadProgress {
  readonly bytes: number; // read so far
  readonly allBytes: number;
  readonly rows: number; // cut so far
  readonly fraction: number; // of the whole work, 0 … 1
}

export interface PriceOptions {
  readonly answers: Answers;
  readonly dayFirst: boolean;
}

const READ_SHARE = 0.2; // of the work that reading the bytes is; cutting them into cells and numbers is the rest
const DEEPEST = 3; // packings inside each other

/** Reads bars from a file of any kind, or from text: the one way that the page and the command line share. */
export async function readPrices(
  file: Blob,
  { answers, dayFirst }: PriceOptions,
  onProgress: (progress: ReadProgress) => void = () => undefined,
): Promise<Outcome<ReadTable>> {
  const options: Partial<ReadOptions> = { answers, dayFirst, offsetOf: createZoneOffset() };
  return readLayer(file, options, onProgress, 0, '');
}

async function readLayer(
  file: Blob,
  options: Partial<ReadOptions>,
  onProgress: (progress: ReadProgress) => void,
  depth: number,
  packing: string,
): Promise<Outcome<ReadTable>> {
  const head = await headOf(file);
  if (!head.ok) return head;
  const kind = kindOfBytes(head.value);
  const refused = refuseKind(kind);
  if (refused !== null) return failed(refused);
  if (depth > DEEPEST) return failed(fault('packed_too_deep', 'The file is packed several times over.', 'Unpack it yourself.'));
  if (kind === 'gzip') {
    const inner = await unpackGzip(file);
    return inner.ok ? readLayer(inner.value, options, onProgress, depth + 1, 'gzip') : inner;
  }
  if (kind === 'zip') return readZip(file, options, onProgress, depth);
  if (kind === 'parquet') {
    const { parseParquet } = await import('./parse-parquet.ts');
    return parseParquet(file, options, stepsOf(file.size, onProgress).rows);
  }
  const plain = await parsePlain(file, { ...options, format: packing }, (fraction, rows) =>
    onProgress({ bytes: file.size * fraction, allBytes: file.size, rows, fraction }),
  );
  return plain ?? readAsText(file, options, onProgress, packing);
}

async function readAsText(
  file: Blob,
  options: Partial<ReadOptions>,
  onProgress: (progress: ReadProgress) => void,
  packing: string,
): Promise<Outcome<ReadTable>> {
  const steps = stepsOf(file.size, onProgress);
  const decoded = await readText(file, steps.bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  if (text.trim() === '') return failed(refuseKind('empty')!);
  const other = recogniseStart(text.slice(0, 4000).trimStart());
  if (other !== null) return failed(other);
  const format = [encoding === 'utf-8' ? '' : encoding, packing].filter((word) => word !== '').join(', ');
  if (looksLikeJson(text)) return parseJson(text, options);
  return parseTable(text, { ...options, format }, steps.rows);
}

/** Turns the steps of the work into one progress. */
function stepsOf(size: number, onProgress: (progress: ReadProgress) => void) {
  const bytes = (read: number, all: number): void =>
    onProgress({ bytes: read, allBytes: all, rows: 0, fraction: all > 0 ? (read / all) * READ_SHARE : 0 });
  const rows = (fraction: number, count: number): void =>
    onProgress({ bytes: size, allBytes: size, rows: count, fraction: READ_SHARE + fraction * (1 - READ_SHARE) });
  return { bytes, rows };
}

async function readZip(
  file: Blob,
  options: Partial<ReadOptions>,
  onProgress: (progress: ReadProgress) => void,
  depth: number,
): Promise<Outcome<ReadTable>> {
  const listed = await listZip(file);
  if (!listed.ok) return listed;
  const files = listed.value.filter(({ name, size }) => size > 0 && !/(?:^|\/)(?:\.|__MACOSX)|\/$/.test(name));
  if (files.length === 0) return failed(fault('zip_empty', 'The archive holds no file.', 'Load a file with prices in it.'));
  const likely = files.filter(({ name }) => /\.(?:csv|txt|tsv|json|prn|dat|gz|parquet)$/i.test(name));
  const offered = likely.length > 0 ? likely : files;
  const told = answerTo(options.answers ?? {}, 'entry');
  const entry = told === null ? largestEntry(offered) : files.find(({ name }) => name === told);
  if (entry === undefined) return failed(fault('unknown_entry', `The archive holds no "${told}".`, 'Choose one of its files.'));
  const inner = await openZipEntry(file, entry);
  if (!inner.ok) return inner;
  const read = await readLayer(inner.value, options, onProgress, depth + 1, 'zip');
  if (!read.ok || told !== null || offered.length < 2) return read;
  const questions = [askEntry(offered, entry), ...read.value.report.questions];
  return ok({ ...read.value, report: { ...read.value.report, questions } });
}

function askEntry(entries: readonly ZipEntry[], entry: ZipEntry): Question {
  return {
    key: 'entry',
    text: `The archive holds ${entries.length} files: which one has the prices?`,
    readings: entries.slice(0, 100).map(({ name, size }) => ({ value: name, text: `${name}, ${Math.ceil(size / 1000)} kB` })),
    preselected: entry.name,
    line: 0,
  };
}
