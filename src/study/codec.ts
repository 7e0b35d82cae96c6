import type { Codec } from '../document/link.ts';

/** deflate-raw by the browser's own streams; `inflate` stops at `maxBytes`, so that a small link cannot fill the memory. */
export const streamCodec: Codec = {
  deflate: (bytes) => pump(bytes, new CompressionStream('deflate-raw'), Number.POSITIVE_INFINITY),
  inflate: (bytes, maxBytes) => pump(bytes, new DecompressionStream('deflate-raw'), maxBytes),
};

async function pump(
  bytes: Uint8Array,
  through: CompressionStream | DecompressionStream,
  maxBytes: number,
): Promise<Uint8Array> {
  const writer = through.writable.getWriter();
  // A write fails together with the read below, which reports it.
  writer.write(new Uint8Array(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader = through.readable.getReader();
  const parts: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel();
      throw new RangeError(`more than ${maxBytes} bytes`);
    }
    parts.push(value);
  }
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
