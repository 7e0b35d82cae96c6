import { promisify } from 'node:util';
import { deflateRaw, inflateRaw } from 'node:zlib';
import type { Codec } from '../../src/document/link.ts';

const deflate = promisify<Uint8Array, Buffer>(deflateRaw);
const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw);

export const zlibCodec: Codec = {
  deflate: async (bytes) => new Uint8Array(await deflate(bytes)),
  inflate: async (bytes, maxBytes) => new Uint8Array(await inflate(bytes, { maxOutputLength: maxBytes })),
};
