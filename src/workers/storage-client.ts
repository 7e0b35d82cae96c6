import { transfer } from 'comlink';
import { failed, fault, type Outcome } from '../core/fault.ts';
import { errorText } from './error-text.ts';
import type { Piece, StorageKind, StorageWorkerApi, StoredFile } from './storage-messages.ts';
import { connectWorker, type WorkerPort } from './worker-port.ts';

/** Files of this page on this machine, kept by a worker. No call rejects. */
export interface Storage {
  kind(): Promise<StorageKind>;
  list(folder: string): Promise<Outcome<readonly string[]>>;
  read(path: string): Promise<Outcome<ArrayBuffer | null>>;
  readAll(folder: string): Promise<Outcome<readonly StoredFile[]>>;
  /** The bytes are handed over. */
  write(path: string, bytes: ArrayBuffer): Promise<Outcome<null>>;
  /** @param memory shared memory is read by the worker; of other memory the pieces are copied */
  patch(path: string, memory: ArrayBufferLike, pieces: readonly Piece[]): Promise<Outcome<null>>;
  readPatched(path: string): Promise<Outcome<ArrayBuffer | null>>;
  remove(paths: readonly string[]): Promise<Outcome<null>>;
}

export function createStorage(spawn: () => WorkerPort<StorageWorkerApi> = spawnStorageWorker): Storage {
  let worker: WorkerPort<StorageWorkerApi> | null = null;
  const pending = new Set<(reason: string) => void>();

  function living(): WorkerPort<StorageWorkerApi> {
    if (worker !== null) return worker;
    const fresh = spawn();
    worker = fresh;
    fresh.onDeath((reason) => {
      if (worker !== fresh) return;
      fresh.terminate();
      worker = null;
      for (const lose of [...pending]) lose(reason);
    });
    return fresh;
  }

  /** Raced against the worker's death, because a call to a dead worker would never end. */
  function call<T>(send: (api: StorageWorkerApi) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      const lose = (reason: string): void => settle(failed(diedFault(reason)));
      const settle = (outcome: Outcome<T>): void => {
        pending.delete(lose);
        resolve(outcome);
      };
      pending.add(lose);
      try {
        send(living().api).then(settle, (error: unknown) => lose(errorText(error)));
      } catch (error) {
        lose(errorText(error));
      }
    });
  }

  return {
    async kind() {
      const answer = await call(async (api) => ({ ok: true, value: await api.kind() }));
      return answer.ok ? answer.value : 'none';
    },
    list: (folder) => call((api) => api.list(folder)),
    read: (path) => call((api) => api.read(path)),
    readAll: (folder) => call((api) => api.readAll(folder)),
    write: (path, bytes) => call((api) => api.write(path, transfer(bytes, [bytes]))),
    patch(path, memory, pieces) {
      const size = memory.byteLength;
      if (typeof SharedArrayBuffer !== 'undefined' && memory instanceof SharedArrayBuffer)
        return call((api) => api.patch(path, size, memory, pieces));
      const copy = copyPieces(memory, pieces);
      return call((api) => api.patch(path, size, transfer(copy, [copy]), pieces));
    },
    readPatched: (path) => call((api) => api.readPatched(path)),
    remove: (paths) => call((api) => api.remove(paths)),
  };
}

function copyPieces(memory: ArrayBufferLike, pieces: readonly Piece[]): ArrayBuffer {
  const copy = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let next = 0;
  for (const { at, length } of pieces) {
    copy.set(new Uint8Array(memory, at, length), next);
    next += length;
  }
  return copy.buffer;
}

function spawnStorageWorker(): WorkerPort<StorageWorkerApi> {
  return connectWorker(
    new Worker(new URL('./storage.worker.ts', import.meta.url), { type: 'module', name: 'barsweep storage' }),
  );
}

function diedFault(reason: string) {
  const advice = 'The study runs on. Export its results before you close the page.';
  return fault('storage_failed', `What was computed could not be kept: ${reason}.`, advice);
}
