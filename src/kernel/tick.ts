import { POWERS_OF_TEN } from '../core/decimal.ts';
import type { Bars } from '../bars/buffer.ts';
import type { Execution } from '../strategy/execution.ts';

/** Price units of one tick: the setting, or the smallest step in which the file's prices are written; 0 where they have none. */
export function tickOf({ decimals }: Pick<Bars, 'decimals'>, { tickSize }: Execution): number {
  if (tickSize > 0) return tickSize;
  return decimals < 0 ? 0 : 1 / POWERS_OF_TEN[decimals]!;
}
