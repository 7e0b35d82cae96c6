/** Blobs by name, kept by the browser on this machine. Names are short and safe as file names. */
export interface BlobStore {
  names(): Promise<string[]>;
  read(name: string): Promise<Blob | null>; // null where there is none
  write(name: string, content: Blob): Promise<void>; // rejects where there is no room
  remove(name: string): Promise<void>;
}

/**
 * Opens a folder of blobs: in the origin's private file system, or in IndexedDB where that cannot be written from a page.
 * Rejects where the browser keeps nothing, as in some private windows.
 */
export async function openBlobs(folder: string): Promise<BlobStore> {
  if ('storage' in navigator && 'getDirectory' in navigator.storage && 'createWritable' in FileSystemFileHandle.prototype) {
    try {
      const root = await navigator.storage.getDirectory();
      return inFiles(await root.getDirectoryHandle(folder, { create: true }));
    } catch {
      // Some browsers have the interface and refuse its use; the other store may still work.
    }
  }
  return inDatabase(await openDatabase(folder));
}

/** The types of the DOM library lack the iteration of a folder. */
type Folder = FileSystemDirectoryHandle & { keys(): AsyncIterable<string> };

function inFiles(directory: FileSystemDirectoryHandle): BlobStore {
  const folder = directory as Folder;
  return {
    async names() {
      const names: string[] = [];
      for await (const name of folder.keys()) names.push(name);
      return names.sort();
    },
    async read(name) {
      try {
        return await (await folder.getFileHandle(name)).getFile();
      } catch (error) {
        if (error instanceof DOMException && error.name === 'NotFoundError') return null;
        throw error;
      }
    },
    async write(name, content) {
      const handle = await folder.getFileHandle(name, { create: true });
      const writable = await handle.createWritable();
      await content.stream().pipeTo(writable);
    },
    async remove(name) {
      try {
        await folder.removeEntry(name);
      } catch (error) {
        if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
      }
    },
  };
}

const STORE = 'blobs';

function openDatabase(name: string): Promise<IDBDatabase> {
  const opening = indexedDB.open(`barsweep-${name}`, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
  return answerOf(opening);
}

function inDatabase(database: IDBDatabase): BlobStore {
  const store = (mode: IDBTransactionMode): IDBObjectStore => database.transaction(STORE, mode).objectStore(STORE);
  return {
    names: async () => (await answerOf(store('readonly').getAllKeys())).map(String).sort(),
    read: async (name) => {
      const found: unknown = await answerOf(store('readonly').get(name));
      return found instanceof Blob ? found : null;
    },
    write: async (name, content) => {
      await answerOf(store('readwrite').put(content, name));
    },
    remove: async (name) => {
      await answerOf(store('readwrite').delete(name));
    },
  };
}

function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser keeps nothing.'));
  });
}
