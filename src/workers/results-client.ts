import type { Rows } from '../metrics/rows.ts';
import type { Axis } from '../space/axis.ts';
import type { Answers, ResultsWorkerApi } from './results-messages.ts';
import type { WorkerPort } from './worker-port.ts';

/** Asks a worker of its own about the rows of a study. Made once; the worker is started with the first rows. */
export interface ResultsClient {
  /** Questions are about these rows from now on; null: about none. */
  open(rows: Rows | null, axes: readonly Axis[]): void;
  /**
   * @param name of the question: while one is being answered, only the newest of those that follow is kept
   * @returns null where the rows changed meanwhile, a newer question took this one's place, or the worker died
   */
  ask<Q extends keyof Answers>(
    name: string,
    question: Q,
    of: Parameters<Answers[Q]>[0],
  ): Promise<Awaited<ReturnType<Answers[Q]>> | null>;
}

interface Waiting {
  start(): void;
  drop(): void;
}

export function createResultsClient(): ResultsClient {
  let worker: Promise<WorkerPort<ResultsWorkerApi>> | null = null;
  let subject: { readonly rows: Rows; readonly axes: readonly Axis[] } | null = null;
  let known: unknown = null; // the rows that the worker has opened
  const busy = new Set<string>();
  const waiting = new Map<string, Waiting>();
  const lost = new Set<() => void>(); // what to call when the worker dies

  async function living(): Promise<WorkerPort<ResultsWorkerApi>> {
    if (worker !== null) return worker;
    const fresh = spawnResultsWorker();
    worker = fresh;
    const forget = (): void => {
      if (worker !== fresh) return;
      worker = null;
      known = null;
      for (const give of [...lost]) give();
    };
    fresh.then((port) => port.onDeath(forget), forget);
    return fresh;
  }

  async function answer<Q extends keyof Answers>(question: Q, of: Parameters<Answers[Q]>[0]): Promise<unknown> {
    const about = subject;
    if (about === null) return null;
    const { api } = await living();
    if (known !== about.rows) {
      known = about.rows;
      if (!(await api.open(about.rows.buffer, about.axes))) return null;
    }
    const asked = api[question] as (of: unknown) => Promise<unknown>;
    const found = await asked(of);
    return subject === about ? found : null;
  }

  function ask(name: string, question: keyof Answers, of: never): Promise<never> {
    return new Promise((resolve) => {
      let settled = false;
      const settle = (found: unknown): void => {
        if (settled) return;
        settled = true;
        lost.delete(give);
        busy.delete(name);
        resolve(found as never);
        const next = waiting.get(name);
        waiting.delete(name);
        next?.start();
      };
      const give = (): void => settle(null);
      const start = (): void => {
        busy.add(name);
        lost.add(give);
        answer(question, of).then(settle, give);
      };
      if (!busy.has(name)) return start();
      waiting.get(name)?.drop();
      waiting.set(name, { start, drop: () => resolve(null as never) });
    });
  }

  return {
    open(rows, axes) {
      subject = rows === null ? null : { rows, axes };
      for (const one of waiting.values()) one.drop();
      waiting.clear();
      if (rows !== null) living().catch(() => undefined); // whoever asks then hears of it
    },
    ask,
  };
}

async function spawnResultsWorker(): Promise<WorkerPort<ResultsWorkerApi>> {
  // In a file of its own: the first paint asks nothing.
  const { connectWorker } = await import('./worker-port.ts');
  return connectWorker(
    new Worker(new URL('./results.worker.ts', import.meta.url), { type: 'module', name: 'barsweep results' }),
  );
}
