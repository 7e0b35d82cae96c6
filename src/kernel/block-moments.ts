import { BLOCK_SUMS, BLOCKS } from '../metrics/blocks.ts';
import { LEDGER_LENGTH, MOMENTS, SQUARES, type Ledger } from './ledger.ts';

/** The blocks of metrics/blocks over the bars of a study. */
export interface Blocks {
  readonly of: Uint8Array; // per bar: the block of the last sample at or before it
  readonly ends: Int32Array; // per block: the bar after its last sample; of an empty one the end of the block before it
}

/** @param nextSample as of Course */
export function createBlocks(startBar: number, count: number, nextSample: Int32Array | null, samples: number): Blocks {
  const of = new Uint8Array(count);
  const ends = new Int32Array(BLOCKS).fill(startBar);
  let taken = 0;
  let block = 0;
  for (let bar = startBar; bar < count; bar++) {
    if (nextSample === null || nextSample[bar] === bar) {
      while (taken >= Math.floor(((block + 1) * samples) / BLOCKS)) block++;
      ends.fill(bar + 1, block);
      taken++;
    }
    of[bar] = block;
  }
  return { of, ends };
}

/** Doubles of a ledger, with or without room for block moments. */
export function ledgerLength(blocks: Blocks | null): number {
  return blocks === null ? LEDGER_LENGTH : LEDGER_LENGTH + 2 * BLOCKS;
}

/** Writes the block moments of a ledger. */
export function finishBlocks(ledger: Ledger, out: Float64Array): void {
  for (let k = 0; k < 2 * BLOCKS; k++) out[BLOCK_SUMS + k] = ledger[MOMENTS + k]!;
  // as in tidyRow: one kind of NaN, where a sum left the range of doubles
  if (ledger[SQUARES]! < Infinity) return;
  for (let k = BLOCK_SUMS; k < BLOCK_SUMS + 2 * BLOCKS; k++) if (Number.isNaN(out[k])) out[k] = NaN;
}
