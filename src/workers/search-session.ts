import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import { openRows, type Rows } from '../metrics/rows.ts';
import { countRows, type RowRange } from '../schedule/chunks.ts';
import type { SearchWorkerApi } from '../schedule/messages.ts';
import { createSampler } from '../search/create.ts';
import type { SearchSetup } from '../search/setup.ts';
import type { Generation } from '../search/generation.ts';
import type { Asked, Sampler } from '../search/sampler.ts';
import { errorText } from './error-text.ts';

/** A question is answered after about this long, with what there is by then. */
const TURN_MS = 20;
const STEPS = 4096;

/** A question that has no answer before further rows are told. */
interface Held {
  readonly from: number;
  readonly to: number;
  readonly learned: Generation[]; // since it was put
  readonly answer: (outcome: Outcome<Asked>) => void;
}

interface OpenStudy {
  readonly generation: number;
  readonly sampler: Sampler;
  readonly rows: Rows;
  told: number; // rows
  held: Held | null;
}

/** What the search worker does, without its thread: one sampler over the shared rows of the study. */
export function createSearchSession(now: () => number = () => performance.now()): SearchWorkerApi {
  let study: OpenStudy | null = null;
  const current = (generation: number): OpenStudy | null => (study?.generation === generation ? study : null);
  return {
    open(generation, setup, buffer) {
      study?.held?.answer(closed());
      const rows = openRows(buffer);
      study = rows.ok ? { generation, sampler: createSampler(setup), rows: rows.value, told: 0, held: null } : null;
      return Promise.resolve(rows.ok ? ok(null) : rows);
    },
    ask(generation, told, from, to) {
      const asked = current(generation);
      if (asked === null) return Promise.resolve(closed());
      return new Promise((answer) => {
        asked.held = { from, to, learned: [], answer };
        goOn(asked, told, now);
      });
    },
    tell(generation, told) {
      const asked = current(generation);
      if (asked !== null) goOn(asked, told, now);
      return Promise.resolve();
    },
    limit(generation, trials, patience) {
      const asked = current(generation);
      asked?.sampler.limit?.(trials, patience);
      if (asked !== null) goOn(asked, [], now);
      return Promise.resolve();
    },
  };
}

/** Tells, and answers the question that is held, unless rows under way have to be told first. */
function goOn(study: OpenStudy, told: readonly RowRange[], now: () => number): void {
  const { sampler, rows, held } = study;
  study.told += countRows(told);
  if (held === null) {
    for (const { from, to } of told) sampler.tell(rows, from, to);
    return;
  }
  const outcome = askFor(sampler, rows, told, held.from, held.to, now);
  if (outcome.ok) {
    const { written, waiting, generations = [] } = outcome.value;
    held.learned.push(...generations);
    if (waiting && written === 0 && study.told < sampler.asked) return;
  }
  study.held = null;
  held.answer(outcome.ok ? ok({ ...outcome.value, generations: held.learned }) : outcome);
}

function closed(): Outcome<never> {
  return failed(fault('study_closed', 'The search belongs to an older study.', 'Run the study again.'));
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
