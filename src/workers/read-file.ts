import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { utf16Of } from '../bars/sniff.ts';
import { rolesOfName } from '../bars/names.ts';
import { errorText } from './error-text.ts';

/** Longest text that is read, in characters: engines end strings near 2^29. */
const MOST_CHARACTERS = 500_000_000;

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** Called with bytes read so far and in all; all is 0 where it is not known. */
export type BytesRead = (read: number, all: number) => void;

/** Unpacks gzip. @returns `gzip_damaged` or `file_too_large` */
export async function unpackGzip(file: Blob): Promise<Outcome<Blob>> {
  return unpack(file, 'gzip', 'gzip_damaged');
}

export async function unpack(file: Blob, format: 'gzip' | 'deflate-raw', code: string): Promise<Outcome<Blob>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let bytes = 0;
  try {
    const reader = file.stream().pipeThrough(new DecompressionStream(format)).getReader();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(new Blob(parts));
      bytes += value.length;
      if (bytes > MOST_CHARACTERS) {
        await reader.cancel();
        return failed(tooLarge());
      }
      parts.push(value);
    }
  } catch (error) {
    const what = format === 'gzip' ? 'gzip' : 'a zip archive';
    const message = `The file is ${what}, and damaged: ${errorText(error)}.`;
    return failed(fault(code, message, 'Unpack it yourself and load what is inside.'));
  }
}

/** The first bytes of a file. */
export async function headOf(file: Blob, bytes = 4096): Promise<Outcome<Uint8Array>> {
  try {
    return ok(new Uint8Array(await file.slice(0, bytes).arrayBuffer()));
  } catch (error) {
    return failed(unreadable(error));
  }
}

/**
 * The text of a file: UTF-8, or UTF-16 where a mark or zeros in every second byte say so, or where the bytes are no UTF-8 one of
 * the older encodings, chosen by the names that it makes of the header.
 * @returns `file_unreadable` or `file_too_large`
 */
export async function readText(file: Blob, onBytes: BytesRead = () => undefined): Promise<Outcome<Decoded>> {
  try {
    const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    const wide = utf16Of(head);
    if (wide !== null) return await decode(file, wide, false, onBytes);
    const read = await decode(file, 'utf-8', true, onBytes);
    if (read !== null) return read;
    return await decode(file, await olderEncoding(file), false, onBytes);
  } catch (error) {
    return failed(unreadable(error));
  }
}

function unreadable(error: unknown) {
  const message = `The file cannot be read: ${errorText(error)}.`;
  return fault('file_unreadable', message, 'Choose it again; it may have been moved or changed.');
}

async function decode(file: Blob, encoding: string, fatal: false, onBytes: BytesRead): Promise<Outcome<Decoded>>;
async function decode(file: Blob, encoding: string, fatal: boolean, onBytes: BytesRead): Promise<Outcome<Decoded> | null>;
/** @returns null where `fatal` and the bytes are not in the encoding */
async function decode(file: Blob, encoding: string, fatal: boolean, onBytes: BytesRead): Promise<Outcome<Decoded> | null> {
  const parts: string[] = [];
  const decoder = new TextDecoder(encoding, { fatal });
  const reader = file.stream().getReader();
  let length = 0;
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.length;
    const part = decodePart(decoder, value, true);
    if (part === null) {
      await reader.cancel();
      return null;
    }
    length += part.length;
    if (length > MOST_CHARACTERS) {
      await reader.cancel();
      return failed(tooLarge());
    }
    parts.push(part);
    onBytes(bytes, file.size);
  }
  const rest = decodePart(decoder, undefined, false);
  if (rest === null) return null;
  parts.push(rest);
  return ok({ text: parts.join(''), encoding });
}

function decodePart(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array | undefined, stream: boolean): string | null {
  try {
    return decoder.decode(bytes, { stream });
  } catch {
    return null;
  }
}

const OLDER = ['windows-1252', 'windows-1250', 'windows-1251', 'shift_jis', 'gb18030', 'euc-kr', 'big5'];

/** The encoding that makes most known names of the first lines; windows-1252 where none makes any. */
export async function olderEncoding(file: Blob): Promise<string> {
  const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
  let best = OLDER[0]!;
  let most = 0;
  for (const encoding of OLDER) {
    const text = new TextDecoder(encoding).decode(head);
    const names = text
      .split(/\r?\n/)
      .slice(0, 5)
      .flatMap((line) => line.split(/[,;\t|]/));
    const known = names.filter((name) => rolesOfName(name).length > 0).length - text.split('\ufffd').length / 100;
    if (known > most + 0.5) {
      most = known;
      best = encoding;
    }
  }
  return best;
}

function tooLarge() {
  return fault(
    'file_too_large',
    `The file has more than ${MOST_CHARACTERS / 1e6} million characters.`,
    'Cut it into parts, or load bars of a longer period.',
  );
}
