import { expose } from 'comlink';
import { createDatabaseStorage } from './database-storage.ts';
import { createFileStorage } from './file-storage.ts';
import { createNoStorage } from './no-storage.ts';
import type { StorageWorkerApi } from './storage-messages.ts';

// Thread: the storage worker of the page. Keeps studies and bars, off the main thread.
const FOLDER = 'barsweep';

const storage: Promise<StorageWorkerApi> = openFiles()
  .catch(() => createDatabaseStorage(FOLDER))
  .catch(() => createNoStorage());

async function openFiles(): Promise<StorageWorkerApi> {
  const root = await (await navigator.storage.getDirectory()).getDirectoryHandle(FOLDER, { create: true });
  // Some browsers have the folders and not the handles that write at once.
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) throw new Error('no handles');
  return createFileStorage(root);
}

const api: StorageWorkerApi = {
  kind: async () => (await storage).kind(),
  list: async (folder) => (await storage).list(folder),
  read: async (path) => (await storage).read(path),
  readAll: async (folder) => (await storage).readAll(folder),
  write: async (path, bytes) => (await storage).write(path, bytes),
  patch: async (path, size, memory, pieces) => (await storage).patch(path, size, memory, pieces),
  readPatched: async (path) => (await storage).readPatched(path),
  remove: async (paths) => (await storage).remove(paths),
};
expose(api);
