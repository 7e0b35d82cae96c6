import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { openRows, type Rows } from '../metrics/rows.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { SearchWorkerApi } from '../schedule/messages.ts';
import { createSampler } from '../search/create.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { Generation } from '../search/generation.ts';
import type { Asked, Sampler } from '../search/sampler.ts';
import { errorText } from './error-text.ts';

/** A question is answered after about this long, with what there is by then. */
const TURN_MS = 20;
const STEPS = 4096;

/** What the search worker does, without its thread: one sampler over the shared rows of the study. */
export function createSearchSession(now: () => number = () => performance.now()): SearchWorkerApi {
  let study: { readonly generation: number; readonly sampler: Sampler; readonly rows: Rows } | null = null;
  return {
    open(generation, setup, buffer) {
      const rows = openRows(buffer);
      study = rows.ok ? { generation, sampler: createSampler(setup), rows: rows.value } : null;
      return Promise.resolve(rows.ok ? ok(null) : rows);
    },
    ask(generation, told, from, to) {
      if (study === null || study.generation !== generation) {
        return Promise.resolve(failed(fault('study_closed', 'The search belongs to an older study.', 'Run the study again.')));
      }
      return Promise.resolve(askFor(study.sampler, study.rows, told, from, to, now));
    },
    limit(generation, trials, patience) {
      if (study?.generation === generation) study.sampler.limit?.(trials, patience);
      return Promise.resolve();
    },
  };
}

/** The same on the caller's own thread. */
export function createLocal(setup: SearchSetup, rows: Rows) {
  let sampler: Sampler | null = null;
  return {
    ask(told: readonly RowRange[], from: number, to: number): Outcome<Asked> {
      try {
        sampler ??= createSampler(setup);
      } catch (error) {
        return searchFailed(error);
      }
      return askFor(sampler, rows, told, from, to, () => performance.now());
    },
    limit(trials: number, patience: number): void {
      sampler?.limit?.(trials, patience);
    },
  };
}

function searchFailed(error: unknown): Outcome<never> {
  const advice = 'This is an error of Barsweep: please report it with the link of the study.';
  return failed(fault('search_failed', `The search stopped with an error: ${errorText(error)}.`, advice));
}

/** Asks until the rows are full, nothing is left, or the time is up. */
export function askFor(
  sampler: Sampler,
  rows: Rows,
  told: readonly RowRange[],
  from: number,
  to: number,
  now: () => number,
): Outcome<Asked> {
  try {
    for (const range of told) sampler.tell(rows, range.from, range.to);
    const until = now() + TURN_MS;
    const generations: Generation[] = [];
    for (let at = from; ;) {
      const answer = sampler.ask(rows, at, to, STEPS);
      at += answer.written;
      generations.push(...(answer.generations ?? []));
      if (answer.exhausted || answer.waiting || at >= to || now() >= until) {
        return ok({ ...answer, written: at - from, generations });
      }
    }
  } catch (error) {
    return searchFailed(error);
  }
}
