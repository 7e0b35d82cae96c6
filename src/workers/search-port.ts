import { failed, fault, type Outcome } from '../core/fault.ts';
import type { Rows } from '../metrics/rows.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { SearchWorkerApi } from '../schedule/messages.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { Generation } from '../search/generation.ts';
import type { Asked } from '../search/sampler.ts';
import { errorText } from './error-text.ts';
import type { WorkerPort } from './worker-port.ts';

/** Where the trials of one sweep come from. */
export interface SearchPort {
  /** Tells finished rows and asks positions for rows [from, to). Never rejects; one question at a time. */
  ask(told: readonly RowRange[], from: number, to: number): Promise<Outcome<Asked>>;
  /** Tells finished rows while a question is under way; absent where they have to wait for the next question. */
  tell?(told: readonly RowRange[]): void;
  /** Nothing more will be asked. */
  close(): void;
}

/** A search of the search worker, whose end can be moved while it is under way. */
export interface LiveSearch extends SearchPort {
  /** @param trials budget; @param patience generations without a better trial; Infinity is none */
  limit(trials: number, patience: number): void;
}

/** The search worker, which lives as long as the page and serves one study at a time. */
export interface SearchClient {
  /** Starts the thread, so that the first study does not wait for it. */
  warm(): void;
  /** @param learned hears of generations whose results were learned */
  open(setup: SearchSetup, rows: Rows, learned?: (generations: readonly Generation[]) => void): LiveSearch;
  terminate(): void;
}

export function createSearchClient(spawn: () => WorkerPort<SearchWorkerApi>): SearchClient {
  let worker: WorkerPort<SearchWorkerApi> | null = null;
  let generation = 0;
  const pending = new Set<(reason: string) => void>(); // one per call under way

  function bury(reason: string): void {
    worker?.terminate();
    worker = null;
    for (const lose of [...pending]) lose(reason);
  }

  function living(): WorkerPort<SearchWorkerApi> {
    if (worker !== null) return worker;
    const fresh = spawn();
    worker = fresh;
    fresh.onDeath((reason) => {
      if (worker === fresh) bury(reason);
    });
    return fresh;
  }

  /** Raced against the worker's death, because a call to a dead worker would never end. */
  function call<T>(send: (api: SearchWorkerApi) => Promise<Outcome<T>>): Promise<Outcome<T>> {
    return new Promise((resolve) => {
      const lost = (reason: string): void => settle(failed(diedFault(reason)));
      const settle = (outcome: Outcome<T>): void => {
        pending.delete(lost);
        resolve(outcome);
      };
      pending.add(lost);
      try {
        send(living().api).then(settle, (error: unknown) => settle(failed(diedFault(errorText(error)))));
      } catch (error) {
        settle(failed(diedFault(errorText(error))));
      }
    });
  }

  return {
    warm() {
      try {
        living();
      } catch {
        // The first study tries again, and tells why it cannot begin.
      }
    },
    open(setup, rows, learned = () => undefined) {
      const own = ++generation;
      let closed = false;
      let opening: Promise<Outcome<null>> | null = null;
      /** Nobody waits for it. */
      const post = (send: (api: SearchWorkerApi) => Promise<void>): void => {
        if (!closed) void send(living().api).catch(() => undefined);
      };
      return {
        async ask(told, from, to) {
          opening ??= call((api) => api.open(own, setup, rows.buffer));
          const opened = await opening;
          if (!opened.ok) return opened;
          if (closed) return failed(diedFault('the study ended'));
          const answer = await call((api) => api.ask(own, told, from, to));
          if (answer.ok && (answer.value.generations ?? []).length > 0) learned(answer.value.generations ?? []);
          return answer;
        },
        tell: (told) => post((api) => api.tell(own, told)),
        limit: (trials, patience) => post((api) => api.limit(own, trials, patience)),
        close: () => void (closed = true),
      };
    },
    terminate: () => bury('it was closed'),
  };
}

function diedFault(reason: string) {
  const advice = 'What was finished is kept. Run the study again.';
  return fault('search_died', `The thread that chooses the trials stopped: ${reason}.`, advice);
}
