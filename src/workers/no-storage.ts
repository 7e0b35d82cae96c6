import { failed, fault, ok } from '../core/fault.ts';
import type { StorageWorkerApi } from './storage-messages.ts';

/** A browser that keeps nothing: private windows of some, or a person who forbids it. */
export function createNoStorage(): StorageWorkerApi {
  const nothing = () =>
    Promise.resolve(
      failed(
        fault(
          'storage_missing',
          'This browser lets the page keep nothing.',
          'The study runs all the same. Export its results before you close the page.',
        ),
      ),
    );
  return {
    kind: () => Promise.resolve('none'),
    list: () => Promise.resolve(ok([])),
    read: () => Promise.resolve(ok(null)),
    readAll: () => Promise.resolve(ok([])),
    write: nothing,
    patch: nothing,
    readPatched: () => Promise.resolve(ok(null)),
    remove: () => Promise.resolve(ok(null)),
  };
}
