import { openBars } from '../bars/buffer.ts';
import { createTables } from '../strategy/shared-tables.ts';
import type { SweepOptions } from './sweep-options.ts';

/** What one worker may remember, and where workers share what they computed. */
export interface Remembering {
  readonly cacheBytes: number;
  readonly tables?: ArrayBufferLike;
}

/** Several workers share half of what they may use together. */
export function shareTables(options: SweepOptions, isShared: boolean): Remembering {
  const { plan, axes, markets, makeBuffer, pool, cacheBytes } = options;
  const [market] = markets;
  if (!isShared || pool.size < 2 || market === undefined) return { cacheBytes };
  const bars = openBars(market);
  if (!bars.ok) return { cacheBytes }; // each worker will say so
  const sizes = axes.map(({ size }) => size);
  const tables = createTables(plan, sizes, bars.value.count, (pool.size * cacheBytes) / 2, makeBuffer);
  return tables === null ? { cacheBytes } : { cacheBytes: cacheBytes / 2, tables };
}
