import type { MakeBuffer } from '../core/buffer.ts';
import { layOut, rememberedNodes } from './memo-layout.ts';
import type { Plan } from './plan.ts';

/**
 * Series and conditions of a study that all of its workers read, each computed by the worker that needs it first. A value depends
 * on the bars and on the tuple of axis positions alone, so who computed it never shows; a worker that finds one under way computes
 * it for itself, and nobody waits.
 *
 * Layout: int32 words, of which the first `HEAD` are the counts of entries and slots and how many slots are taken, then a word per
 * entry: 0 absent, −1 under way, otherwise 1 + its slot. From the next multiple of 64 bytes on slots of series, float64 per bar,
 * each beginning at such a multiple, then slots of conditions, uint32 per 32 bars.
 */
export interface SharedTable<Slot> {
  /** The value of an entry, null where it is not there. */
  find(entry: number): Slot | null;
  /** Memory to compute an entry into, null where it is there, is under way or has no room. */
  claim(entry: number): Slot | null;
  /** Shows an entry that was claimed and is complete. */
  publish(entry: number): void;
}

export interface SharedTables {
  readonly series: SharedTable<Float64Array>;
  readonly conditions: SharedTable<Uint32Array>;
}

const HEAD = 48;
const BARS = 0;
const ENTRIES = [1, 2] as const;
const SLOTS = [3, 4] as const;
/** Counted up by all workers, each in a cache line of its own. */
const TAKEN = [16, 32] as const;
const LINE = 64;
const UNDER_WAY = -1;

/**
 * @param bars of the market
 * @param bytes that the tables may take at most; they take no more than what every value needs
 * @returns null where there is nothing to share, or no memory
 */
export function createTables(
  plan: Plan,
  axisSizes: readonly number[],
  bars: number,
  bytes: number,
  make: MakeBuffer,
): ArrayBufferLike | null {
  const { series, conditions } = rememberedNodes(plan, axisSizes);
  const seriesEntries = layOut(series.shape).entries;
  const conditionEntries = layOut(conditions.shape).entries;
  const head = aligned(4 * (HEAD + seriesEntries + conditionEntries));
  const [seriesBytes, conditionBytes] = slotBytes(bars);
  const budget = Math.max(0, bytes - head);
  // As a worker's own: half or more for conditions, which take a sixty-fourth of a series.
  const conditionsShare = Math.max(budget / 2, budget - seriesEntries * seriesBytes);
  const conditionSlots = Math.min(conditionEntries, Math.floor(conditionsShare / conditionBytes));
  const seriesSlots = Math.min(seriesEntries, Math.floor((budget - conditionSlots * conditionBytes) / seriesBytes));
  if (conditionSlots + seriesSlots === 0) return null;
  try {
    const buffer = make(head + seriesSlots * seriesBytes + conditionSlots * conditionBytes);
    new Int32Array(buffer, 0, HEAD).set([bars, seriesEntries, conditionEntries, seriesSlots, conditionSlots]);
    return buffer;
  } catch {
    return null; // a RangeError is the only way in which this fails
  }
}

/** @returns null where the tables are those of another study */
export function openTables(buffer: ArrayBufferLike, bars: number, entries: readonly [number, number]): SharedTables | null {
  const words = new Int32Array(buffer, 0, HEAD);
  if (words[BARS] !== bars || ENTRIES.some((word, kind) => words[word] !== entries[kind])) return null;
  const [seriesBytes, conditionBytes] = slotBytes(bars);
  const all = new Int32Array(buffer, 0, HEAD + entries[0] + entries[1]);
  const first = aligned(all.byteLength);
  const behind = first + words[SLOTS[0]]! * seriesBytes;
  return {
    series: openTable(all, 0, HEAD, (slot) => new Float64Array(buffer, first + slot * seriesBytes, bars)),
    conditions: openTable(
      all,
      1,
      HEAD + entries[0],
      (slot) => new Uint32Array(buffer, behind + slot * conditionBytes, Math.ceil(bars / 32)),
    ),
  };
}

function openTable<Slot>(words: Int32Array, kind: 0 | 1, base: number, view: (slot: number) => Slot): SharedTable<Slot> {
  const slots = words[SLOTS[kind]]!;
  const taken = TAKEN[kind];
  const claimed = new Map<number, number>();
  return {
    find(entry) {
      const word = Atomics.load(words, base + entry);
      return word > 0 ? view(word - 1) : null;
    },
    claim(entry) {
      if (Atomics.load(words, taken) >= slots) return null;
      if (Atomics.compareExchange(words, base + entry, 0, UNDER_WAY) !== 0) return null;
      const slot = Atomics.add(words, taken, 1);
      if (slot >= slots) return null; // the others took the last ones meanwhile
      claimed.set(entry, slot);
      return view(slot);
    },
    publish(entry) {
      Atomics.store(words, base + entry, 1 + claimed.get(entry)!);
      claimed.delete(entry);
    },
  };
}

function slotBytes(bars: number): readonly [number, number] {
  return [aligned(8 * bars), aligned(4 * Math.ceil(bars / 32))];
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}
