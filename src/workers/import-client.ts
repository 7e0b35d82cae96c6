import { proxy } from 'comlink';
import { failed, fault, type Outcome } from '../core/fault.ts';
import type { Imported, ImportProgress, ImportRequest, ImportWorkerApi } from './import-messages.ts';
import type { ExcerptLine } from './excerpt.ts';
import { connectWorker, type WorkerPort } from './worker-port.ts';
import { errorText } from './error-text.ts';

/** Loads bars in a worker of its own. */
export interface Importer {
  /** Never rejects. A second call ends the first one with `import_replaced`. */
  load(request: ImportRequest, onProgress?: ImportProgress): Promise<Outcome<Imported>>;
  /** Lines of a refused file, see ImportWorkerApi; nothing where another load came in between. Never rejects. */
  excerpt(file: Blob, line: number): Promise<readonly ExcerptLine[]>;
  /** Starts the worker and has its code compiled, so that the first file waits for neither. */
  warm(): void;
  /** Ends the call under way with `import_cancelled`. */
  cancel(): void;
  terminate(): void;
}

export function createImporter(spawn: () => WorkerPort<ImportWorkerApi> = spawnImportWorker): Importer {
  let worker: WorkerPort<ImportWorkerApi> | null = null;
  let lose: ((reason: string, code: string) => void) | null = null; // of the call under way
  let forget: () => void = () => undefined; // ends the question about lines, which a dead worker would never answer

  function stop(reason: string, code: string): void {
    worker?.terminate();
    worker = null;
    forget();
    lose?.(reason, code);
    lose = null;
  }

  function living(): WorkerPort<ImportWorkerApi> {
    if (worker !== null) return worker;
    const fresh = spawn();
    worker = fresh;
    fresh.onDeath((reason) => {
      if (worker === fresh) stop(reason, 'import_failed');
    });
    return fresh;
  }

  return {
    load(request, onProgress = () => undefined) {
      if (lose !== null) stop('other data was chosen', 'import_replaced');
      return new Promise((resolve) => {
        const lost = (reason: string, code: string): void => resolve(importFault(reason, code));
        lose = lost;
        const settle = (outcome: Outcome<Imported>): void => {
          if (lose === lost) lose = null;
          resolve(outcome);
        };
        try {
          living()
            .api.load(request, proxy(onProgress))
            .then(settle, (error: unknown) => settle(importFault(errorText(error), 'import_failed')));
        } catch (error) {
          settle(importFault(errorText(error), 'import_failed'));
        }
      });
    },
    excerpt(file, line) {
      return new Promise((resolve) => {
        const none = (): void => resolve([]);
        forget();
        forget = none;
        if (worker === null) return none();
        worker.api.excerpt(file, line).then(resolve, none);
      });
    },
    warm() {
      try {
        living()
          .api.warm()
          .catch(() => undefined); // a first file meets the same fault, and tells of it
      } catch {
        // likewise
      }
    },
    cancel: () => stop('it was cancelled', 'import_cancelled'),
    terminate: () => stop('the page was closed', 'import_replaced'),
  };
}

function spawnImportWorker(): WorkerPort<ImportWorkerApi> {
  return connectWorker(new Worker(new URL('./import.worker.ts', import.meta.url), { type: 'module', name: 'barsweep import' }));
}

function importFault(reason: string, code: string): Outcome<Imported> {
  return failed(fault(code, `The bars were not loaded: ${reason}.`, 'Try again, or try a smaller file.'));
}
