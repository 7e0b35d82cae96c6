import { kindOfBytes, utf16Of } from '../bars/sniff.ts';
import { olderEncoding, unpackGzip } from './read-file.ts';
import { largestEntry, listZip, openZipEntry } from './zip.ts';

/** One line of a file that was refused, to show where. */
export interface ExcerptLine {
  readonly line: number; // 1-based
  readonly text: string; // cut, without control characters
}

const FIRST = 5; // lines from the start
const AROUND = 2; // lines before and after the place
const LONGEST = 200; // characters
const DEEPEST = 3; // packings inside each other
const HEAD = 4096;

/** The first lines of a file and those around a place; nothing of what is not written in letters. Never rejects. */
export async function readExcerpt(file: Blob, place: number): Promise<readonly ExcerptLine[]> {
  try {
    const text = await unpacked(file, 0);
    return text === null ? [] : await linesOf(text, Math.max(0, place));
  } catch {
    return [];
  }
}

/** The text inside a packing; null where there is none. */
async function unpacked(file: Blob, depth: number): Promise<Blob | null> {
  const kind = kindOfBytes(await headOf(file));
  if (kind === 'text') return file;
  if (depth >= DEEPEST) return null;
  if (kind === 'gzip') {
    const inner = await unpackGzip(file);
    return inner.ok ? unpacked(inner.value, depth + 1) : null;
  }
  if (kind !== 'zip') return null;
  const listed = await listZip(file);
  const entry = listed.ok ? largestEntry(listed.value) : undefined;
  const inner = entry === undefined ? null : await openZipEntry(file, entry);
  return inner?.ok === true ? unpacked(inner.value, depth + 1) : null;
}

async function headOf(file: Blob): Promise<Uint8Array> {
  return new Uint8Array(await file.slice(0, HEAD).arrayBuffer());
}

async function linesOf(file: Blob, place: number): Promise<ExcerptLine[]> {
  const reader = file
    .stream()
    .pipeThrough(new TextDecoderStream(await encodingOf(file)))
    .getReader();
  const last = Math.max(FIRST, place + AROUND);
  const lines: ExcerptLine[] = [];
  let line = 1;
  let open = ''; // of the line at hand, no more than is shown
  const close = (): void => {
    if (line <= FIRST || Math.abs(line - place) <= AROUND) lines.push({ line, text: shown(open) });
    line++;
    open = '';
  };
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const parts = value.split('\n');
    for (const [k, part] of parts.entries()) {
      if (open.length <= LONGEST) open += part.slice(0, LONGEST + 1);
      if (k < parts.length - 1) close();
    }
    if (line <= last) continue;
    await reader.cancel();
    return lines;
  }
  if (open !== '') close();
  return lines;
}

/** Of the first bytes alone: a letter that they cut counts for nothing. */
async function encodingOf(file: Blob): Promise<string> {
  const head = await headOf(file);
  const wide = utf16Of(head);
  if (wide !== null) return wide;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return 'utf-8';
  } catch {
    return olderEncoding(file);
  }
}

function shown(line: string): string {
  const text = line.replace(/\r$/, '').replaceAll('\t', ' → ');
  const clean = text.replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
  return clean.length > LONGEST ? `${clean.slice(0, LONGEST)}…` : clean;
}
