import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { openRows, type Rows } from '../metrics/rows.ts';
import type { RowRange } from '../schedule/chunks.ts';
import type { SearchWorkerApi } from '../schedule/messages.ts';
import { createSampler } from '../search/create.ts';
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
  };
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
    for (let at = from; ;) {
      const { written, exhausted, waiting } = sampler.ask(rows, at, to, STEPS);
      at += written;
      if (exhausted || waiting || at >= to || now() >= until) return ok({ written: at - from, exhausted, waiting });
    }
  } catch (error) {
    const advice = 'This is an error of Barsweep: please report it with the link of the study.';
    return failed(fault('search_failed', `The search stopped with an error: ${errorText(error)}.`, advice));
  }
}
