import { fault, type Fault } from '../core/fault.ts';

/** A trial was asked of a study after a newer one began. */
export function replacedFault(): Fault {
  return fault('study_closed', 'The trial belongs to a study that is not open any more.', 'Run the study again.');
}

/** The count of trials was an estimate, and every row that it made room for is filled. */
export function rowsShortFault(rows: number): Fault {
  const message = `There was room for ${rows} trials, as many as were estimated, and there are more.`;
  return fault('rows_short', message, 'What ran is kept. Narrow a range or loosen `require` until the count is exact.');
}

/** The sampler waits for rows, and every row that it asked has run: an error of the sampler. */
export function stuckFault(rows: number): Fault {
  const message = `The search stopped after ${rows} trials: it waits for results that it has.`;
  return fault('search_stuck', message, 'This is an error of Barsweep: please report it with the link of the study.');
}

/** One trial after the other took its worker with it. */
export function onlyFailuresFault(count: number, reason: string): Fault {
  const message = `${count} trials in a row ended their worker, the last one: ${reason}`;
  return fault('only_failures', message, 'What was finished is kept. Close other tabs, or choose fewer workers or bars.');
}

/** A worker answered as if its range were done, and it is not: it does not have the study. */
export function unfinishedFault(worker: number): Fault {
  return fault('worker_idle', `Worker ${worker + 1} stopped: it left trials undone.`, 'Run the study again.');
}
