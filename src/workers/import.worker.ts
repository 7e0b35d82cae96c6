import { expose } from 'comlink';
import { loadMarket } from './load-market.ts';
import type { ImportWorkerApi } from './import-messages.ts';

// Thread: the import worker of the page. Reads files and makes bars, off the main thread.
const api: ImportWorkerApi = {
  load: (request, onProgress) => loadMarket(request, (bytes) => new SharedArrayBuffer(bytes), onProgress),
};
expose(api);
