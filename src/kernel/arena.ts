import { failed, fault, ok, type Outcome } from '../core/fault.ts';
import type { MemoShape } from '../strategy/memo-layout.ts';
import { wordCount } from './bit-ops.ts';
import { createMemo, slotRange, type Memo } from './memo.ts';

/** The memory of one evaluator: slots of series and slots of conditions, and which node's value each holds. */
export interface Arena {
  readonly series: readonly Float64Array[]; // one view per slot
  readonly seriesMemo: Memo;
  readonly bits: Uint32Array; // starts with a condition that stays false
  readonly bitsMemo: Memo;
  /** First word of a slot in `bits`. */
  readonly bitsAt: (slot: number) => number;
  /** First word of a condition that nobody reads. */
  readonly spareBits: number;
}

/** A view object per series slot is made at once: more of them would cost more than they save. */
const MOST_SERIES = 1 << 16;
const MOST_WORDS = 2 ** 30;
/** Conditions in front of the slots: the false one and the spare one. */
const FIXED = 2;

/**
 * Divides the budget: all that could ever be used where it fits, otherwise half or more for conditions, which take a
 * sixty-fourth of a series. Never less than one trial needs. Where the memory cannot be had, half of it is tried.
 */
export function createArena(bars: number, seriesShape: MemoShape, bitsShape: MemoShape, cacheBytes: number): Outcome<Arena> {
  const words = wordCount(bars);
  const seriesBytes = bars * 8;
  const bitsBytes = words * 4;
  const series = slotRange(seriesShape);
  const bits = slotRange(bitsShape);
  for (let budget = Math.max(0, cacheBytes); ; budget = Math.floor(budget / 2)) {
    const bitsShare = Math.max(budget / 2, budget - series.most * seriesBytes);
    const bitsFit = Math.min(Math.floor(bitsShare / bitsBytes), Math.floor(MOST_WORDS / words) - FIXED);
    const bitsSlots = Math.max(bits.least, Math.min(bits.most, bitsFit));
    const seriesFit = Math.min(Math.floor((budget - bitsSlots * bitsBytes) / seriesBytes), MOST_SERIES);
    const seriesSlots = Math.max(series.least, Math.min(series.most, seriesFit));
    const memory = tryMemory(seriesSlots * seriesBytes, (bitsSlots + FIXED) * bitsBytes);
    if (memory !== null) {
      const [seriesMemory, bitsMemory] = memory;
      return ok({
        series: Array.from({ length: seriesSlots }, (_, slot) => new Float64Array(seriesMemory, slot * seriesBytes, bars)),
        seriesMemo: createMemo(seriesShape, seriesSlots),
        bits: new Uint32Array(bitsMemory),
        bitsMemo: createMemo(bitsShape, bitsSlots),
        bitsAt: (slot) => (slot + FIXED) * words,
        spareBits: words,
      });
    }
    if (budget === 0) {
      const bytes = seriesSlots * seriesBytes + bitsSlots * bitsBytes;
      return failed(
        fault(
          'memory',
          `The browser refused ${Math.ceil(bytes / 1e6)} MB, the least that one trial over ${bars} bars needs.`,
          'Use fewer workers, fewer bars, or close other pages.',
        ),
      );
    }
  }
}

function tryMemory(first: number, second: number): [ArrayBuffer, ArrayBuffer] | null {
  try {
    return [new ArrayBuffer(first), new ArrayBuffer(second)];
  } catch {
    return null; // a RangeError is the only way in which this fails
  }
}
