import { expose } from 'comlink';
import { readExcerpt } from './excerpt.ts';
import { loadMarket } from './load-market.ts';
import type { ImportWorkerApi } from './import-messages.ts';
import { warmReader } from './warm-reader.ts';

// Where the page is not isolated there is no shared memory, and bars are copied.
const make = (bytes: number): ArrayBufferLike =>
  globalThis.crossOriginIsolated ? new SharedArrayBuffer(bytes) : new ArrayBuffer(bytes);

// Thread: the import worker of the page. Reads files and makes bars, off the main thread.
const api: ImportWorkerApi = {
  load: (request, onProgress) => loadMarket(request, make, onProgress),
  excerpt: readExcerpt,
  warm: warmReader,
};
expose(api);
