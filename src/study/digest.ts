import { copyInSlices } from './slices.ts';

const MOST_BYTES = 256e6;

/**
 * SHA-256 of memory in hexadecimal digits, made without holding the page.
 *
 * @param wanted asked meanwhile; null is returned once it says no, and for more memory than a page should read
 */
export async function digestOf(memory: ArrayBufferLike, wanted: () => boolean): Promise<string | null> {
  if (memory.byteLength > MOST_BYTES) return null;
  const bytes = await copyInSlices(memory, wanted);
  if (bytes === null) return null;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return wanted() ? Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join('') : null;
}
