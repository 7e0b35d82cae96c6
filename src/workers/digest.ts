import { hexOf, sha256Hex } from '../core/hash.ts';

/** Beyond it the copy that the platform asks for would be felt in the memory of an import. */
const MOST_BYTES = 16 << 20;

/** What is used of the platform; its own name for it is not known to every project. */
interface Digester {
  digest(name: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

/** SHA-256 as 64 hex digits: by the platform, several times as fast, where it offers that and the bytes are not many. */
export async function digest(bytes: Uint8Array): Promise<string> {
  const { subtle } = globalThis.crypto as { readonly subtle?: Digester }; // not where the page is not secure
  if (subtle === undefined || bytes.length > MOST_BYTES) return sha256Hex(bytes);
  return hexOf(new Uint8Array(await subtle.digest('SHA-256', new Uint8Array(bytes)))); // a copy: shared memory is refused
}
