import { BLOCK_NUMBERS, BLOCKS } from '../metrics/blocks.ts';
import {
  LEDGER_LENGTH,
  MOMENTS,
  MOVED,
  PART_MOVED,
  PART_SQUARES,
  PART_SUM,
  SHIFT,
  SQUARES,
  SUM,
  type Ledger,
} from './ledger.ts';

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
  return blocks === null ? LEDGER_LENGTH : MOMENTS + BLOCK_NUMBERS;
}

/** The block of the first sample at or after a bar. */
export function blockAt({ of }: Blocks, nextSample: Int32Array | null, bar: number): number {
  return of[nextSample === null ? bar : nextSample[bar]!]!;
}

/** Begins a part: the samples that are booked up to `closePart` are of one block. */
export function openPart(ledger: Ledger): void {
  ledger[PART_SUM] = ledger[SUM]!;
  ledger[PART_SQUARES] = ledger[SQUARES]!;
  ledger[PART_MOVED] = ledger[MOVED]!;
}

/** Gives the part to its block, and begins the next. */
export function closePart(ledger: Ledger, block: number): void {
  const at = MOMENTS + block;
  const shift = ledger[SHIFT]!;
  const sum = ledger[SUM]! - ledger[PART_SUM]!;
  const shifts = (ledger[MOVED]! - ledger[PART_MOVED]!) * shift;
  ledger[at] = ledger[at]! + sum + shifts;
  ledger[at + BLOCKS] = ledger[at + BLOCKS]! + (ledger[SQUARES]! - ledger[PART_SQUARES]!) + shift * (2 * sum + shifts);
  openPart(ledger);
}

/** Writes the block moments of a ledger from place `at` on: Σr of each block, then Σr² of each. */
export function writeMoments(ledger: Ledger, into: Float64Array, at: number): void {
  // four at a time, which takes half as long
  for (let k = 0; k < BLOCK_NUMBERS; k += 4) {
    into[at + k] = ledger[MOMENTS + k]!;
    into[at + k + 1] = ledger[MOMENTS + k + 1]!;
    into[at + k + 2] = ledger[MOMENTS + k + 2]!;
    into[at + k + 3] = ledger[MOMENTS + k + 3]!;
  }
  // as in tidyRow: one kind of NaN, where a sum left the range of doubles
  if (ledger[SQUARES]! < Infinity) return;
  for (let k = at; k < at + BLOCK_NUMBERS; k++) if (Number.isNaN(into[k])) into[k] = NaN;
}
