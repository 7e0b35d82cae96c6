import { createBars, type Bars } from '../bars/buffer.ts';
import { sliceColumns } from '../bars/columns.ts';
import type { MakeBuffer } from '../core/buffer.ts';
import type { ResolvedScoring } from '../metrics/scoring.ts';
import type { SearchSetup } from '../search/setup.ts';

/** The markets of a study with their scoring. */
export interface Markets {
  readonly markets: readonly ArrayBufferLike[]; // Bars buffers
  readonly scoring: readonly ResolvedScoring[];
}

const SHORTER = 3;

/**
 * All bars as market 0 and, for successive halving, the same bars cut shorter and shorter: market k has 1 ÷ 3^k of the scored
 * bars, from the first one on. Everything else about the scoring is that of the whole.
 */
export function marketsFor({ steps, parts }: SearchSetup, bars: Bars, scoring: ResolvedScoring, make: MakeBuffer): Markets {
  const markets: ArrayBufferLike[] = [bars.buffer];
  const halves = steps.some(({ method }) => method === 'halving');
  for (let part = 1, share = 1; halves && part <= parts; part++) {
    share *= SHORTER;
    const to = scoring.startBar + Math.ceil((bars.count - scoring.startBar) / share);
    markets.push(createBars(sliceColumns(bars, 0, to), make).buffer);
  }
  return { markets, scoring: markets.map(() => scoring) };
}
