import type { Rows } from '../metrics/rows.ts';
import { FAILED } from '../metrics/state.ts';

/** How many of the first `count` rows stopped with a fault. */
export function countFailed({ states }: Rows, count: number): number {
  let failed = 0;
  for (let row = 0; row < count; row++) if (states[row] === FAILED) failed++;
  return failed;
}
