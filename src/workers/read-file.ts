import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';

/** Longest text that is read, in characters: engines end strings near 2^29. */
const MOST_CHARACTERS = 500_000_000;

/**
 * The text of a price file: unzipped where it starts as gzip does, decoded as UTF-8 unless a mark at its start says UTF-16.
 * Bytes that are no text come back as replacement characters, which bars/read refuses.
 *
 * @param onProgress called with the share of the file's bytes read, 0 … 1
 * @returns `file_unreadable`, `gzip_damaged` or `file_too_large`
 */
export async function readText(file: Blob, onProgress: (fraction: number) => void = () => undefined): Promise<Outcome<string>> {
  let zipped = false;
  try {
    const head = new Uint8Array(await file.slice(0, 3).arrayBuffer());
    zipped = head[0] === 0x1f && head[1] === 0x8b;
    const counted = file.stream().pipeThrough(progressStream(file.size, onProgress));
    if (!zipped) return await decode(counted, encodingOf(head));
    const bytes = counted.pipeThrough(new DecompressionStream('gzip'));
    return await decode(bytes, null);
  } catch (error) {
    if (zipped)
      return failed(
        fault(
          'gzip_damaged',
          `The file is gzip, and damaged: ${errorText(error)}.`,
          'Unpack it yourself and load what is inside.',
        ),
      );
    return failed(
      fault(
        'file_unreadable',
        `The file cannot be read: ${errorText(error)}.`,
        'Choose it again; it may have been moved or changed.',
      ),
    );
  }
}

function progressStream(
  size: number,
  onProgress: (fraction: number) => void,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let read = 0;
  let told = 0;
  return new TransformStream({
    transform(bytes, controller) {
      read += bytes.length;
      const fraction = size > 0 ? Math.min(1, read / size) : 1;
      if (fraction >= told + 0.01) onProgress((told = fraction));
      controller.enqueue(bytes);
    },
  });
}

function encodingOf(head: Uint8Array | undefined): string {
  if (head?.[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head?.[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** @param encoding null: told by the first bytes of the stream */
async function decode(stream: ReadableStream<Uint8Array>, encoding: string | null): Promise<Outcome<string>> {
  const parts: string[] = [];
  let decoder = encoding === null ? null : new TextDecoder(encoding);
  let length = 0;
  const reader = stream.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    decoder ??= new TextDecoder(encodingOf(value));
    const part = decoder.decode(value, { stream: true });
    length += part.length;
    if (length > MOST_CHARACTERS) {
      await reader.cancel();
      return failed(tooLarge());
    }
    parts.push(part);
  }
  parts.push(decoder?.decode() ?? '');
  return ok(parts.join(''));
}

function tooLarge() {
  return fault(
    'file_too_large',
    `The file has more than ${MOST_CHARACTERS / 1e6} million characters.`,
    'Cut it into parts, or load bars of a longer period.',
  );
}
