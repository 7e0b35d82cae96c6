import { describeFault, type Outcome } from '../../src/core/fault.ts';

/** The value of an outcome that must be one. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.faults.map(describeFault).join('\n'));
  return outcome.value;
}

/** What the faults of an outcome say that must have some, a line each. */
export function says(outcome: Outcome<unknown>): string {
  if (outcome.ok) throw new Error('expected a fault');
  return outcome.faults.map(describeFault).join('\n');
}
