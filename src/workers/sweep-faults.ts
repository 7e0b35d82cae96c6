import { fault, type Fault } from '../core/fault.ts';
import type { RowRange } from '../schedule/chunks.ts';

/** A range was lost twice; `part` is what is kept of it. */
export function unfinishedFault(part: RowRange, range: RowRange): Fault {
  const message = `A worker stopped at row ${part.to} of the rows ${range.from} to ${range.to}.`;
  return fault('chunk_unfinished', message, 'What was finished is kept. Run the study again.');
}

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
