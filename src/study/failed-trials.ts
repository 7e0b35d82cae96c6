import type { Rows } from '../metrics/rows.ts';
import { FAILED } from '../metrics/state.ts';
import type { Condensed } from '../results/condensed.ts';

/** What the run itself counted, where its rows are not all kept. */
interface Counted {
  readonly condensed: Condensed | null;
  readonly progress: { readonly failed: number } | null;
}

/** How many trials stopped with a fault: of the first `count` rows, or as the run counted them. */
export function countFailed({ states }: Rows, count: number, { condensed, progress }: Counted): number {
  if (condensed !== null) return Math.max(condensed.failed, progress?.failed ?? 0);
  let failed = 0;
  for (let row = 0; row < count; row++) if (states[row] === FAILED) failed++;
  return failed;
}
