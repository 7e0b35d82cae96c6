import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { guarded } from './file-storage.ts';
import type { Piece, StorageWorkerApi } from './storage-messages.ts';

interface Schema extends DBSchema {
  readonly whole: { key: string; value: ArrayBuffer };
  readonly sizes: { key: string; value: number }; // of patched files
  readonly pieces: { key: [string, number]; value: ArrayBuffer }; // path, place
}

/** The same files in a database, for browsers without the private file system. A transaction is whole or did not happen. */
export async function createDatabaseStorage(name: string): Promise<StorageWorkerApi> {
  const database = await openDB<Schema>(name, 1, {
    upgrade(fresh) {
      fresh.createObjectStore('whole');
      fresh.createObjectStore('sizes');
      fresh.createObjectStore('pieces');
    },
  });
  const inside = (folder: string): IDBKeyRange => IDBKeyRange.bound(`${folder}/`, `${folder}0`, false, true); // "0" follows "/"

  return {
    kind: () => Promise.resolve('database'),
    list: (folder) =>
      guarded(async () => {
        const keys = await Promise.all([
          database.getAllKeys('whole', inside(folder)),
          database.getAllKeys('sizes', inside(folder)),
        ]);
        return keys.flat().sort();
      }),
    read: (path) => guarded(async () => (await database.get('whole', path)) ?? null),
    readAll: (folder) =>
      guarded(async () => {
        const [keys, values] = await Promise.all([
          database.getAllKeys('whole', inside(folder)),
          database.getAll('whole', inside(folder)),
        ]);
        return keys.map((path, k) => ({ path, bytes: values[k]! }));
      }),
    write: (path, bytes) =>
      guarded(async () => {
        await database.put('whole', bytes, path);
        return null;
      }),
    patch: (path, size, memory, pieces) =>
      guarded(async () => {
        await putPieces(database, path, size, memory, pieces);
        return null;
      }),
    readPatched: (path) => guarded(() => assemble(database, path)),
    remove: (paths) =>
      guarded(async () => {
        const transaction = database.transaction(['whole', 'sizes', 'pieces'], 'readwrite');
        for (const path of paths) {
          await transaction.objectStore('whole').delete(path);
          await transaction.objectStore('sizes').delete(path);
          await transaction.objectStore('pieces').delete(piecesOf(path));
        }
        await transaction.done;
        return null;
      }),
  };
}

function piecesOf(path: string): IDBKeyRange {
  return IDBKeyRange.bound([path, 0], [path, Number.MAX_SAFE_INTEGER]);
}

async function putPieces(
  database: IDBPDatabase<Schema>,
  path: string,
  size: number,
  memory: ArrayBufferLike,
  pieces: readonly Piece[],
): Promise<void> {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory instanceof SharedArrayBuffer;
  const transaction = database.transaction(['sizes', 'pieces'], 'readwrite');
  void transaction.objectStore('sizes').put(size, path);
  let next = 0;
  for (const { at, length } of pieces) {
    const bytes = new Uint8Array(length);
    bytes.set(new Uint8Array(memory, shared ? at : next, length));
    void transaction.objectStore('pieces').put(bytes.buffer, [path, at]);
    next += length;
  }
  await transaction.done;
}

async function assemble(database: IDBPDatabase<Schema>, path: string): Promise<ArrayBuffer | null> {
  const size = await database.get('sizes', path);
  if (size === undefined) return null;
  const bytes = new Uint8Array(size);
  let cursor = await database.transaction('pieces').store.openCursor(piecesOf(path));
  while (cursor !== null) {
    bytes.set(new Uint8Array(cursor.value), cursor.key[1]);
    cursor = await cursor.continue();
  }
  return bytes.buffer;
}
