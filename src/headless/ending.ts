import { describeFault, fault, type Fault } from '../core/fault.ts';
import { errorText } from '../workers/error-text.ts';

/** Exit codes: bad input is the caller's to correct; a fault of the run is not; an interrupt keeps what is done. */
export const DONE = 0;
export const RUN_FAULT = 1;
export const BAD_INPUT = 2;
export const INTERRUPTED = 130;

/** @returns the exit code of bad input */
export function refuse(faults: readonly Fault[]): number {
  for (const one of faults) tell(describeFault(one));
  return BAD_INPUT;
}

export function tell(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Results cannot be written any more. Where the reader of a pipe went away, as `head` does, nothing is left to do and nothing is
 * wrong; anything else, as a full disk, is told.
 */
export function stopWriting(error: NodeJS.ErrnoException): never {
  if (error.code === 'EPIPE') process.exit(DONE);
  tell(
    describeFault(
      fault('out_broken', `The results cannot be written: ${errorText(error)}.`, 'Make room, or name another file with --out.'),
    ),
  );
  process.exit(RUN_FAULT);
}
