import type { MakeBuffer } from '../core/buffer.ts';
import { heldBytes } from '../strategy/held-memory.ts';
import { openBars } from '../bars/buffer.ts';
import { createTables } from '../strategy/shared-tables.ts';
import type { SweepOptions } from './sweep-options.ts';

/** What one worker may remember, and where workers share what they computed. */
export interface Remembering {
  readonly cacheBytes: number;
  readonly tables?: ArrayBufferLike;
  readonly held?: ArrayBufferLike;
}

/** Over fewer bars a value is computed sooner than it is looked up and copied. */
const FEWEST_BARS = 1024;

/** Several workers share half of what they may use together, and what holding a unit does to an account. */
export function shareTables(options: SweepOptions, isShared: boolean): Remembering {
  const { plan, axes, markets, makeBuffer, pool, cacheBytes } = options;
  const [market] = markets;
  if (!isShared || pool.size < 2 || market === undefined) return { cacheBytes };
  const bars = openBars(market);
  if (!bars.ok) return { cacheBytes }; // each worker will say so
  const { count } = bars.value;
  if (count < FEWEST_BARS) return { cacheBytes };
  const sizes = axes.map(({ size }) => size);
  const tables = createTables(plan, sizes, count, (pool.size * cacheBytes) / 2, makeBuffer);
  const held = heldMemory(count, makeBuffer);
  return { cacheBytes: tables === null ? cacheBytes : cacheBytes / 2, ...(tables === null ? {} : { tables }), ...held };
}

/** Each worker has its own where one for all cannot be had. */
function heldMemory(bars: number, make: MakeBuffer): { held?: ArrayBufferLike } {
  try {
    return { held: make(heldBytes(bars)) };
  } catch {
    return {};
  }
}
