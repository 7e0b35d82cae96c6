import { bothBits, wordCount } from './bit-ops.ts';
import type { BlockSeries } from './block-series.ts';

/** One side of a crossing: a column that is there for all bars, or an average that is computed in blocks of bars. */
export interface CrossSide {
  readonly series: Float64Array | BlockSeries;
  readonly from: number; // from this bar on every value is one; before it none is read
}

const BLOCK = 1024; // a multiple of 32
const SCRATCH = [new Float64Array(BLOCK), new Float64Array(BLOCK)] as const;

/**
 * As `crossBits`, bit for bit, without averages in memory: over long data one that is not kept takes several times as long to
 * write and to read again as to compute.
 */
export function crossBlockBits(
  left: CrossSide,
  right: CrossSide,
  bits: Uint32Array,
  over: number,
  under: number,
  bars: number,
): void {
  const valid = Math.max(left.from, right.from);
  const first = Math.min(valid - (valid % BLOCK), bars);
  bits.fill(0, over, over + wordCount(first));
  bits.fill(0, under, under + wordCount(first));
  for (let at = first; at < bars; at += BLOCK) {
    const to = Math.min(bars, at + BLOCK);
    const from = Math.min(Math.max(at, valid), to);
    const a = blockOf(left, SCRATCH[0], at, from, to);
    const b = blockOf(right, SCRATCH[1], at, from, to);
    const aFrom = a === SCRATCH[0] ? 0 : at;
    const bFrom = b === SCRATCH[1] ? 0 : at;
    bothBits(a, aFrom, b, bFrom, bits, over + (at >>> 5), under + (at >>> 5), to - at);
  }
  toCrossings(bits, over, under, valid, bars);
}

/** The column, or the average's bars [at, to) in `scratch`, NaN before bar `from`. */
function blockOf({ series }: CrossSide, scratch: Float64Array, at: number, from: number, to: number): Float64Array {
  if (series instanceof Float64Array) return series;
  if (from > at) scratch.fill(NaN, 0, from - at);
  if (from < to) series.fill(from, to, scratch, from - at);
  return scratch;
}

/**
 * In place: above and below at each bar become over and under, from bar `valid` + 1 on. `crossBits` does the same as it compares; in two
 * passes it took a tenth to a fifth longer.
 */
function toCrossings(bits: Uint32Array, over: number, under: number, valid: number, bars: number): void {
  const words = wordCount(bars);
  const firstWord = valid >>> 5;
  let notAbove = 0; // of the last bar of the word before, as bit 0
  let notBelow = 0;
  for (let w = firstWord; w < words; w++) {
    const above = bits[over + w]!;
    const below = bits[under + w]!;
    const known = w === firstWord ? -1 << (valid & 31) : -1;
    const le = known & ~above;
    const ge = known & ~below;
    bits[over + w] = above & ((le << 1) | notAbove);
    bits[under + w] = below & ((ge << 1) | notBelow);
    notAbove = le >>> 31;
    notBelow = ge >>> 31;
  }
}
