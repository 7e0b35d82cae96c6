import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import { failed, fault, type Outcome } from '../core/fault.ts';
import { decodeLink, type Codec } from '../document/link.ts';
import type { StudyDocument } from '../document/document.ts';
import { parseDocument } from '../document/schema.ts';
import { errorText } from '../workers/error-text.ts';

const deflate = promisify<Uint8Array, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

const zlibCodec: Codec = {
  deflate: async (bytes) => new Uint8Array(await deflate(bytes)),
  inflate: async (bytes, maxBytes) => new Uint8Array(await inflate(bytes, { maxOutputLength: maxBytes })),
};

/** A study document is small; whatever is larger is another file. */
const MOST_CHARACTERS = 1_000_000;

/**
 * The study that a word of the command line names: a link in full, its part from `#` on or behind it, `-` for a document on
 * standard input, or the file of a document.
 */
export async function readStudy(word: string): Promise<Outcome<StudyDocument>> {
  const fragment = fragmentOf(word);
  if (fragment === null) return readDocument(word);
  const decoded = await decodeLink(fragment, zlibCodec);
  return decoded.ok ? { ok: true, value: decoded.value.document } : decoded;
}

function fragmentOf(word: string): string | null {
  const hash = word.indexOf('#');
  if (hash === 0 || (hash > 0 && /^[a-z][a-z0-9+.-]*:/i.test(word))) return word.slice(hash + 1);
  return /^[a-z][\w.]*=/i.test(word) && !word.toLowerCase().endsWith('.json') ? word : null;
}

async function readDocument(name: string): Promise<Outcome<StudyDocument>> {
  let text: string;
  try {
    text = name === '-' ? await readInput() : await readFile(name, 'utf8');
  } catch (error) {
    const advice = 'Name a study document, or a link from its # on.';
    return failed(fault('study_unreadable', `The study ${name} cannot be read: ${errorText(error)}.`, advice));
  }
  if (text.length > MOST_CHARACTERS) {
    return failed(
      fault(
        'study_too_large',
        `${name} has ${text.length} characters.`,
        'A study document is much smaller; name another file.',
      ),
    );
  }
  try {
    return parseDocument(JSON.parse(text.replace(/^\ufeff/, '')));
  } catch (error) {
    return failed(
      fault('study_not_json', `${name} is no JSON: ${errorText(error)}.`, 'Correct it, or save the study from the page again.'),
    );
  }
}

async function readInput(): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of process.stdin) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts).toString('utf8');
}
