import { failed, fault, ok, type Fault, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';
import { newerCopy, openCopy, sealCopy } from './safe-file.ts';
import type { Piece, StorageWorkerApi, StoredFile } from './storage-messages.ts';

const SCRATCH = 1 << 18;
const PLACES = ['.a', '.b'] as const;
/** A file that another tab writes at this moment is tried again. */
const TRIES = 5;
const AGAIN_MS = 40;

/** Files in the origin's private file system, through handles that write at once: they exist in workers only. */
export function createFileStorage(root: FileSystemDirectoryHandle): StorageWorkerApi {
  const scratch = new Uint8Array(SCRATCH);

  async function fileOf(path: string, create: boolean): Promise<FileSystemFileHandle> {
    const [folder = '', name = ''] = path.split('/');
    const handle = await root.getDirectoryHandle(folder, { create });
    return handle.getFileHandle(name, { create });
  }

  async function raw(path: string): Promise<ArrayBuffer | null> {
    try {
      return await (await (await fileOf(path, false)).getFile()).arrayBuffer();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotFoundError') return null;
      throw error;
    }
  }

  /** Opens a file for writing, and closes it whatever happens. */
  async function writing(path: string, act: (file: FileSystemSyncAccessHandle) => void): Promise<void> {
    const handle = await fileOf(path, true);
    const file = await opened(handle);
    try {
      act(file);
      file.flush();
    } finally {
      file.close();
    }
  }

  async function whole(path: string) {
    const [a, b] = await Promise.all(PLACES.map(async (place) => openCopy(await raw(path + place))));
    return newerCopy(a ?? null, b ?? null);
  }

  async function names(folder: string): Promise<string[]> {
    const found: string[] = [];
    try {
      const handle = await root.getDirectoryHandle(folder);
      for await (const name of handle.keys()) found.push(`${folder}/${name}`);
    } catch (error) {
      if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
    }
    return found.sort();
  }

  const wholePaths = (paths: readonly string[]): string[] => [...new Set(paths.map((path) => path.replace(/\.[ab]$/, '')))];

  return {
    kind: () => Promise.resolve('files'),
    list: (folder) => guarded(async () => wholePaths(await names(folder))),
    read: (path) => guarded(async () => (await whole(path))?.bytes ?? null),
    readAll: (folder) =>
      guarded(async () => {
        const files: StoredFile[] = [];
        for (const path of wholePaths((await names(folder)).filter((name) => /\.[ab]$/.test(name)))) {
          const copy = await whole(path);
          if (copy !== null) files.push({ path, bytes: copy.bytes });
        }
        return files;
      }),
    write: (path, bytes) =>
      guarded(async () => {
        const turn = ((await whole(path))?.turn ?? 0) + 1;
        const sealed = sealCopy(turn, bytes);
        await writing(path + PLACES[turn % 2 === 0 ? 0 : 1], (file) => {
          file.truncate(sealed.byteLength);
          writeAll(file, new Uint8Array(sealed), 0);
        });
        return null;
      }),
    patch: (path, size, memory, pieces) =>
      guarded(async () => {
        await writing(path, (file) => {
          if (file.getSize() !== size) file.truncate(size);
          writePieces(file, memory, pieces, scratch);
        });
        return null;
      }),
    readPatched: (path) => guarded(() => raw(path)),
    remove: (paths) =>
      guarded(async () => {
        for (const path of paths) {
          const [folder = '', name = ''] = path.split('/');
          for (const place of ['', ...PLACES]) await removeEntry(root, folder, name + place);
        }
        return null;
      }),
  };
}

async function opened(handle: FileSystemFileHandle): Promise<FileSystemSyncAccessHandle> {
  for (let turn = 1; ; turn++) {
    try {
      return await handle.createSyncAccessHandle();
    } catch (error) {
      const held = error instanceof DOMException && error.name === 'NoModificationAllowedError';
      if (!held || turn >= TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, AGAIN_MS * turn));
    }
  }
}

async function removeEntry(root: FileSystemDirectoryHandle, folder: string, name: string): Promise<void> {
  try {
    await (await root.getDirectoryHandle(folder)).removeEntry(name);
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}

/** Shared memory goes through memory of the worker's own: not every browser writes it to a file. */
function writePieces(
  file: FileSystemSyncAccessHandle,
  memory: ArrayBufferLike,
  pieces: readonly Piece[],
  scratch: Uint8Array<ArrayBuffer>,
): void {
  const shared = typeof SharedArrayBuffer !== 'undefined' && memory instanceof SharedArrayBuffer;
  let next = 0; // in a copy, where the pieces lie one after the other
  for (const { at, length } of pieces) {
    const from = shared ? at : next;
    for (let done = 0; done < length; done += SCRATCH) {
      const part = scratch.subarray(0, Math.min(SCRATCH, length - done));
      part.set(new Uint8Array(memory, from + done, part.length));
      writeAll(file, part, at + done);
    }
    next += length;
  }
}

function writeAll(file: FileSystemSyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  const written = file.write(bytes, { at });
  if (written !== bytes.length)
    throw new DOMException(`${written} of ${bytes.length} bytes were written`, 'QuotaExceededError');
}

/** What the browser throws becomes a fault. */
export async function guarded<T>(act: () => Promise<T>): Promise<Outcome<T>> {
  try {
    return ok(await act());
  } catch (error) {
    return failed(storageFault(error));
  }
}

function storageFault(error: unknown): Fault {
  if (error instanceof DOMException && error.name === 'QuotaExceededError')
    return fault(
      'storage_full',
      'The browser gives this page no more room on the disk.',
      'Delete studies in the notebook, or export them first.',
    );
  return fault(
    'storage_failed',
    `What was computed could not be kept: ${errorText(error)}.`,
    'The study runs on. Export its results before you close the page.',
  );
}
